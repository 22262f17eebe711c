// One switch is enough: it sends Space or Enter. Pressed while nothing is chosen it begins to lead
// from control to control; held for 0.7 s it chooses. A second switch, if there is one, is Enter.
// The rows of the on-screen keyboard are led through first, then the keys of the row chosen.
(() => {
  "use strict";
  const HELD_MS = 700;
  let leading = false;
  let row = null;
  let at = null;
  let chosen = null;
  let held = 0;
  let chose = false;

  const isWriting = () => /^(TEXTAREA|INPUT|SELECT)$/.test(document.activeElement?.tagName ?? "");
  const onControl = () => document.activeElement?.matches("button, a[href], summary, [role='button']");

  // On the page, and not behind an open dialog: a script's click would press it there as well.
  const isThere = (stop) => Boolean(stop?.isConnected && kiosk.ground().contains(stop));

  function stops() {
    if (row && !isThere(row)) row = null;
    if (row) return [...row.querySelectorAll("button")];
    const found = kiosk.controls().filter((one) => !one.closest(".keyboard") && !/^(TEXTAREA|INPUT)$/.test(one.tagName));
    const rows = [...kiosk.ground().querySelectorAll(".keyboard .hg-row")];
    return [...rows, ...found.filter((one) => one.closest("main, dialog")), ...found.filter((one) => !one.closest("main, dialog"))];
  }

  function mark(stop) {
    at?.removeAttribute("data-led");
    at = stop;
    if (!at) return;
    at.setAttribute("data-led", "");
    // Keys are not focused, so that none is read out: what somebody types is nobody's business.
    if (!at.matches(".hg-row, .hg-row *")) at.focus({ preventScroll: true });
    at.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function next() {
    const all = stops();
    const here = all.indexOf(isThere(at) ? at : document.activeElement);
    if (row && here === all.length - 1) {
      const was = row;
      row = null;
      mark(was);
      return;
    }
    mark(all[(here + 1) % all.length]);
  }

  function choose() {
    if (!isThere(at)) return next();
    if (at.matches(".hg-row")) {
      row = at;
      mark(row.querySelector("button"));
      return;
    }
    if (at.closest(".hg-row")) {
      const rows = [...document.querySelectorAll(".keyboard .hg-row")];
      const place = rows.indexOf(at.closest(".hg-row"));
      for (const kind of ["pointerdown", "pointerup"]) at.dispatchEvent(new PointerEvent(kind, { bubbles: true }));
      row = null;
      requestAnimationFrame(() => mark(document.querySelectorAll(".keyboard .hg-row")[place]));
      return;
    }
    chosen = at;
    mark(null);
    chosen.click();
  }

  function end() {
    leading = false;
    row = null;
    mark(null);
  }

  addEventListener("keydown", (event) => {
    const typed = event.key.length === 1 && event.key !== " ";
    if (typed || /^(Tab|Escape|Arrow.*)$/.test(event.key)) return end();
    const ours = event.key === " " || (event.key === "Enter" && leading);
    if (!ours || (!leading && (isWriting() || onControl()))) return;
    if (event.key === "Enter" && !at) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (event.key === "Enter") return choose();
    chose = false;
    if (!leading) return;
    clearTimeout(held);
    held = setTimeout(() => { chose = true; choose(); }, HELD_MS);
  }, true);
  addEventListener("keyup", (event) => {
    if (event.key !== " " || (!leading && (isWriting() || onControl()))) return;
    clearTimeout(held);
    event.preventDefault();
    event.stopPropagation();
    if (chose) { chose = false; return; }
    leading = true;
    next();
  }, true);
  // What takes the focus of itself, in the place of a button that is gone, is where it goes on.
  addEventListener("focusin", (event) => {
    if (leading && !isThere(at) && event.target !== chosen && stops().includes(event.target)) mark(event.target);
  });
  addEventListener("pointerdown", (event) => { if (event.isTrusted) end(); }, true);
})();
