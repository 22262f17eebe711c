// Words that a hall reads from afar are as large as their room allows, whatever their language, their
// fonts and the screen. [data-fits] of a box names what in it gives way where the box runs over.
(() => {
  const STEP = 0.04;
  const SMALLEST = 0.5;

  function runsOver(box) {
    const end = box.getBoundingClientRect().bottom - parseFloat(getComputedStyle(box).paddingBottom);
    return [...box.children].some((one) => one.getBoundingClientRect().bottom > end + 1);
  }

  function fit() {
    const box = document.querySelector("[data-fits]");
    if (!box) return;
    const words = [...box.querySelectorAll(box.dataset.fits)];
    for (const one of words) one.style.fontSize = "";
    const whole = words.map((one) => parseFloat(getComputedStyle(one).fontSize));
    for (let part = 1 - STEP; part >= SMALLEST && runsOver(box); part -= STEP) {
      words.forEach((one, place) => { one.style.fontSize = `${whole[place] * part}px`; });
    }
  }

  function watch() {
    const changes = { childList: true, characterData: true, subtree: true };
    new MutationObserver(fit).observe(document.body, changes);
    document.fonts.addEventListener("loadingdone", fit);
    for (const change of ["resize", "kiosk-modes"]) addEventListener(change, fit);
    fit();
  }
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);
})();
