// Pictures that fill the screen: moved and enlarged by one finger, two, buttons or keys.
(() => {
  "use strict";
  const LIBRARY = "/front-end/openseadragon/build/openseadragon/openseadragon.min.js";
  const STEP = 1.6;
  const MOVE = 0.2;
  const NEAR = 1.02;
  let library = null;
  let viewer = null;

  function load() {
    library ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = LIBRARY;
      script.onload = () => done(window.OpenSeadragon);
      script.onerror = () => { library = null; failed(new Error("no viewer")); };
      document.head.append(script);
    });
    return library;
  }

  // The viewer comes while a picture is being looked at in the text, not when it is touched.
  document.addEventListener("load", (event) => {
    if (event.target.closest?.(".picture .enlarge")) load().catch(() => {});
  }, true);

  // A file that does not come is told in words, never drawn as a torn sheet.
  document.addEventListener("error", (event) => {
    if (event.target.tagName === "IMG") event.target.closest(".picture, .zoom-place, .film-place")?.classList.add("broken");
  }, true);

  function sourceOf(place) {
    const told = JSON.parse(place.dataset.source);
    if (told.levels) return { type: "legacy-image-pyramid", levels: told.levels };
    const { base, mark, ...pyramid } = told;
    return { ...pyramid, getTileUrl: (level, x, y) => `${base}${level}-${x}-${y}.webp${mark}` };
  }

  const options = (library, place) => ({
    element: place.querySelector(".zoom-canvas"),
    tileSources: sourceOf(place),
    // A drawing surface cannot be lost in a night as a graphics context can.
    drawer: "canvas",
    showNavigationControl: false,
    keyboardNavEnabled: false,
    tabIndex: -1,
    visibilityRatio: 1,
    constrainDuringPan: true,
    minZoomImageRatio: 1,
    maxZoomPixelRatio: 2.5,
    animationTime: kiosk.calm() ? 0.01 : 0.35,
    springStiffness: 9,
    immediateRender: true,
    maxTilesPerFrame: 4,
    imageLoaderLimit: 4,
    maxImageCacheCount: 48,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, flickEnabled: true },
    gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: true, dblClickDragToZoom: false, pinchRotate: false },
    gestureSettingsPen: { clickToZoom: false, dblClickToZoom: true },
    gestureSettingsUnknown: { clickToZoom: false, dblClickToZoom: true },
  });

  const enlarged = () => viewer.viewport.getZoom(false) / viewer.viewport.getHomeZoom();

  // How large it is decides which controls have something left to do.
  function told(dialog) {
    if (!viewer?.viewport) return;
    const zoom = enlarged();
    const most = viewer.viewport.getMaxZoom() / viewer.viewport.getHomeZoom();
    const middle = viewer.viewport.getCenter(false);
    const where = `${middle.x.toFixed(3)} ${middle.y.toFixed(3)}`;
    if (dialog.dataset.enlarged === zoom.toFixed(2) && dialog.dataset.middle === where) return;
    dialog.dataset.enlarged = zoom.toFixed(2);
    dialog.dataset.middle = where;
    const spent = { in: zoom >= most / NEAR, out: zoom <= NEAR, whole: zoom <= NEAR };
    for (const [does, done] of Object.entries(spent)) {
      dialog.querySelector(`[data-zoom="${does}"]`)?.setAttribute("aria-disabled", String(done));
    }
  }

  // One tap, no drag: the whole picture comes nearer there, a near one puts that into the middle.
  function tapped(event) {
    if (!event.quick) return;
    const point = viewer.viewport.pointFromPixel(event.position);
    if (enlarged() <= NEAR) viewer.viewport.zoomBy(2, point);
    else viewer.viewport.panTo(point);
    viewer.viewport.applyConstraints();
  }

  async function show(dialog) {
    const place = dialog.querySelector(".zoom-place");
    dialog.dataset.opened = "opening";
    try {
      const library = await load();
      if (!dialog.open || viewer) return;
      const canvas = document.createElement("div");
      canvas.className = "zoom-canvas";
      place.append(canvas);
      viewer = library(options(library, place));
      viewer.addHandler("open", () => {
        told(dialog);
        viewer.world.getItemAt(0).addOnceHandler("fully-loaded-change", () => { dialog.dataset.opened = "whole"; });
      });
      for (const change of ["zoom", "pan", "viewport-change"]) viewer.addHandler(change, () => told(dialog));
      // The words beside it take a part of its place: a picture seen whole stays whole.
      viewer.addHandler("resize", whole);
      viewer.addHandler("canvas-click", tapped);
      viewer.addHandler("tile-load-failed", (event) => {
        if (event.tile.level === viewer.source.minLevel) stay(dialog);
      });
      viewer.addHandler("open-failed", () => stay(dialog));
    } catch { stay(dialog); }
  }

  // Without the viewer the picture is still there, as large as the screen.
  function stay(dialog) {
    leave();
    dialog.classList.add("still");
    dialog.dataset.opened = "still";
  }

  function leave() {
    const place = viewer?.element;
    viewer?.destroy();
    viewer = null;
    place?.remove();
  }

  const dialogOf = (event) => document.querySelector(`dialog[data-name="${event.currentTarget.dataset.opens}"]`);

  function zoom(event) {
    const dialog = dialogOf(event);
    if (!dialog || dialog.open) return;
    if (viewer && !viewer.element.isConnected) leave(); // its step went, and its dialog never closed
    dialog.classList.remove("still");
    const closed = () => {
      leave();
      for (const mark of ["opened", "enlarged", "middle"]) delete dialog.dataset[mark];
    };
    dialog.addEventListener("close", closed, { once: true });
    dialog.showModal();
    dialog.querySelector(".zoom-place").focus({ preventScroll: true });
    show(dialog);
  }

  function by(does) {
    if (!viewer?.viewport) return;
    if (does === "whole") viewer.viewport.goHome();
    else viewer.viewport.zoomBy(does === "in" ? STEP : 1 / STEP);
    viewer.viewport.applyConstraints();
  }

  function move(x, y) {
    const seen = viewer.viewport.getBounds();
    viewer.viewport.panBy(new window.OpenSeadragon.Point(x * seen.width * MOVE, y * seen.height * MOVE));
    viewer.viewport.applyConstraints();
  }

  const KEYS = {
    "+": () => by("in"), "=": () => by("in"), "-": () => by("out"), "0": () => by("whole"),
    ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1),
  };
  addEventListener("keydown", (event) => {
    if (!viewer?.viewport || !event.target.closest?.(".viewer") || event.target.closest(".in-words")) return;
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    KEYS[event.key]();
    // The buttons that move go with the picture seen whole, and took the focus with them.
    if (enlarged() <= NEAR && event.target.closest("[data-move]")) viewer.element.closest(".zoom-place").focus();
  });

  const isWhole = () => Number(document.querySelector(".viewer[open]")?.dataset.enlarged ?? 2) <= NEAR;
  const whole = () => requestAnimationFrame(() => isWhole() && viewer?.viewport?.goHome(true));

  // Shows what stands behind a control, and hides it again.
  function unfold(event) {
    const control = event.currentTarget;
    const within = control.closest("dialog, figure");
    const what = within.querySelector(`.${control.dataset.unfolds ?? "alternative"}`);
    what.hidden = !what.hidden;
    control.setAttribute("aria-expanded", String(!what.hidden));
    if (what.hidden) return;
    what.scrollTop = 0;
    kiosk.read(what);
  }

  window.kiosk = Object.assign(window.kiosk ?? {}, {
    zoom,
    unfold,
    moveBy: (event) => { if (viewer?.viewport) KEYS[event.currentTarget.dataset.move](); },
    zoomBy: (event) => {
      if (event.currentTarget.getAttribute("aria-disabled") !== "true") by(event.currentTarget.dataset.zoom);
    },
  });
})();
