// Reads aloud what stands on the screen: clips of the edition or of this machine, else a voice of
// the browser. What a visitor types, residents' words and a receipt's code are never read out: in a
// hall the loudspeaker is heard by everybody.
(() => {
  "use strict";
  const RATES = [0.6, 0.75, 0.9, 1, 1.2, 1.45, 1.75];
  const HOLD_MS = 1500;
  const UNREAD = "[aria-hidden='true'], [data-unread], .quotation, .code-groups, textarea, input, .keyboard, .tools, svg, [hidden], dialog:not([open])";
  const BLOCK = "button, a[href], summary, h1, h2, h3, h4, p, li, dt, dd, blockquote, figcaption, caption, td, th, label";
  let chosen = null; // as in sound.js
  const rate = () => chosen ?? Number(root()?.dataset.rate ?? 3);
  let turn = 0;
  let parts = [];
  let place = 0;
  let running = false;
  let invited = false;
  let player = null;
  let soon = 0;
  let next = null;

  const root = () => document.querySelector(".touch");
  const tools = () => document.querySelector(".tools");
  const isOn = () => kiosk.worn().has("aloud");
  const voiceFor = (language) => (window.speechSynthesis?.getVoices() ?? [])
    .find((one) => one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === language.split("-")[0]);

  function canSpeak() {
    const able = root() && ("spoken" in root().dataset || voiceFor(document.documentElement.lang || "en"));
    document.documentElement.toggleAttribute("data-speaks", Boolean(able));
    return Boolean(able);
  }

  // The texts of a part of the page in the order in which they stand, block by block; a picture is
  // what is said to be seen on it, and a block of several paragraphs is as many.
  function texts(within) {
    const found = [];
    const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const holder = isPicture(node) ? node : node.parentElement;
      const text = isPicture(node) ? node.alt : node.nodeValue ?? "";
      if (!text.trim() || holder.closest(UNREAD) || !holder.checkVisibility({ visibilityProperty: true })) continue;
      const block = isPicture(node) ? node : holder.closest(BLOCK) ?? holder;
      const language = kiosk.languageOf(holder);
      const [first, ...more] = text.split(/\n\s*\n/);
      const last = found.at(-1);
      if (last?.block === block) last.text = `${last.text} ${first}`;
      else found.push({ block, text: first, language });
      for (const each of more) found.push({ block, text: each, language });
    }
    for (const each of found) each.text = tidy(each.text);
    const isUnfolded = ({ block, text }) => isPicture(block) && found.some((one) => one.block !== block && one.text === text);
    return found.filter((each) => /[\p{L}\p{N}]/u.test(each.text) && !isUnfolded(each));
  }
  const isPicture = (node) => node.nodeName === "IMG";
  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  // Of a control that a resident's words stand on, all that is not theirs.
  const named = (control) => (control.querySelector("[data-unread]")
    ? texts(control).map((one) => one.text).join(" ") : kiosk.wordsOf(control));

  function clip(part) {
    const address = `/speech/${encodeURIComponent(root().dataset.exhibition ?? "-")}/${part.language}?text=${encodeURIComponent(part.text)}`;
    player ??= document.body.appendChild(document.createElement("audio"));
    player.src = address;
    player.volume = kiosk.sound.loudness();
    player.playbackRate = RATES[rate()];
    return new Promise((resolve, reject) => {
      player.onended = () => resolve();
      player.onpause = () => resolve();
      player.onerror = () => reject(new Error("no clip"));
      player.play().catch(reject);
    });
  }

  function browserVoice(part) {
    const voice = voiceFor(part.language);
    if (!voice) return new Promise((resolve) => setTimeout(resolve, 400 + 55 * part.text.length));
    return new Promise((resolve) => {
      const said = new SpeechSynthesisUtterance(part.text);
      Object.assign(said, { voice, lang: part.language, rate: RATES[rate()], volume: kiosk.sound.loudness() });
      said.onend = said.onerror = () => resolve();
      speechSynthesis.speak(said);
    });
  }

  async function say(part, mine) {
    mark(part);
    const { text, language, control = false } = part;
    dispatchEvent(new CustomEvent("kiosk-said", { detail: { text, language, control } }));
    // Ears tell a control from a sentence of the text.
    if (control) kiosk.sound.tick();
    try {
      await clip(part);
    } catch {
      if (mine === turn) await browserVoice(part);
    }
  }

  function mark(part) {
    for (const old of document.querySelectorAll("[data-reading]")) old.removeAttribute("data-reading");
    part?.block?.setAttribute("data-reading", "");
    const box = tools()?.querySelector(".now-text");
    if (!box) return;
    box.textContent = part?.text ?? "";
    box.lang = part?.language ?? "";
    tools().toggleAttribute("data-reads", Boolean(part));
    for (const button of document.querySelectorAll("[data-tool=stop]")) {
      button.firstElementChild?.style.setProperty("--icon", `url(/assets/icons/${part ? "stop" : "play"}.svg)`);
      button.dataset.stopWord ??= button.getAttribute("aria-label");
      button.setAttribute("aria-label", part ? button.dataset.stopWord : button.dataset.other);
    }
  }

  function runs(yes) {
    running = yes;
    kiosk.sound.speaking(yes);
  }

  function silence() {
    turn += 1;
    runs(false);
    if (player) { player.onpause = null; player.pause(); }
    window.speechSynthesis?.cancel();
    mark(null);
  }

  async function run(from = 0) {
    silence();
    const mine = turn;
    runs(true);
    // What was interrupted must not count on what came after it.
    for (let at = from; at < parts.length && mine === turn; at += 1) {
      place = at;
      await say(parts[at], mine);
    }
    if (mine === turn) { runs(false); place = parts.length; mark(null); }
  }

  function sentence(name) {
    const text = tools()?.dataset[name];
    return text ? [{ block: null, text, language: document.documentElement.lang || kiosk.languageOf(root()) }] : [];
  }
  // A film waits while something is read, and its start ends the reading. Beneath the name of a
  // control that keys lead to it plays on, lower: who looks for one would stop it at each.
  function hold() {
    for (const film of document.querySelectorAll(".film-itself")) film.pause();
  }
  addEventListener("play", ({ target }) => {
    if (!target.matches(".film-itself")) return;
    clearTimeout(soon);
    next = null;
    if (running) silence();
  }, true);

  function read(within, ...after) {
    if (!isOn()) return;
    hold();
    parts = [...texts(within), ...after];
    run();
  }
  const later = (what) => {
    clearTimeout(soon);
    next = what;
    soon = setTimeout(() => { next = null; what(); }, 250);
  };
  const everything = () => {
    const open = kiosk.ground();
    if (open.matches("dialog")) read(open);
    else read(document.querySelector(".stage"), ...sentence("hint"));
  };

  // What the keyboard or the switch leads to is said at once; a finger sees where it goes.
  addEventListener("focusin", (event) => {
    const control = event.target;
    const byKeys = "keys" in document.documentElement.dataset;
    if (!isOn() || !byKeys) return;
    if (!control.matches("button, a[href], summary, textarea, input")) {
      if (control.tabIndex === 0) readFocused(control);
      return;
    }
    const label = control.getAttribute("aria-labelledby");
    const text = label ? document.getElementById(label)?.innerText ?? "" : named(control);
    const pressed = control.getAttribute("aria-pressed") === "true" ? sentence("chosen") : [];
    if (!tidy(text)) return;
    const pictures = texts(control).filter((one) => isPicture(one.block));
    parts = [{ block: control, text: tidy(text), language: kiosk.languageOf(control), control: true }, ...pictures, ...pressed];
    run();
  });

  // What is no control and can be led to: a picture that keys move, words that scroll.
  function readFocused(led) {
    const name = led.getAttribute("aria-label");
    parts = [...(name ? [{ block: null, text: name, language: kiosk.languageOf(led) }] : []), ...texts(led)];
    run();
  }

  function switchOn() {
    if (!canSpeak()) return;
    const control = document.querySelector(".mode[data-mode=aloud]");
    control?.click();
  }
  addEventListener("keydown", (event) => {
    if (event.key === "F2" && !event.repeat) { event.preventDefault(); switchOn(); return; }
    if (event.key !== "Tab" || invited || isOn() || !canSpeak()) return;
    invited = true;
    parts = sentence("invite");
    run();
  }, true);

  // Who sees nothing finds the corner by hand: held there, the screen begins to read.
  let holding = 0;
  addEventListener("pointerdown", (event) => {
    clearTimeout(holding);
    if (!event.target.closest?.("[data-opens=access]")) return;
    holding = setTimeout(() => { if (!isOn()) switchOn(); }, HOLD_MS);
  }, true);
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, () => clearTimeout(holding), true);

  let wasOn = false;
  addEventListener("kiosk-modes", () => {
    if (isOn() === wasOn) return;
    wasOn = isOn();
    if (!wasOn) return silence();
    hold();
    parts = sentence("begins");
    run().then(() => { if (isOn() && !running) everything(); });
  });

  document.addEventListener("DOMContentLoaded", () => {
    canSpeak();
    window.speechSynthesis?.addEventListener?.("voiceschanged", canSpeak);
    wasOn = isOn();
    // A status whose words change in place is read alone, unless the whole step is about to be.
    const changed = (one) => {
      const told = one.addedNodes.length ? one.target.closest("[role=status], [role=alert]") : null;
      if (!told?.closest("main, dialog[open]") || next === everything) return;
      later(() => { if (texts(told).length) read(told); });
    };
    new MutationObserver((changes) => {
      if (root() && !document.documentElement.hasAttribute("data-speaks")) canSpeak();
      if (!isOn()) return;
      for (const one of changes) {
        if (one.type === "attributes") { wasOn = true; later(everything); return; }
        changed(one);
        for (const added of one.addedNodes) {
          const told = added.nodeType === 1 && (added.matches("[role=status], [role=alert]") ? added : added.querySelector("[role=status], [role=alert]"));
          if (told && told.closest("main, dialog[open]")) later(() => read(told.closest("section, .inside, .screen, dialog") ?? told, ...sentence("hint")));
        }
      }
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-step", "open"] });
    if (wasOn) later(everything);
  });
  addEventListener("pagehide", silence);

  const speed = (by) => {
    const wanted = Math.min(RATES.length - 1, Math.max(0, rate() + by));
    chosen = wanted;
    emitEvent("kiosk-rate", wanted);
    if (player) player.playbackRate = RATES[wanted];
  };
  const reading = {
    again: () => { hold(); if (parts.length < 2) everything(); else run(); },
    stop: () => {
      if (running) return silence();
      hold();
      if (place < parts.length) run(place);
      else everything();
    },
    slower: () => speed(-1),
    faster: () => speed(1),
  };
  window.kiosk = Object.assign(window.kiosk ?? {}, { reading, read, rate });
})();
