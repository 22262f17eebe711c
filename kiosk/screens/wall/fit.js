// A long sentence is set as large as its room allows, whatever its language, its fonts and the screen.
(() => {
  const STEP = 0.04;
  const SMALLEST = 0.5;

  function fit() {
    const said = document.querySelector(".said");
    const sentence = said?.querySelector("h1");
    if (!sentence) return;
    sentence.style.fontSize = "";
    const whole = parseFloat(getComputedStyle(sentence).fontSize);
    for (let part = 1 - STEP; part >= SMALLEST && said.scrollHeight > said.clientHeight; part -= STEP) {
      sentence.style.fontSize = `${whole * part}px`;
    }
  }

  const changes = { childList: true, characterData: true, subtree: true };
  new MutationObserver(fit).observe(document.body, changes);
  document.fonts.addEventListener("loadingdone", fit);
  addEventListener("resize", fit);
  fit();
})();
