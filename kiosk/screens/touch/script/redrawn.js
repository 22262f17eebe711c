// What is drawn anew under a finger, or while its press is on the way: pressed is what the finger went
// down on, or what stands there now for the same voice, exhibit or city; never what slid beneath it.
(() => {
  "use strict";
  const CONTROL = "button, a[href], summary";
  const SUBJECTS = ["comment", "found", "exhibit", "topic", "city", "guiding", "vote", "asks"];
  const STILL_PX = 40;
  const KEPT = 8;
  const presses = new Map();
  let held = null;
  const step = () => document.querySelector("#app .stage")?.dataset.step;
  const controlAt = (target) => target.closest?.(".keyboard") ? null : target.closest?.(CONTROL) ?? null;

  const words = (control) => `${control.getAttribute("aria-label") ?? ""} ${control.textContent}`;

  // What a control is about, and which of the controls about that it is; empty where it is not known.
  function subject(control) {
    for (let at = control; at; at = at.parentElement) {
      const name = SUBJECTS.find((each) => at.dataset[each]);
      if (name) return `${name} ${at.dataset[name]} ${at === control ? "" : words(control)}`;
    }
    return "";
  }

  // On another step only what is about the same may be pressed: the knob itself may mean another there.
  function pressAgain(pressed) {
    const isHere = pressed.step === step();
    const same = (other) => (isHere && other === pressed.control)
      || (pressed.subject && subject(other) === pressed.subject);
    kiosk.controls().find(same)?.click();
  }

  const holding = (control) => ({ control, subject: control ? subject(control) : "", step: step() });

  addEventListener("pointerdown", (event) => {
    if (event.isPrimary) held = { ...holding(controlAt(event.target)), x: event.clientX, y: event.clientY };
  }, true);

  // A knob that is about nothing in particular, such as “more”, is the same one when drawn anew.
  function isKnob(under, down) {
    const gone = under && down.control && !down.control.isConnected && !down.subject;
    return gone && down.step === step() && words(under) === words(down.control);
  }

  function meets(event) {
    const down = held;
    if (!event.isTrusted || event.detail === 0 || !down) return;
    held = null;
    const isStill = Math.hypot(event.clientX - down.x, event.clientY - down.y) < STILL_PX;
    const under = controlAt(event.target);
    if (under === down.control || !isStill || isKnob(under, down)) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    if (down.control) pressAgain(down);
  }
  // After the one that keeps the second tap of a double tap from what the first one brought.
  document.addEventListener("DOMContentLoaded", () => document.addEventListener("click", meets, true));

  // The server names a press that met nothing any more (missed.py).
  function sent(control) {
    presses.set(control.id, holding(control));
    if (presses.size > KEPT) presses.delete(presses.keys().next().value);
  }
  function missed(id) {
    const pressed = presses.get(id);
    presses.delete(id);
    if (pressed) pressAgain(pressed);
  }
  function listen() {
    const root = document.querySelector("#app .touch");
    if (!root) return requestAnimationFrame(listen);
    new MutationObserver(() => missed(root.dataset.missed))
      .observe(root, { attributes: true, attributeFilter: ["data-missed"] });
  }
  document.addEventListener("DOMContentLoaded", listen);

  window.kiosk = Object.assign(window.kiosk ?? {}, { sent });
})();
