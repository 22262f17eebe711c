  // In the page that stands in for this machine's server (screens/away.js): asks each second.
  addEventListener("contextmenu", (event) => event.preventDefault());
  addEventListener("keydown", (event) => event.preventDefault());
  async function look() {
    try {
      const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(2000) });
      if (answer.status < 500 || answer.status === 503) {
        location.replace("/");
        return;
      }
    } catch { /* still away */ }
    setTimeout(look, 1000);
  }
  setTimeout(look, 1000);
