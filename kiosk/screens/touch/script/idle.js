// Nobody there: warn by sight and sound, then leave, so that nothing of the visit remains.
//
// Time is counted by performance.now(), which no setting of the machine's clock moves.
(() => {
  "use strict";
  const HERE_EVERY_S = 20;
  const LONGEST_FILM_S = 1800;
  const ALONE_S = 900;
  const ANSWER_S = 5;
  const WAITS = HTMLMediaElement.HAVE_CURRENT_DATA;
  let touchedAt = performance.now();
  let handAt = touchedAt;
  let toldAt = -1e9;
  let over = false;
  let paused = false;
  const page = () => document.querySelector(".touch");
  const warningBox = () => document.querySelector('dialog[data-name="idle"]');
  const seconds = (since) => (performance.now() - since) / 1000;
  // On the attract screen as well somebody is there who has fitted it to herself.
  const inVisit = () => page()?.dataset.idleAfter && (page().dataset.screen !== "attract" || page().dataset.modes);
  const isLate = () => inVisit() && seconds(touchedAt) >= Number(page().dataset.idleAfter);

  function here() {
    touchedAt = performance.now();
    // The server has a clock of its own for visits, in case this page cannot count any more.
    if (inVisit() && seconds(toldAt) >= HERE_EVERY_S && window.did_handshake) {
      toldAt = performance.now();
      emitEvent("kiosk-here");
    }
  }

  function touched(event) {
    if (paused) return;
    if (over || isLate()) {
      // Timers stood still, as while the display slept: this is not the one who wrote here.
      event.preventDefault();
      event.stopImmediatePropagation();
      end();
      return;
    }
    here();
    handAt = touchedAt;
  }
  for (const kind of ["pointerdown", "keydown", "click"]) {
    window.addEventListener(kind, touched, { capture: true });
  }
  window.addEventListener("wheel", touched, { capture: true, passive: true });

  // Who is led through the question, or hears it read, has all of its time from then on.
  const warnAfter = () => Number(page().dataset.idleAfter) - Number(page().dataset.warning);
  function askAnew() {
    touchedAt = performance.now() - warnAfter() * 1000;
  }

  // The question closes when the finger has left: sooner, and what lies behind it would be pressed.
  // A key that leads from one of its buttons to the other leaves it open.
  const LEADS = new Set(["Tab", "Shift", " ", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);
  function answered(event) {
    const box = warningBox();
    if (!box?.open) return;
    if (event.type === "keyup" && LEADS.has(event.key) && box.contains(document.activeElement)) return askAnew();
    setTimeout(() => { if (seconds(touchedAt) < ANSWER_S) box.close(); }, 150);
  }
  for (const kind of ["pointerup", "pointercancel", "keyup", "wheel"]) {
    window.addEventListener(kind, answered, { capture: true, passive: true });
  }

  // What plays or is read out is listened to by somebody, for as long as a film may be; what does
  // not come, or stops coming, is not.
  function isPlaying() {
    if (seconds(handAt) > LONGEST_FILM_S) return false;
    const media = [...document.querySelectorAll("video, audio")];
    return window.speechSynthesis?.speaking
      || media.some((each) => !each.paused && !each.ended && !each.loop && !each.error && each.readyState > WAITS);
  }

  // Two soft notes, made here: no file to load, no sound when the browser forbids it.
  function tone() {
    try {
      const audio = new AudioContext();
      const loud = 0.25 * kiosk.sound.loudness();
      [[660, 0], [880, 0.22]].forEach(([pitch, delay]) => {
        const note = audio.createOscillator();
        const loudness = audio.createGain();
        const at = audio.currentTime + delay;
        note.frequency.value = pitch;
        loudness.gain.setValueAtTime(0, at);
        loudness.gain.linearRampToValueAtTime(loud, at + 0.03);
        loudness.gain.linearRampToValueAtTime(0, at + 0.6);
        note.connect(loudness).connect(audio.destination);
        note.start(at);
        note.stop(at + 0.65);
      });
      window.kiosk.tones = (window.kiosk.tones ?? 0) + 1;
      setTimeout(() => audio.close(), 1500);
    } catch { /* the warning is seen anyway */ }
  }

  function end() {
    if (over) return;
    over = true;
    for (const box of document.querySelectorAll("dialog[open]")) box.close();
    for (const field of document.querySelectorAll("textarea, input")) field.value = "";
    document.documentElement.classList.add("over");
    if (window.socket?.connected) emitEvent("kiosk-idle");
    window.kioskLine.leave("/");
  }

  function warn(box) {
    for (const other of document.querySelectorAll("dialog[open]")) other.close();
    box.showModal();
    tone();
  }

  // Figure, sentence and bar tell the same: without motion as well, and in each language's own words.
  function count(box, left, whole) {
    const said = box.querySelector("[data-counts]");
    const [number, sentence] = JSON.parse(said.dataset.counts)[Math.max(0, Math.ceil(left))] ?? [];
    if (sentence && sentence !== said.textContent) {
      said.textContent = sentence;
      box.querySelector(".idle-left").textContent = number;
    }
    box.querySelector(".countdown > div").style.transform = `scaleX(${Math.max(0, left / whole)})`;
  }

  function watch() {
    const root = page();
    if (!root || over || paused) return;
    if (!inVisit()) {
      // A long evening alone: begin with a fresh page, so that nothing piles up in the browser.
      if (seconds(touchedAt) > ALONE_S) { over = true; window.kioskLine.leave("/"); }
      return;
    }
    const box = warningBox();
    if (isPlaying()) {
      const answers = seconds(touchedAt) < ANSWER_S;
      here();
      if (box?.open && !answers) askAnew();
    }
    const after = seconds(touchedAt);
    if (isLate()) end();
    else if (box && after >= warnAfter()) {
      if (!box.open) warn(box);
      count(box, Number(root.dataset.idleAfter) - after, Number(root.dataset.warning));
    }
  }
  setInterval(watch, 250);

  window.kioskIdle = {
    seconds: () => seconds(touchedAt),
    since: (earlier) => { touchedAt = performance.now() - earlier * 1000; },
    pause: (yes) => { paused = yes; touchedAt = performance.now(); },
    tone,
  };
})();
