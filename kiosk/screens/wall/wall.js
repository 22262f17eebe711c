"use strict";
(() => {
  const find = (name) => document.querySelector(`[data-k="${name}"]`);
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
      part.style.width = `${one.share}%`;
    }
  }

  function voices(scene) {
    const list = find("voices");
    const marks = JSON.stringify(scene.voices);
    if (!list || list.dataset.shown === marks) return;
    list.dataset.shown = marks;
    if (scene.segments.length) {
      document.querySelector("main").classList.toggle("talk", scene.voices.length > 0);
    }
    list.replaceChildren(...scene.voices.map((one) => {
      const box = make("article", "voice");
      box.append(quote(one.first + one.rest, one.language, one.direction), make("p", "", one.by));
      for (const answer of one.answers.slice(0, 1)) {
        const reply = make("div", "answer");
        reply.append(quote(answer.text, answer.language, answer.direction), make("p", "", answer.signed));
        box.append(reply);
      }
      return box;
    }));
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

  async function turn(wish = {}) {
    const main = document.querySelector("main");
    main.classList.add("leaving");
    try {
      const answer = await fetch(at(location.href, wish), { cache: "no-store" });
      const text = await answer.text();
      const part = text.slice(text.indexOf("<main"), text.indexOf("</main>") + 7);
      const next = new DOMParser().parseFromString(part, "text/html").querySelector("main");
      if (!answer.ok || !next) return;
      document.documentElement.style.setProperty("--c", next.dataset.colour);
      document.documentElement.style.setProperty("--k", next.dataset.ink);
      main.replaceWith(next);
    } catch {
      // The hub is away: what is shown stays until the stream is back with a whole state.
    } finally {
      main.classList.remove("leaving");
    }
  }

  // A state that comes while the wall turns waits for it: the newest one is always shown in the end.
  let latest, turning = false;
  async function show(scene) {
    latest = scene;
    if (turning) return;
    const shown = document.querySelector("main").dataset.key;
    if ((scene ? scene.key : "") !== shown) {
      turning = true;
      await turn();
      turning = false;
      if (latest !== scene) return show(latest);
    }
    if (!scene || document.querySelector("main").dataset.key !== scene.key) return;
    say(find("sentence"), scene.sentence);
    say(find("channels"), scene.channels);
    bars(scene);
    voices(scene);
    cells(scene.filled);
  }

  let source;
  function listen() {
    const hold = new URLSearchParams(location.search).get("hold");
    document.body.classList.toggle("held", Boolean(hold));
    source?.close();
    source = new EventSource(at(document.body.dataset.stream, { hold }));
    source.onmessage = (event) => show(JSON.parse(event.data));
  }

  // What is chosen by a key stays, also over a reload, until "p" lets the wall go on.
  const name = () => document.querySelector("main").dataset.key.split(" ").slice(0, 2).join(" ");
  function hold(chosen) {
    history.replaceState(null, "", at(location.href, { hold: chosen }));
    listen();
  }
  async function next(kind) {
    if (turning) return;
    turning = true;
    await turn({ after: name(), kind });
    turning = false;
    hold(name());
  }
  const KEYS = {
    q: () => next("question"),
    v: () => next("voice"),
    " ": () => next(""),
    p: () => hold(document.body.classList.contains("held") ? "" : name()),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    // A keyboard of another script is taken by the place of its keys.
    const key = /^[a-z ]$/i.test(event.key) ? event.key.toLowerCase() : event.code.slice(3).toLowerCase();
    if (location.pathname.replace(/\/$/, "") !== "/wall" || !KEYS[key]) return;
    event.preventDefault();
    KEYS[key]();
  });
  listen();
})();
