// What a browser does beside the page is not for a hall: its menus, keys, zoom, clipboard, history.
(() => {
  "use strict";
  const NATIVE = /^(F\d+|Browser|Launch|Media|Context|Help|Print|Find|Open|Save|Refresh|Zoom|Attn|Pause)/;
  const WRITING = /^(Arrow(Left|Right|Up|Down)|Home|End|Backspace|Delete|[azyAZY])$/;
  const isField = (target) => /^(TEXTAREA|INPUT)$/.test(target?.tagName ?? "");
  const stop = (event) => event.preventDefault();

  // Back leads out of what lies on top, and behind it nothing moves.
  function back() {
    const top = kiosk.ground();
    if (top.matches("dialog")) top.close();
    else document.querySelector(".bar [data-back]")?.click();
  }

  function keys(event) {
    const chord = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
    const isBack = event.key === "BrowserBack" || (event.altKey && event.key === "ArrowLeft");
    if (isBack && !event.repeat) back();
    const writes = isField(event.target) && event.ctrlKey && !event.altKey && WRITING.test(event.key);
    if ((chord && !writes) || NATIVE.test(event.key)) stop(event);
  }
  addEventListener("keydown", keys, { capture: true });

  // One visitor's clipboard is the next one's; a dragged picture would open in place of the page.
  for (const kind of ["contextmenu", "copy", "cut", "paste", "dragstart", "dragover", "drop", "auxclick"]) {
    addEventListener(kind, stop, { capture: true });
  }
  for (const kind of ["mousedown", "mouseup"]) {
    addEventListener(kind, (event) => { if (event.button > 0) stop(event); }, { capture: true });
  }
  addEventListener("wheel", (event) => { if (event.ctrlKey) stop(event); }, { capture: true, passive: false });
  addEventListener("touchmove", (event) => {
    if (event.touches.length > 1 && !event.target.closest?.("[data-zooms]")) stop(event);
  }, { capture: true, passive: false });
})();
