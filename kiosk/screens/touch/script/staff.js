// The staff corner: its gesture, its keys, and what staff do to the screen itself.
(() => {
  "use strict";
  const HOLD_MS = 3000;
  const BETWEEN_MS = 10000;
  const CORNER_PX = 110;
  const CLEAN_S = 30;
  const ALONE_MS = 60000;
  let held = null;
  let firstAt = -1e9;
  let code = "";
  let isTyped = false;
  let leftAlone = 0;
  const box = () => document.querySelector('dialog[data-name="staff"]');

  function corner(event) {
    if (event.clientY > CORNER_PX) return "";
    if (event.clientX < CORNER_PX) return "left";
    return event.clientX > innerWidth - CORNER_PX ? "right" : "";
  }

  // A finger on the upper left corner for three seconds, then on the upper right one for as long.
  addEventListener("pointerdown", (event) => {
    clearTimeout(held?.timer);
    const where = corner(event);
    held = where ? { where, x: event.clientX, y: event.clientY, timer: setTimeout(reached, HOLD_MS, where) } : null;
  }, true);
  for (const kind of ["pointerup", "pointercancel"]) {
    addEventListener(kind, () => { clearTimeout(held?.timer); held = null; }, true);
  }
  addEventListener("pointermove", (event) => {
    if (held && Math.hypot(event.clientX - held.x, event.clientY - held.y) > 30) clearTimeout(held.timer);
  }, { capture: true, passive: true });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.altKey && event.shiftKey && event.code === "KeyK") open();
  }, true);

  function reached(where) {
    if (where === "left") firstAt = performance.now();
    else if (performance.now() - firstAt < BETWEEN_MS) { firstAt = -1e9; open(); }
  }

  function open() {
    if (!box() || box().open) return;
    code = "";
    for (const other of document.querySelectorAll("dialog[open]")) other.close();
    box().showModal();
    stay();
  }

  // A corner that was left open would be the next visitor's.
  function stay() {
    clearTimeout(leftAlone);
    leftAlone = setTimeout(() => { if (box()?.open) restart(); }, ALONE_MS);
  }
  for (const kind of ["pointerdown", "keydown"]) {
    addEventListener(kind, () => { if (box()?.open) stay(); }, true);
  }

  function write(typed) {
    code = typed.slice(0, 12);
    const shown = box().querySelector(".staff-digits");
    if (shown) shown.textContent = "•".repeat(code.length);
  }
  const digit = (one) => { isTyped = false; write(code + one); };
  const erase = () => write(code.slice(0, -1));

  // A keyboard's own digits do the same, and then Enter opens, wherever the focus is but on another
  // button. What is the code's goes no further: a pad behind the corner would show it.
  addEventListener("keydown", (event) => {
    if (!box()?.open || !box().querySelector(".staff-keys")) return;
    if (/^[0-9]$/.test(event.key)) { digit(event.key); isTyped = true; }
    else if (event.key === "Backspace") erase();
    else if (event.key === "Enter" && isTyped && !event.target.closest("button:not(.key)")) { event.preventDefault(); enter(); }
    else return;
    event.stopPropagation();
  }, true);

  function enter() {
    if (code) emitEvent("kiosk-code", code);
    code = "";
    isTyped = false;
  }

  function restart() {
    window.kioskLine.leave("/");
  }

  // However it is closed, it is locked with that: the page that was open to staff is left.
  addEventListener("close", ({ target }) => {
    if (target === box() && !document.querySelector(".cleaning, .test-pattern")) restart();
  }, true);

  // What covers everything is a region of its own, called as what was pressed for it; it says what
  // it is, since whoever comes by has not seen staff open it.
  function over(css, { currentTarget }) {
    const sheet = document.createElement("section");
    const said = document.createElement("p");
    sheet.className = css;
    sheet.lang = box()?.lang ?? "";
    sheet.dir = box()?.dir ?? "";
    sheet.setAttribute("aria-label", currentTarget.innerText.trim());
    said.className = "over-said";
    said.textContent = currentTarget.dataset.says ?? "";
    sheet.append(said);
    box()?.close();
    document.body.append(sheet);
    return sheet;
  }

  // Touches do nothing while the glass is wiped; then the exhibition begins anew.
  function clean(event) {
    const timer = document.createElement("p");
    over("cleaning", event).prepend(timer);
    const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
    for (const kind of ["pointerdown", "pointerup", "click", "keydown", "touchstart"]) {
      addEventListener(kind, stop, { capture: true, passive: false });
    }
    window.kioskIdle.pause(true);
    let left = CLEAN_S;
    timer.setAttribute("role", "timer");
    const count = () => {
      timer.textContent = String(left);
      if (left-- <= 0) restart();
      else setTimeout(count, 1000);
    };
    count();
  }

  // Colours, a grid and a circle; a finger leaves dots, so that dead places of the glass are seen.
  function pattern(event) {
    const sheet = over("test-pattern", event);
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = event.currentTarget.dataset.closes ?? "";
    close.addEventListener("click", restart);
    sheet.firstElementChild.append(close);
    const dots = [];
    const dot = (event) => {
      const mark = document.createElement("i");
      mark.style.cssText = `left:${event.clientX}px;top:${event.clientY}px`;
      sheet.append(mark);
      dots.push(mark);
      if (dots.length > 400) dots.shift().remove();
    };
    sheet.addEventListener("pointerdown", dot);
    sheet.addEventListener("pointermove", dot);
    addEventListener("keydown", restart, { once: true });
    setTimeout(restart, 60_000);
  }

  // What a browser can: it dims its own picture and quiets its own sounds, not the display's.
  function apply(name, level) {
    if (name === "touch-brightness") {
      document.documentElement.style.setProperty("--dim", String(1 - level / 100));
    } else {
      window.kiosk.volume = level / 100;
      kiosk.sound.apply();
    }
  }

  function begin() {
    const root = document.querySelector("#app .touch");
    if (!root) return requestAnimationFrame(begin);
    apply("touch-brightness", Number(root.dataset.brightness ?? 100));
    apply("touch-volume", Number(root.dataset.volume ?? 100));
    const own = box();
    if (own) {
      new MutationObserver(() => {
        for (const set of own.querySelectorAll("[data-sets]")) {
          apply(set.dataset.sets, Number(set.dataset.level));
        }
      }).observe(own, { subtree: true, attributes: true, attributeFilter: ["data-level"] });
    }
    // By day the display stays on; at night it may sleep.
    if (!("night" in root.dataset)) navigator.wakeLock?.request("screen").catch(() => {});
  }
  document.addEventListener("DOMContentLoaded", begin);

  window.kioskStaff = { digit, erase, enter, restart, clean, pattern, close: () => box()?.close() };
})();
