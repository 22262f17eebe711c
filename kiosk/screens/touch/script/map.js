// A field that draws by its size tells it, in rem, to whoever fills it: once there, and when it changes.
(() => {
  "use strict";
  const told = new WeakMap();
  function tell(field) {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const { width, height } = field.getBoundingClientRect();
    if (!width || !height) return;
    const detail = { wide: width / rem, high: height / rem, rem };
    const mark = `${Math.round(width)} ${Math.round(height)} ${rem}`;
    if (told.get(field) === mark) return;
    told.set(field, mark);
    field.dispatchEvent(new CustomEvent("measured", { detail }));
  }
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => tell(entry.target)));
  const watched = new WeakSet();
  function watch() {
    for (const field of document.querySelectorAll("[data-measured]")) {
      if (watched.has(field)) continue;
      watched.add(field);
      sizes.observe(field);
    }
  }
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
    watch();
  });
})();
