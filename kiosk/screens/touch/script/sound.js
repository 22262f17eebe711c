// How loud it is: a visitor's part of what the staff set, which is the most; gone with the visit.
(() => {
  "use strict";
  const PARTS = [0.1, 0.18, 0.3, 0.5, 0.7, 1];
  const MOST = PARTS.length - 1;
  const TICK = 0.12;
  const BENEATH = 0.25;
  let sounds = null;
  let speaks = false;
  // What she chose on this page; the server, which has yet to hear of it, takes nothing back.
  let chosen = null;
  const root = () => document.querySelector(".touch");
  const place = () => chosen ?? Number(root()?.dataset.loudness ?? MOST);
  const loudness = () => Math.min(1, Math.max(0, (window.kiosk.volume ?? 1) * PARTS[place()]));
  const media = () => [...document.querySelectorAll("video, audio")];
  // A film that plays on while something is said is lower for as long.
  const isBeneath = (one) => speaks && !one.paused && one.matches(".film-itself");
  const volumeOf = (one) => loudness() * (isBeneath(one) ? BENEATH : 1);

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
    for (const each of media()) each.volume = volumeOf(each);
    for (const [name, end] of [["quieter", 0], ["louder", MOST]]) {
      for (const control of document.querySelectorAll(`[data-tool="${name}"]`)) {
        control.setAttribute("aria-disabled", String(place() === end));
      }
    }
  }

  function by(step) {
    const wanted = Math.min(MOST, Math.max(0, place() + step));
    if (wanted === place()) return;
    chosen = wanted;
    emitEvent("kiosk-loudness", wanted);
    apply();
    if (!window.speechSynthesis?.speaking && media().every((each) => each.paused)) tick();
  }

  addEventListener("play", (event) => {
    if (event.target.volume !== undefined) event.target.volume = volumeOf(event.target);
  }, true);
  document.addEventListener("DOMContentLoaded", apply);

  function speaking(yes) {
    speaks = yes;
    apply();
  }

  window.kiosk = Object.assign(window.kiosk ?? {}, {
    sound: { loudness, place, speaking, apply, tick, quieter: () => by(-1), louder: () => by(1) },
  });
})();
