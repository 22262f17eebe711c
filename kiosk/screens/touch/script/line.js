// The line to the server on this machine: when it is away no touch is lost, or the visitor is told.
//
// A server that only hangs finds every touch in its line. One that was started anew knows nothing of
// the visit: what was being written is carried over the reload in the tab's own storage, and taken
// out of it at once (window.name would be better, but does not outlive the reload).
(() => {
  "use strict";
  const SLOW_MS = 1500;
  const ANSWER_MS = 2000;
  const TOLD_FOR_MS = 15000;
  const CARRIED = "kiosk-carried";
  let askedAt = null;
  let leaving = false;
  const popup = () => document.getElementById("popup");
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  async function answers() {
    try {
      await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) });
      return true;
    } catch {
      return false;
    }
  }

  // Away from here, but only when there is something to go to. History keeps no trace of it.
  async function leave(path) {
    if (leaving) return;
    leaving = true;
    sessionStorage.removeItem(CARRIED);
    while (!(await answers())) {
      say(true);
      await wait(500);
    }
    location.replace(path);
  }

  function say(isAway) {
    if (popup()) popup().ariaHidden = String(!isAway);
  }

  function heard() {
    askedAt = null;
    if (window.socket.connected && !leaving) say(false);
  }

  async function look() {
    if (askedAt !== null && performance.now() - askedAt > SLOW_MS && window.socket.connected) {
      askedAt = null;
      while (!(await answers())) say(true);
      if (window.socket.connected && !leaving) say(false);
    }
    setTimeout(look, 300);
  }

  function listen() {
    if (!window.socket) return setTimeout(listen, 30);
    window.socket.onAny(heard);
    window.socket.onAnyOutgoing((name) => { if (name === "event") askedAt ??= performance.now(); });
    window.socket.on("connect_error", (error) => { if (/handshake/i.test(error.message)) carry(); });
    look();
  }

  // The server was started anew: the page is about to load itself again.
  function carry() {
    const root = document.querySelector(".touch");
    const inVisit = root?.dataset.idleAfter && root.dataset.screen !== "attract";
    if (leaving || !(inVisit || askedAt !== null)) return;
    sessionStorage.setItem(CARRIED, JSON.stringify({
      path: location.pathname,
      text: document.querySelector("textarea")?.value ?? "",
      idle: window.kioskIdle.seconds(),
      left: Math.max(1, Number(root?.dataset.idleAfter ?? 90) - window.kioskIdle.seconds()),
    }));
  }

  function carried() {
    const text = sessionStorage.getItem(CARRIED);
    sessionStorage.removeItem(CARRIED);
    return text ? JSON.parse(text) : null;
  }

  function takeUp() {
    const found = carried();
    if (!found) return;
    window.kioskIdle.since(Number(found.idle) || 0);
    const told = document.querySelector("[data-again]");
    if (told) {
      told.hidden = false;
      setTimeout(() => { told.hidden = true; }, TOLD_FOR_MS);
      addEventListener("click", () => { told.hidden = true; }, { once: true });
    }
    if (found.text && found.path === location.pathname) hand(found.text);
  }

  function hand(text) {
    if (!window.did_handshake) return setTimeout(hand, 30, text);
    emitEvent("kiosk-draft", text);
  }

  // Where the server leads to: the end of the visit, or the page of another language.
  function follow() {
    const root = document.querySelector("#app .touch");
    if (!root) return requestAnimationFrame(follow);
    takeUp();
    new MutationObserver(() => { if (root.dataset.leadsTo) leave(root.dataset.leadsTo); })
      .observe(root, { attributes: true, attributeFilter: ["data-leads-to"] });
    if (root.dataset.leadsTo) leave(root.dataset.leadsTo);
  }

  // A page asked for while the server is away would be the browser's own, about an error.
  function keepSplash() {
    navigator.serviceWorker?.register("/away.js").catch(() => { /* the address is not a safe one */ });
  }

  document.addEventListener("DOMContentLoaded", () => { listen(); follow(); });
  addEventListener("load", () => setTimeout(keepSplash, 2000));
  window.kioskLine = { leave };
})();
