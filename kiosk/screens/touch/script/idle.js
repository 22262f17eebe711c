// Nobody there: warn by sight and sound, then tell the server and start afresh.
(() => {
  "use strict";
  let touchedAt = Date.now();
  let over = false;
  const page = () => document.querySelector(".touch");
  const warningBox = () => document.querySelector('dialog[data-name="idle"]');

  function touched() {
    touchedAt = Date.now();
    const box = warningBox();
    if (box?.open) box.close();
  }
  for (const kind of ["pointerdown", "keydown", "wheel"]) {
    window.addEventListener(kind, touched, { capture: true, passive: true });
  }

  // Two soft notes, made here: no file to load, no sound when the browser forbids it.
  function tone() {
    try {
      const audio = new AudioContext();
      [[660, 0], [880, 0.22]].forEach(([pitch, delay]) => {
        const note = audio.createOscillator();
        const loudness = audio.createGain();
        const at = audio.currentTime + delay;
        note.frequency.value = pitch;
        loudness.gain.setValueAtTime(0, at);
        loudness.gain.linearRampToValueAtTime(0.25, at + 0.03);
        loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
        note.connect(loudness).connect(audio.destination);
        note.start(at);
        note.stop(at + 0.65);
      });
      window.kiosk.tones = (window.kiosk.tones ?? 0) + 1;
      setTimeout(() => audio.close(), 1500);
    } catch { /* the warning is seen anyway */ }
  }

  function watch() {
    const root = page();
    if (!root || over) return;
    const idle = (Date.now() - touchedAt) / 1000;
    if (root.dataset.screen === "attract") {
      // A long evening alone: begin with a fresh page, so that nothing piles up in the browser.
      if (idle > 900) { over = true; location.replace("/"); }
      return;
    }
    const after = Number(root.dataset.idleAfter);
    const box = warningBox();
    if (idle >= after) {
      over = true;
      emitEvent("kiosk-idle");
      setTimeout(() => location.replace("/"), 1500);
    } else if (box && !box.open && idle >= after - Number(root.dataset.warning)) {
      for (const other of document.querySelectorAll("dialog[open]")) other.close();
      box.showModal();
      tone();
    }
  }
  setInterval(watch, 250);
})();
