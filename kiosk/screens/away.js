// In the browser's background: when a page is asked for and its server is away, shows that the
// exhibition is coming. What that page does until the server is back, each screen adds. It stores nothing.
"use strict";

const SPLASH = `<!doctype html>
<html lang="mul">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>…</title>
<style>
  html { height: 100%; background: #f7f2e8; color: #1b1916; }
  body { height: 100%; margin: 0; display: grid; place-content: center; grid-template-columns: repeat(3, minmax(0, 12em)); justify-items: center; gap: 1.2rem 1.6rem; font: clamp(16px, 2.4vmin, 40px)/1.4 "Noto Sans", "Liberation Sans", sans-serif; text-align: center; user-select: none; touch-action: none; }
  p { margin: 0; }
  svg, p:first-of-type { grid-column: 1 / -1; }
  p:first-of-type { margin-block-end: 1.6rem; font-size: 2.6em; font-weight: 700; line-height: 1.15; }
  svg { inline-size: 9rem; block-size: 9rem; }
  circle { fill: none; stroke: #bd3521; stroke-width: 6; }
  @media (prefers-reduced-motion: no-preference) {
    circle { animation: breathe 3s ease-in-out infinite alternate; }
    circle + circle { animation-delay: -1.5s; }
    @keyframes breathe { to { opacity: .35; } }
  }
</style>
</head>
<body data-away>
<svg viewBox="0 0 100 100" aria-hidden="true"><circle cx="38" cy="50" r="28"/><circle cx="62" cy="50" r="28"/></svg>
{words}
<script>
{script}</script>
</body>
</html>`;
const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  const splash = () => new Response(SPLASH, { headers: HEADERS });
  event.respondWith(fetch(event.request)
    .then((answer) => (answer.status >= 500 ? splash() : answer), splash));
});
