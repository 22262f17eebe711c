// Films and sounds: played when somebody asks, with captions drawn here, stopped when left.
(() => {
  "use strict";
  const of = (node) => node.closest("dialog.player");
  const film = (dialog) => dialog.querySelector(".film-itself");
  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds));
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  };

  // Captions are drawn by the page: large, in their own direction, below the picture.
  function say(dialog) {
    const box = dialog.querySelector(".now-said");
    const track = [...film(dialog).textTracks].find((each) => each.mode === "hidden");
    const said = [...(track?.activeCues ?? [])].map((cue) => cue.getCueAsHTML().textContent.trim());
    box.textContent = said.join("\n");
    if (track) { box.lang = track.language; box.dir = dirOf(dialog, track.language); }
  }
  const dirOf = (dialog, language) => dialog.querySelector(`track[srclang="${language}"]`)?.dataset.dir ?? "auto";

  function choose(dialog, language) {
    for (const track of film(dialog).textTracks) {
      track.mode = track.language === language ? "hidden" : "disabled";
      track.oncuechange = () => say(dialog);
    }
    for (const control of dialog.querySelectorAll("[data-captions]")) {
      control.setAttribute("aria-pressed", String(control.dataset.captions === language));
    }
    dialog.dataset.captions = language;
    say(dialog);
  }

  function passed(dialog) {
    const media = film(dialog);
    const whole = Number.isFinite(media.duration) ? media.duration : 0;
    dialog.querySelector(".film-gone").style.inlineSize = whole ? `${(media.currentTime / whole) * 100}%` : "0";
    dialog.querySelector(".film-clock").textContent = whole ? `${clock(media.currentTime)} / ${clock(whole)}` : clock(media.currentTime);
  }

  function state(dialog, name) { dialog.dataset.state = name; }

  function listen(dialog) {
    const media = film(dialog);
    if (media.dataset.heard) return;
    media.dataset.heard = "yes";
    media.addEventListener("playing", () => state(dialog, "playing"));
    media.addEventListener("pause", () => { if (dialog.dataset.state === "playing") state(dialog, "paused"); });
    media.addEventListener("ended", () => state(dialog, "ended"));
    media.addEventListener("timeupdate", () => passed(dialog));
    media.addEventListener("durationchange", () => passed(dialog));
    media.addEventListener("error", () => { if (media.hasAttribute("src")) broken(dialog); });
    media.addEventListener("click", () => toggle(dialog));
    dialog.addEventListener("close", () => stop(dialog));
  }

  // The still, the words and a kind sentence take the place of what cannot be played.
  function broken(dialog) {
    state(dialog, "broken");
    const words = dialog.querySelector(".transcript");
    words.hidden = false;
    dialog.querySelector('[data-unfolds="transcript"]').setAttribute("aria-expanded", "true");
    kiosk.read(words);
  }

  async function start(dialog) {
    const media = film(dialog);
    try { await media.play(); } catch { /* no right to sound, or broken: the controls say which */ }
  }

  function toggle(dialog) {
    const media = film(dialog);
    if (dialog.dataset.state === "broken") return;
    if (media.paused || media.ended) start(dialog);
    else media.pause();
  }

  // Nothing of it goes on or stays loaded behind a closed door.
  function stop(dialog) {
    const media = film(dialog);
    media.pause();
    media.removeAttribute("src");
    media.load();
    state(dialog, "still");
    dialog.querySelector(".now-said").textContent = "";
  }

  function open(event) {
    const dialog = document.querySelector(`dialog[data-name="${event.currentTarget.dataset.opens}"]`);
    if (!dialog || dialog.open) return;
    const media = film(dialog);
    listen(dialog);
    if (media.dataset.still) media.poster = media.dataset.still;
    media.src = media.dataset.src;
    dialog.showModal();
    dialog.querySelector("[data-first-control]").focus({ preventScroll: true });
    state(dialog, "paused");
    choose(dialog, dialog.dataset.captions ?? dialog.querySelector('[data-captions][aria-pressed="true"]')?.dataset.captions ?? "");
    passed(dialog);
    kiosk.sound.apply();
    // Who has the screen read aloud hears first what can be done here.
    if (!kiosk.worn().has("aloud")) start(dialog);
  }

  window.kiosk = Object.assign(window.kiosk ?? {}, {
    film: open,
    play: (event) => toggle(of(event.currentTarget)),
    seek: (event) => {
      const dialog = of(event.currentTarget);
      const media = film(dialog);
      const part = Number(event.target.dataset.part);
      if (!Number.isFinite(part) || !Number.isFinite(media.duration)) return;
      media.currentTime = part * media.duration;
      if (dialog.dataset.state === "ended") start(dialog);
      passed(dialog);
    },
    skip: (event) => {
      const dialog = of(event.currentTarget);
      const media = film(dialog);
      const by = Number(event.currentTarget.dataset.seconds);
      const whole = Number.isFinite(media.duration) ? media.duration : Infinity;
      media.currentTime = Math.min(whole, Math.max(0, media.currentTime + by));
      if (dialog.dataset.state === "ended" && by < 0) start(dialog);
      passed(dialog);
    },
    captions: (event) => choose(of(event.currentTarget), event.currentTarget.dataset.captions),
  });
})();
