// What the screen does by itself, without asking its server: press, focus, history, dialogs.
(() => {
  "use strict";
  const SAME_TAP_MS = 700;
  const SAME_PLACE_PX = 40;
  const AFTER_STEP_MS = 350;
  let lastTap = { at: -1e9, x: 0, y: 0 };
  let arrivedAt = -1e9;

  // A second tap of a double tap must not fall on what the first one brought.
  document.addEventListener("click", (event) => {
    const byKeyboard = event.detail === 0;
    if (!event.isTrusted || byKeyboard || event.target.closest("[data-often]")) return;
    const now = performance.now();
    const near = Math.hypot(event.clientX - lastTap.x, event.clientY - lastTap.y) < SAME_PLACE_PX;
    const again = near && event.detail > 1 && now - lastTap.at < SAME_TAP_MS;
    if (again || (near && now - arrivedAt < AFTER_STEP_MS && now - lastTap.at < SAME_TAP_MS)) {
      event.stopImmediatePropagation();
      event.preventDefault();
      return;
    }
    lastTap = { at: now, x: event.clientX, y: event.clientY };
  }, true);

  // Where the keyboard leads the way, the headline that got the focus is marked; a touch needs none.
  addEventListener("keydown", () => { document.documentElement.dataset.keys = ""; }, true);
  addEventListener("pointerdown", () => { delete document.documentElement.dataset.keys; }, true);

  // After a touch on what takes no focus, and until a new step has it, what is typed would reach
  // nobody: a class's digits count all the same.
  addEventListener("keydown", ({ key, target }) => {
    if (target !== document.body || document.querySelector("dialog[open]")) return;
    document.querySelector("#app .pad")?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });

  // The same tap once more is one with nothing touched between: whose finger was elsewhere means it.
  // A double in reach is its control.
  let pressed = { control: null, at: 0 };
  addEventListener("pointerdown", ({ target }) => {
    const met = target.closest?.(".double")?.doubles ?? target;
    if (pressed.control && !pressed.control.contains(met)) pressed = { control: null, at: 0 };
  }, true);

  function press(event, emit) {
    const control = event.currentTarget;
    if (control.getAttribute("aria-disabled") === "true") return;
    const now = performance.now();
    if (!("often" in control.dataset)) {
      if (control === pressed.control && now - pressed.at < SAME_TAP_MS) return;
      pressed = { control, at: now };
    }
    control.classList.add("pressed");
    setTimeout(() => control.classList.remove("pressed"), SAME_TAP_MS);
    kiosk.sent(control);
    emit(crypto.randomUUID());
  }

  // A new step: name the page, and focus its headline in the frame that shows it: the browser lays
  // the step out for the focus, and then not once more. Its address takes the place of the one before:
  // a history would lead the next visitor along the way of this one.
  function arrived(stage) {
    arrivedAt = performance.now();
    const { path, title } = stage.dataset;
    if (title) document.title = title;
    // The poster's, whatever has its turn, is "/": loaded anew it must begin nobody's visit.
    const address = stage.closest("[data-screen]").dataset.screen === "attract" ? "/" : path;
    if (address && address !== location.pathname) history.replaceState({}, "", address);
    requestAnimationFrame(() => focusHeadline(stage));
  }

  function focusHeadline(stage) {
    const headline = stage.querySelector("[data-first-focus]") ?? stage.querySelector("h1");
    if (headline) {
      if (!headline.hasAttribute("tabindex") && !/^(BUTTON|TEXTAREA)$/.test(headline.tagName)) {
        headline.setAttribute("tabindex", "-1");
      }
      headline.focus({ preventScroll: true });
    }
  }

  function watchStage() {
    const stage = document.getElementById("app")?.querySelector(".stage");
    if (!stage) return requestAnimationFrame(watchStage);
    new MutationObserver(() => arrived(stage))
      .observe(stage, { attributes: true, attributeFilter: ["data-step"] });
    document.title = stage.dataset.title || document.title;
  }
  document.addEventListener("DOMContentLoaded", watchStage);

  // How the screen stands decides for which side the poster is drawn.
  const upright = matchMedia("(orientation: portrait)");
  const tellUpright = () => emitEvent("kiosk-upright", upright.matches);
  upright.addEventListener("change", tellUpright);
  function tellWhenThere() {
    if (!window.did_handshake) return setTimeout(tellWhenThere, 20);
    if (upright.matches) tellUpright();
  }
  document.addEventListener("DOMContentLoaded", tellWhenThere);

  // Reading columns leaf by a button, since not every finger can drag.
  function leaf(event) {
    const column = event.currentTarget.closest(".reading").querySelector(".column");
    const end = column.scrollTop + column.clientHeight >= column.scrollHeight - 4;
    const top = end ? 0 : column.scrollTop + column.clientHeight * 0.85;
    column.scrollTo({ top, behavior: kiosk.calm() ? "auto" : "smooth" });
  }
  function measureColumns() {
    for (const reading of document.querySelectorAll(".reading")) {
      const column = reading.querySelector(".column");
      if (!column) continue;
      const overflows = column.scrollHeight > column.clientHeight + 8;
      const end = column.scrollTop + column.clientHeight >= column.scrollHeight - 8;
      reading.classList.toggle("overflows", overflows);
      reading.classList.toggle("at-end", overflows && end);
      if (overflows) column.setAttribute("tabindex", "0");
      else column.removeAttribute("tabindex");
    }
  }
  document.addEventListener("scroll", measureColumns, { capture: true, passive: true });
  window.addEventListener("resize", measureColumns);
  new MutationObserver(() => requestAnimationFrame(measureColumns))
    .observe(document.documentElement, { childList: true, subtree: true });

  // Whose control was just taken away goes on by the one that the step has for it.
  function goOn() {
    if (document.activeElement === document.body) document.querySelector("[data-goes-on]")?.focus();
  }

  const dialogOf = (event) => document.querySelector(`dialog[data-name="${event.currentTarget.dataset.opens}"]`);
  window.kiosk = Object.assign(window.kiosk ?? {}, {
    press,
    leaf,
    goOn,
    open: (event) => dialogOf(event)?.showModal(),
    close: (event) => event.currentTarget.closest("dialog").close(),
  });
})();
