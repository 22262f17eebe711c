// The strip of decisions is drawn afresh under who stands in it by keyboard: she keeps her place.
(() => {
  "use strict";
  let stood = null;

  document.addEventListener("focusin", (event) => {
    const strip = event.target.closest(".decided");
    const button = event.target;
    stood = strip && { strip, button, of: button.dataset.of, at: buttonsOf(strip).indexOf(button) };
  });
  // A button that went takes the focus along; who left by herself left one that is still there.
  document.addEventListener("focusout", (event) => {
    setTimeout(() => {
      if (stood?.button === event.target && event.target.isConnected) stood = null;
    });
  });
  function buttonsOf(strip) {
    return [...strip.querySelectorAll("button")];
  }
  // The same decision's button; or else the one that took its place, the last one, or the strip.
  function stay() {
    if (!stood || stood.button.isConnected || document.activeElement !== document.body) return;
    const { strip, of, at } = stood;
    const buttons = buttonsOf(strip);
    const same = buttons.find((each) => of && each.dataset.of === of);
    (same ?? buttons[at] ?? buttons.at(-1) ?? strip).focus();
  }
  new MutationObserver(stay).observe(document, { subtree: true, childList: true });
})();
