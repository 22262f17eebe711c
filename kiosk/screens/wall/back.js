  // In the page that stands in for a wall's hub (screens/away.js): asks for the wall itself, since a hub
  // may be there and refuse it, and less often the longer it is away.
  let rest = 1000;
  async function look() {
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(5000) });
      if (answer.status < 500) {
        location.reload();
        return;
      }
    } catch { /* still away */ }
    rest = Math.min(2 * rest, 10_000);
    setTimeout(look, rest);
  }
  setTimeout(look, rest);
