// Large text and low reach: what does not fit is leafed through by buttons, and a control that
// stands too high gets a double in the lower third.
(() => {
  "use strict";
  const LEAST_PX = 44;
  const MOST_LETTERS = 44;
  let first = 0;
  let planned = false;
  const tools = () => document.querySelector(".tools");
  const stage = () => document.querySelector(".stage");

  // A control is within reach where enough of it can be touched in the lower third, unhidden.
  function isWithinReach(control) {
    const box = control.getBoundingClientRect();
    const top = Math.max(box.top, (innerHeight * 2) / 3);
    const frame = stage().contains(control) ? stage().getBoundingClientRect() : { bottom: innerHeight };
    return Math.min(box.bottom, frame.bottom) - top >= Math.min(LEAST_PX, box.height);
  }

  // A double names its control; it need not tell all that stands on it.
  function brief(words) {
    if (words.length <= MOST_LETTERS) return words;
    const cut = words.slice(0, MOST_LETTERS);
    return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), MOST_LETTERS / 2))} …`;
  }

  const isField = (control) => /^(TEXTAREA|INPUT)$/.test(control.tagName);
  const named = (control) => (isField(control)
    ? document.getElementById(control.getAttribute("aria-labelledby"))?.innerText : "") || kiosk.wordsOf(control);
  function touch(control) {
    if (!isField(control)) return control.click();
    control.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    control.focus();
  }

  function double(control) {
    const made = document.createElement("button");
    made.type = "button";
    made.tabIndex = -1;
    made.className = "knob double";
    made.lang = kiosk.languageOf(control);
    made.dataset.words = named(control);
    made.textContent = brief(made.dataset.words);
    made.style.setProperty("--topic", getComputedStyle(control).getPropertyValue("--topic"));
    if (control.getAttribute("aria-pressed") === "true") made.classList.add("strong");
    made.doubles = control;
    made.addEventListener("click", () => touch(control));
    return made;
  }

  // A field is only read while its keys are there; without them a touch brings them. The attract
  // screen's sentence is a short cut: "Start", in the bar, leads to all.
  function isTouched(control) {
    if (control.closest(".tools, .bar, dialog, .keyboard, h1")) return false;
    return !isField(control) || !document.querySelector(".keyboard")?.checkVisibility();
  }

  function bringDown(row) {
    const box = row.querySelector(".doubles");
    const high = kiosk.worn().has("low")
      ? kiosk.controls(stage().parentElement).filter((one) => isTouched(one) && !isWithinReach(one))
      : [];
    const said = high.map(named).join("\n");
    if (box.dataset.said !== said) {
      box.dataset.said = said;
      first = 0;
      box.replaceChildren(...high.map(double));
    } else {
      // Vue may have drawn the controls anew under the same words.
      [...box.children].forEach((made, at) => made.replaceWith(double(high[at])));
    }
    leafDoubles(box);
    return high.length;
  }

  function leafDoubles(box) {
    const all = [...box.children];
    all.forEach((one, at) => { one.hidden = at < first; });
    const end = box.getBoundingClientRect();
    const isWhole = (box) => box.right <= end.right + 1 && box.left >= end.left - 1
      && box.bottom <= end.bottom + 1;
    for (const one of all) one.toggleAttribute("data-cut", !one.hidden && !isWhole(one.getBoundingClientRect()));
    const seen = all.filter((one) => !one.hidden && !one.hasAttribute("data-cut")).length;
    box.dataset.next = String(first + Math.max(1, seen) >= all.length ? 0 : first + Math.max(1, seen));
    box.parentElement.toggleAttribute("data-leafs", seen < all.length);
  }

  function fit() {
    planned = false;
    const row = tools();
    if (!row || !stage()) return;
    const modes = kiosk.worn();
    const leafs = (modes.has("low") || modes.has("large")) && stage().scrollHeight > stage().clientHeight + 8;
    const high = bringDown(row);
    row.toggleAttribute("data-leafs", leafs);
    row.toggleAttribute("data-high", high > 0);
    row.hidden = !(leafs || high || modes.has("aloud"));
  }
  function plan() {
    if (planned || !(kiosk.worn().size || !(tools()?.hidden ?? true))) return;
    planned = true;
    requestAnimationFrame(fit);
  }

  function move(by) {
    stage().scrollBy({ top: by * stage().clientHeight * 0.8, behavior: kiosk.calm() ? "auto" : "smooth" });
  }
  function more() {
    first = Number(tools().querySelector(".doubles").dataset.next ?? 0);
    leafDoubles(tools().querySelector(".doubles"));
  }
  const DO = { up: () => move(-1), down: () => move(1), more };
  function tool(event) {
    const name = event.currentTarget.dataset.tool;
    (DO[name] ?? kiosk.reading?.[name] ?? kiosk.sound[name])?.();
  }

  addEventListener("kiosk-modes", plan);
  addEventListener("resize", plan);
  document.addEventListener("scroll", plan, { capture: true, passive: true });
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver((changes) => {
      if (changes.some((one) => !(one.target.nodeType === 1 ? one.target : one.target.parentElement)?.closest(".tools"))) plan();
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "style", "aria-label", "data-step", "data-screen", "data-modes"] });
    // The row of aids takes room from the stage as it comes: then look again.
    if (stage()) new ResizeObserver(plan).observe(stage());
    plan();
  });
  window.kiosk = Object.assign(window.kiosk ?? {}, { tool });
})();
