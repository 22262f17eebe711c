// The ways in which the screen fits itself to a visitor: they take effect here at once, by style
// alone; the server hears of them for the steps that follow.
(() => {
  "use strict";
  const root = () => document.querySelector(".touch");
  let pressed = 0;
  let mine = "";
  const worn = () => new Set((root()?.dataset.modes ?? "").split(" ").filter(Boolean));
  // Whether nothing may move: she chose so here, or the machine's owner did.
  const calm = () => worn().has("calm") || matchMedia("(prefers-reduced-motion: reduce)").matches;

  function mode(event, emit) {
    const control = event.currentTarget;
    const modes = worn();
    const on = !modes.has(control.dataset.mode);
    if (on) modes.add(control.dataset.mode);
    else modes.delete(control.dataset.mode);
    pressed += 1;
    root().dataset.modes = mine = [...modes].join(" ");
    control.setAttribute("aria-pressed", String(on));
    emit(on);
    dispatchEvent(new CustomEvent("kiosk-modes"));
  }

  // What the server says of modes before it has heard of the last press takes nothing back.
  function keep() {
    const { heard, modes } = root()?.dataset ?? {};
    if (Number(heard ?? 0) < pressed && modes !== mine) root().dataset.modes = mine;
  }
  document.addEventListener("DOMContentLoaded", () => new MutationObserver(keep)
    .observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-modes"] }));

  // Who can be touched, chosen or scanned now: in an open dialog that alone. A page that is just
  // being made has no ground of its own yet.
  function ground() {
    return [...document.querySelectorAll("dialog[open]")].at(-1) ?? root() ?? document.documentElement;
  }
  const CONTROL = 'button:not([aria-hidden="true"] *), a[href], input, select, textarea, summary, [role="button"]';
  function controls(within = ground()) {
    return [...within.querySelectorAll(CONTROL)].filter((one) => !one.disabled
      && !one.closest("dialog:not([open]), [hidden], [inert]") && one.checkVisibility({ visibilityProperty: true })
      && one.getClientRects().length);
  }
  function wordsOf(control) {
    const named = control.getAttribute("aria-label");
    if (named) return named;
    const main = control.querySelector(".name, .entry-title, .card-title, .mode-name");
    return (main ?? control).innerText.replace(/\s+/g, " ").trim();
  }
  const languageOf = (element) => element.closest("[lang]")?.lang || document.documentElement.lang;

  window.kiosk = Object.assign(window.kiosk ?? {}, { mode, worn, calm, controls, wordsOf, languageOf, ground });
})();
