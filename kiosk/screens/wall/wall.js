"use strict";
// Keeps a wall as its stream says: small states are written in place, another scene is fetched.
const wall = (() => {
  const find = (name) => document.querySelector(`[data-k="${name}"]`);
  const main = () => document.querySelector("main");
  const say = (element, text) => {
    if (element && element.textContent !== text) element.textContent = text;
  };
  const make = (name, css, text) => {
    const made = document.createElement(name);
    if (css) made.className = css;
    if (text) made.textContent = text;
    return made;
  };
  const quote = (text, language, direction) => {
    const made = make("blockquote", "", text);
    made.lang = language;
    made.dir = direction;
    return made;
  };

  function bars(scene) {
    for (const one of scene.segments) {
      const id = CSS.escape(one.id);
      const row = document.querySelector(`[data-id="${id}"]`);
      if (!row) continue;
      say(row.querySelector("bdi"), one.count);
      const part = row.querySelector(".track b") || document.querySelector(`[data-part="${id}"]`);
      part.dataset.share = one.share;
    }
    stretch(main());
  }
  // Each scene brings its shares: the page's style sheet could tell those of its first scene alone.
  function stretch(scene) {
    for (const part of scene.querySelectorAll("[data-share]")) part.style.width = `${part.dataset.share}%`;
  }

  function voices(scene) {
    const list = find("voices");
    const marks = JSON.stringify(scene.voices);
    if (!list || list.dataset.shown === marks) return;
    list.dataset.shown = marks;
    if (scene.kind === "tally" && !scene.rows) {
      main().classList.toggle("talk", scene.voices.length > 0);
    }
    list.replaceChildren(...scene.voices.map((one) => {
      const box = make("article", "voice");
      box.append(quote(one.first + one.rest, one.language, one.direction), make("p", "", one.by));
      for (const answer of one.answers.slice(0, 1)) {
        const reply = make("div", "answer");
        const signed = make("p", "", answer.signed);
        signed.dir = answer.direction;
        reply.append(quote(answer.text, answer.language, answer.direction), signed);
        box.append(reply);
      }
      return box;
    }));
  }

  function dots(scene) {
    // The largest circle lies lowest, and names above them all.
    let above = document.querySelector(".dots text");
    for (const dot of [...(scene.dots ?? [])].reverse()) {
      const id = CSS.escape(dot.id);
      const circle = document.querySelector(`circle[data-city="${id}"]`);
      if (!circle) continue;
      if (circle.nextElementSibling !== above) circle.parentNode.insertBefore(circle, above);
      above = circle;
      circle.setAttribute("r", dot.radius || 0.35);
      circle.classList.toggle("none", !dot.radius);
      for (const count of document.querySelectorAll(`[data-count="${id}"]`)) say(count, dot.count);
    }
  }

  function cells(filled) {
    document.querySelectorAll("use.cell").forEach((cell, place) => {
      const address = cell.getAttribute("href");
      const wanted = address.replace(/-[of]/, place < filled ? "-f" : "-o");
      if (wanted !== address) cell.setAttribute("href", wanted);
    });
  }

  const at = (address, values) => {
    const to = new URL(address, location.href);
    for (const [name, value] of Object.entries(values)) {
      if (value) to.searchParams.set(name, value);
      else to.searchParams.delete(name);
    }
    return to;
  };

  // The scene that an address shows, as an element; none while the hub is away, or hangs.
  const PATIENCE_MS = 5000;
  async function fetched(wish) {
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await fetch(at(location.href, wish), { cache: "no-store", signal });
      const text = await answer.text();
      const part = text.slice(text.indexOf("<main"), text.indexOf("</main>") + 7);
      const next = new DOMParser().parseFromString(part, "text/html").querySelector("main");
      return answer.ok ? next : null;
    } catch {
      return null;
    }
  }

  const nameIn = (key) => key.split(" ").slice(0, 2).join(" ");

  // Only another scene fades in: who scans a map's code while it comes closer keeps it.
  function put(next) {
    document.documentElement.style.setProperty("--c", next.dataset.colour);
    document.documentElement.style.setProperty("--k", next.dataset.ink);
    next.classList.toggle("coming", nameIn(next.dataset.key) !== nameIn(main().dataset.key));
    stretch(next);
    main().replaceWith(next);
  }

  // A newer hub's scenes want its own style and script: the page is loaded anew, at most once a minute,
  // lest two hubs of different age behind one address have it loaded without end.
  const STANDS_MS = 60_000;
  const made = main().dataset.made;
  let since = performance.now();
  function renew(scene) {
    if (scene.dataset.made === made || performance.now() - since < STANDS_MS) return;
    since = performance.now();
    location.reload();
  }

  // What is shown stays until the other scene is there; returns whether it came.
  let failed = -1;
  const hasFailedSince = (moment) => failed >= moment;
  async function turn(wish = {}) {
    const next = await fetched(wish);
    if (!next) failed = performance.now();
    else {
      put(next);
      setTimeout(renew, 0, next); // once what a key chose stands in the address
    }
    return Boolean(next);
  }

  // A state that comes while the wall turns waits for it: the newest one is always shown in the end.
  let latest, turning = false;
  async function show(scene) {
    latest = scene;
    if (turning) return;
    if ((scene ? scene.key : "") !== main().dataset.key) {
      await alone(() => turn());
      if (latest !== scene) return show(latest);
    }
    if (!scene || main().dataset.key !== scene.key) return;
    main().dataset.led = scene.led; // what a key chooses from now on was chosen after this word
    say(find("sentence"), scene.sentence);
    say(find("channels"), scene.channels);
    say(find("hands"), scene.hands);
    bars(scene);
    voices(scene);
    dots(scene);
    cells(scene.filled);
  }

  // What somebody does at the keyboard happens by itself: after a turn, never in the middle of one.
  let waiting = null;
  async function alone(act) {
    if (turning) {
      waiting = act;
      return;
    }
    turning = true;
    try {
      await act();
    } finally {
      turning = false;
    }
    const next = waiting;
    waiting = null;
    if (next) await alone(next);
  }

  // A line may fall silent without an end: the stream says every 15 seconds that it is there.
  const AGAIN_MS = 10_000;
  const SILENT_MS = 40_000;
  let source, silent;
  function watch(values) {
    clearTimeout(silent);
    silent = setTimeout(() => { wall.isAway?.(true); listen(values); }, SILENT_MS);
  }
  // A line that is only open proves nothing: a hub whose database hangs takes it, and is silent.
  function hear(values) {
    wall.isAway?.(false);
    watch(values);
  }
  function listen(values = {}) {
    source?.close();
    source = new EventSource(at(document.body.dataset.stream, values));
    watch(values);
    source.addEventListener("here", () => {
      hear(values);
      if (latest !== undefined) show(latest); // its turn may have failed
    });
    source.onmessage = (event) => {
      hear(values);
      const scene = JSON.parse(event.data);
      wall.hears?.(scene);
      show(scene);
    };
    source.onerror = () => {
      wall.isAway?.(true);
      // A browser asks again by itself after a broken line, but never after a refusal (503).
      const refused = source;
      if (refused.readyState === EventSource.CLOSED) {
        setTimeout(() => refused === source && listen(values), AGAIN_MS);
      }
    };
  }
  // A page asked for while the hub is away would be the browser's own, about an error. Only a wall
  // that has a name at the desk keeps this: who merely looks on takes nothing home.
  if (new URLSearchParams(location.search).has("wall")) {
    navigator.serviceWorker?.register("/wall-away.js", { scope: "/wall" })
      .catch(() => { /* the address is not a safe one */ });
  }
  stretch(main());
  return { alone, at, fetched, hasFailedSince, listen, main, nameIn, put, renew, say, turn };
})();
