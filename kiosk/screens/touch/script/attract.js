// The attract screen turns by itself only where the browser's owner does not ask for less motion;
// a pause that a visitor left ends at the next touch, wherever it is. Nothing turns away under a finger,
// and the poster leads to what it is about.
(() => {
  "use strict";
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const isThere = () => document.querySelector(".touch")?.dataset.screen === "attract";
  function tell() {
    if (!window.did_handshake) return setTimeout(tell, 20);
    if (still.matches && isThere()) emitEvent("kiosk-still");
  }
  still.addEventListener("change", tell);
  document.addEventListener("pointerdown", (event) => {
    const knob = document.querySelector(".pause");
    if (knob && isThere() && window.did_handshake && !knob.contains(event.target)) emitEvent("kiosk-touched");
  });
  // Nor under keys: whoever steps through the answers by keyboard or switch begins its turn anew.
  const KEYED_MS = 1000;
  let keyed = -KEYED_MS;
  addEventListener("keydown", () => {
    if (!isThere() || !window.did_handshake || performance.now() - keyed < KEYED_MS) return;
    keyed = performance.now();
    emitEvent("kiosk-keyed");
  }, true);
  // Who touches the sentence or the poster, and none of the controls, wants to know what it is about.
  const READ = ".attract :is(h1, .lead, .exchange), .dock .pattern";
  document.addEventListener("click", ({ isTrusted, target }) => {
    if (!isTrusted || !isThere() || target.closest("button") || !target.closest(READ)) return;
    document.querySelector(".attract [data-enters]")?.click();
  });
  document.addEventListener("DOMContentLoaded", tell);
})();
