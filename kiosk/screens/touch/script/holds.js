// What the page holds now, told at its root for the styles. `:has()` at the root would tell it too,
// but then the browser styles every element anew whenever one comes or goes: 20 ms at each step.
(() => {
  "use strict";
  const HELD = {
    typing: ".typing",
    seeking: ".seeking",
    handover: ".handover",
    spent: ".spent",
    tools: ".tools:not([hidden])",
    doubles: ".tools[data-high]",
  };
  const WATCHED = ["class", "hidden", "data-high", "data-modes", "data-screen"];

  function tell(element, name, said) {
    if (element.dataset[name] !== said) element.dataset[name] = said;
  }
  // A change is told before the browser shows it: no frame stands in the wrong style.
  function look() {
    const root = document.querySelector("#app .touch"); // the body has its name for a moment
    if (!root) return;
    tell(root, "holds", Object.keys(HELD).filter((name) => root.querySelector(HELD[name])).join(" "));
    tell(document.documentElement, "modes", root.dataset.modes ?? "");
    tell(document.documentElement, "screen", root.dataset.screen ?? "");
  }
  document.addEventListener("DOMContentLoaded", () => {
    look();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: WATCHED });
  });
})();
