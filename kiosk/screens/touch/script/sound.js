// How loud it is: a visitor's part of what the staff set, which is the most; gone with the visit.
(() => {
  "use strict";
  const PARTS = [0.1, 0.18, 0.3, 0.5, 0.7, 1];
  const MOST = PARTS.length - 1;
  const TICK = 0.12;
  let sounds = null;
  const root = () => document.querySelector(".touch");
  const place = () => Number(root()?.dataset.loudness ?? MOST);
  const loudness = () => Math.min(1, Math.max(0, (window.kiosk.volume ?? 1) * PARTS[place()]));
  const media = () => [...document.querySelectorAll("video, audio")];

  // A short note, made here: before what can be chosen when it is read, and to hear how loud it is.
  function tick() {
    try {
      sounds ??= new AudioContext();
      const note = sounds.createOscillator();
      const strength = sounds.createGain();
      note.frequency.value = 1100;
      strength.gain.setValueAtTime(TICK * loudness(), sounds.currentTime);
      strength.gain.linearRampToValueAtTime(0, sounds.currentTime + 0.06);
      note.connect(strength).connect(sounds.destination);
      note.start();
      note.stop(sounds.currentTime + 0.07);
    } catch { /* the words are said anyway */ }
  }

  function apply() {
    for (const each of media()) each.volume = loudness();
    for (const [name, end] of [["quieter", 0], ["louder", MOST]]) {
      for (const control of document.querySelectorAll(`[data-tool="${name}"]`)) {
        control.setAttribute("aria-disabled", String(place() === end));
      }
    }
  }

  function by(step) {
    const wanted = Math.min(MOST, Math.max(0, place() + step));
    if (wanted === place()) return;
    root().dataset.loudness = String(wanted);
    emitEvent("kiosk-loudness", wanted);
    apply();
    if (!window.speechSynthesis?.speaking && media().every((each) => each.paused)) tick();
  }

  addEventListener("play", (event) => {
    if (event.target.volume !== undefined) event.target.volume = loudness();
  }, true);
  document.addEventListener("DOMContentLoaded", apply);

  window.kiosk = Object.assign(window.kiosk ?? {}, {
    sound: { loudness, apply, tick, quieter: () => by(-1), louder: () => by(1) },
  });
})();
