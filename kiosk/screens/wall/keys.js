// Somebody at this wall's keyboard chooses what it shows, also while its hub is away.
(() => {
  const KEEP_MS = 20_000;
  const DAY_MS = 24 * 3600 * 1000;
  const { main } = wall;
  const can = "led" in document.body.dataset;
  const told = document.querySelector(".told");
  const sheet = document.querySelector("dialog.keys");
  const asked = () => new URLSearchParams(location.search);
  const name = () => wall.nameIn(main().dataset.key);

  // What is chosen by a key stays, also over a reload, until "p" or the desk lets the wall go on.
  function hold(chosen) {
    const since = chosen ? main().dataset.led : "";
    history.replaceState(null, "", wall.at(location.href, { hold: chosen, since }));
    follow();
  }
  function follow() {
    const hold = asked().get("hold");
    document.body.classList.toggle("held", Boolean(hold));
    wall.listen({ hold, since: asked().get("since") });
  }

  // The desk spoke later than the key was pressed: its word counts, and the address forgets.
  wall.hears = (scene) => {
    if (!asked().has("hold") || !scene || !(scene.led > Number(asked().get("since")))) return;
    history.replaceState(null, "", wall.at(location.href, { hold: "", since: "" }));
    document.body.classList.remove("held");
  };

  // What a key brought is told for a moment; that nothing new comes, for as long as it is so.
  const AWAY_MS = 10_000;
  let quiet, late, stale = false;
  function say(text) {
    if (told) told.textContent = text || (stale ? told.dataset.away : "");
  }
  function tell(text) {
    say(text);
    clearTimeout(quiet);
    quiet = setTimeout(say, 4000);
  }

  // Each scene as it was last fetched, so that the keys bring one while the hub is away.
  const kept = new Map();
  let away = 0;
  const keep = (scene) => kept.set(scene.dataset.kind, scene.cloneNode(true));
  wall.isAway = (now) => {
    if (now) {
      away ||= Date.now();
      late ||= setTimeout(() => { stale = true; say(); }, AWAY_MS);
      return;
    }
    away = 0;
    late = clearTimeout(late);
    if (stale) {
      stale = false;
      say();
    }
  };
  async function keepAll() {
    if (away) return;
    for (const kind of ["question", "tally", "voices", "answer", "map"]) {
      const scene = await wall.fetched({ after: name(), kind });
      if (!scene) return; // the others would only wait behind it
      if (scene.dataset.kind === kind) keep(scene);
      else kept.delete(kind);
      wall.renew(scene);
    }
  }
  // As at a kiosk: nobody knows any more whether residents' words may still be shown.
  function forgetVoices() {
    if (!away || Date.now() - away <= DAY_MS) return;
    kept.delete("voices");
    kept.delete("answer");
    for (const scene of [main(), ...kept.values()]) {
      scene.classList.remove("talk");
      const said = scene.querySelector(".voices");
      said?.replaceChildren();
      delete said?.dataset.shown; // so that the hub, once back, has them drawn again
    }
  }

  // Who pressed while another scene was waited for in vain does not wait once more.
  const choose = (kind, pressed = performance.now()) => wall.alone(async () => {
    const before = name();
    if (!wall.hasFailedSince(pressed) && await wall.turn({ after: before, kind })) {
      tell(kind && main().dataset.kind !== kind ? told?.dataset.none : "");
    } else {
      const last = kept.get(kind);
      if (last) wall.put(last.cloneNode(true));
      tell(told?.dataset.away);
    }
    hold(name());
  });
  const KEYS = {
    q: () => choose("question"),
    t: () => choose("tally"),
    v: () => choose("voices"),
    a: () => choose("answer"),
    m: () => choose("map"),
    " ": () => choose(""),
    p: () => hold(document.body.classList.contains("held") ? "" : name()),
    "?": () => (sheet?.open ? sheet.close() : sheet?.showModal()),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !can) return;
    // A keyboard of another script is taken by the place of its keys.
    const key = /^[a-z ?؟]$/i.test(event.key) ? event.key.toLowerCase().replace("؟", "?") : event.code.slice(3).toLowerCase();
    if (!KEYS[key] || (sheet?.open && key !== "?")) return;
    event.preventDefault();
    KEYS[key]();
  });
  follow();
  setInterval(forgetVoices, KEEP_MS);
  if (can) {
    setTimeout(keepAll, 2000);
    setInterval(keepAll, KEEP_MS);
  }
})();
