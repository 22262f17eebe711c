// The line to the server on this machine: when it is away no touch is lost, or the visitor is told.
//
// A server that only hangs finds every touch in its line. One that was started anew knows nothing of
// the visit: the page, whose memory alone holds the signed thread of it, hands it over.
(() => {
  "use strict";
  const SLOW_MS = 1500;
  const ANSWER_MS = 2000;
  const TOLD_FOR_MS = 15000;
  const RESUME_MS = 15000;
  const LOADS = /handshake|timeout/i;
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
    let away = false;
    while (!(await answers())) {
      away = true;
      say(true);
      await wait(500);
    }
    if (away && path !== "/") await resume(document.querySelector("#app .touch"));
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
      while (!(await answers())) {
        say(true);
        await wait(500);
      }
      if (window.socket.connected && !leaving) say(false);
    }
    setTimeout(look, 300);
  }

  function listen() {
    if (!window.socket) return setTimeout(listen, 30);
    window.socket.onAny(heard);
    window.socket.onAnyOutgoing((name) => { if (name === "event") askedAt ??= performance.now(); });
    carry();
    look();
  }

  // The server was started anew: before the page loads itself, it tells the new one by its signed
  // thread whose visit this is, and what was not heard. Nothing of it is stored in the browser.
  async function resume(root) {
    const field = document.querySelector("textarea");
    const [, , , screen, subject] = location.pathname.split("/");
    const told = {
      thread: root.dataset.thread,
      modes: [...kiosk.worn()],
      rate: kiosk.rate(),
      loudness: kiosk.sound.place(),
      idle: window.kioskIdle.seconds(),
      ...(field && screen === "comment" ? { subject, draft: field.value } : {}),
    };
    try {
      await fetch("/resume", { method: "POST", body: JSON.stringify(told), signal: AbortSignal.timeout(RESUME_MS) });
      return true;
    } catch {
      return false;
    }
  }

  // A page that loads itself while the server is away would forget the thread.
  async function resumeInTime(root) {
    while (!leaving && !(await resume(root))) {
      say(true);
      await wait(500);
    }
  }

  // What the framework does when a line is refused is to load the page; it waits until that is told.
  function carry() {
    const loads = window.socket.listeners("connect_error").slice();
    let telling = null;
    window.socket.off("connect_error");
    window.socket.on("connect_error", async (error) => {
      const root = document.querySelector("#app .touch");
      const inVisit = root?.dataset.screen !== "attract" || root.dataset.modes;
      if (LOADS.test(error.message) && root?.dataset.thread && !leaving && (inVisit || askedAt !== null)) {
        await (telling ??= resumeInTime(root));
        telling = null;
      }
      // By now it may be on its way elsewhere, or be heard again by a server that only hung.
      if (LOADS.test(error.message) && (leaving || window.socket.connected)) return;
      for (const each of loads) each(error);
    });
  }

  function takeUp(root) {
    if (!("resumed" in root.dataset)) return;
    window.kioskIdle.since(Number(root.dataset.resumed) || 0);
    const told = document.querySelector("[data-again]");
    if (!told) return;
    told.hidden = false;
    setTimeout(() => { told.hidden = true; }, TOLD_FOR_MS);
    addEventListener("click", () => { told.hidden = true; }, { once: true });
  }

  // Where the server leads to: the end of the visit, or the page of another language.
  function follow() {
    const root = document.querySelector("#app .touch");
    if (!root) return requestAnimationFrame(follow);
    takeUp(root);
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
