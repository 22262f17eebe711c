// Where a screen can be touched the framework marks the body with a class of our root's name: the
// body would take its layout, and scripts would take the body for the root.
(() => {
  "use strict";
  const NAME = "touch";
  function give() {
    if (document.body.classList.contains(NAME)) document.body.classList.remove(NAME);
  }
  document.addEventListener("DOMContentLoaded", () => {
    give();
    new MutationObserver(give).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
})();
