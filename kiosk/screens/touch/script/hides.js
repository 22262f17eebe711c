// A code that others could scan goes when its time is over, by the page's own clock: its server may
// hang. What says so in words is the server's, as soon as it goes on.
(() => {
  "use strict";
  const EVERY_MS = 250;
  function look() {
    const now = performance.now();
    for (const code of document.querySelectorAll("[data-hides-in]")) {
      code.dataset.hidesAt ??= String(now + Number(code.dataset.hidesIn) * 1000);
      code.classList.toggle("spent", now >= Number(code.dataset.hidesAt));
    }
  }
  setInterval(look, EVERY_MS);
})();
