"""The browser of the run: Debian's Chromium without a window, and what its pages tell of a press.

Each page notes, from the time stamp that the browser gave the finger: when the word went to the
server, when the answer came and how long it is, when the document changed, and when the frame was
over that shows it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Playwright
from playwright.sync_api import TimeoutError as NothingCame

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000
STEP = "[data-step]"
"""The next step stands in the document when the stage's number has changed."""

WATCHED = """(() => {
  const now = () => performance.now();
  const seen = window.seen = { pressed: null, sent: 0, came: 0, bytes: 0, took: null };
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...words) {
      super(...words);
      this.addEventListener("message", ({ data }) => {
        if (typeof data !== "string" || !data.startsWith('42["update')) return;
        seen.came ||= now();
        seen.bytes += data.length;
      });
    }
    send(data) {
      if (typeof data === "string" && data.startsWith('42["event')) seen.sent ||= now();
      super.send(data);
    }
  };
  addEventListener("pointerdown", (event) => {
    Object.assign(seen, { pressed: event.timeStamp, sent: 0, came: 0, bytes: 0, took: null });
    Object.assign(seen, { x: event.clientX, y: event.clientY });
  }, true);
  function changed() {
    if (seen.pressed === null || seen.took || !seen.came) return;
    const { pressed, sent, came, bytes } = seen, at = now();
    seen.took = [];
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        seen.took = [at - pressed, now() - pressed, sent - pressed, came - sent, at - came, bytes];
      };
      channel.port2.postMessage(null);
    });
  }
  // What changes by itself, as a mark that something is pressed, is not what was asked for.
  let stop = () => {};
  window.expect = (region) => {
    stop();
    seen.pressed = seen.took = null;
    const steps = region === "[data-step]";
    const inside = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(region);
    const watcher = new MutationObserver((changes) => {
      if (changes.some((each) => inside(each.target))) changed();
    });
    const words = { childList: true, characterData: true };
    const kind = steps ? { attributeFilter: ["data-step"] } : words;
    watcher.observe(document.body, { subtree: true, ...kind });
    stop = () => watcher.disconnect();
  };
  // A second press of one control, or at one place, is a double tap and nothing more: touch.js.
  window.isCalm = (control) => {
    const { left, top, width, height } = control.getBoundingClientRect();
    const near = Math.hypot(seen.x - left - width / 2, seen.y - top - height / 2) < 60;
    const since = now() - Math.max(near ? seen.pressed : 0, control.pressedAt ?? 0);
    return since > 750 || "often" in control.dataset;
  };
})();"""
"""For a page that is not open yet."""

_SEEN = "() => seen.took?.length ? seen.took : null"


class TapLost(Exception):
    """A press brought nothing within the time."""


@dataclass(frozen=True, slots=True)
class Press:
    """What one press took, in milliseconds from the finger; *size* in characters."""

    document: float
    """To the changed document."""
    frame: float
    """To the end of the frame that shows it."""
    sent: float
    """To the word that goes to the server."""
    answer: float
    """From there to the server's answer, over the loopback."""
    drawn: float
    """From there to the changed document."""
    size: float


def launch(playwright: Playwright) -> Browser:
    """Start the browser; leaving it as a context closes it."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS])


def watched(browser: Browser, **options: Any) -> Page:
    """Return a new page of 1920 × 1080 for a finger, which notes what its presses take."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, has_touch=True, **options)
    page.add_init_script(WATCHED)
    return page


def press(page: Page, control: Locator, region: str = STEP) -> Press:
    """Press a control as a visitor would, and wait for what changes in *region*.

    Raises:
        TapLost: nothing changed there within the time.
    """
    page.wait_for_function("control => isCalm(control)", arg=control.element_handle())
    page.evaluate("region => expect(region)", region)
    control.tap()
    try:
        took = page.wait_for_function(_SEEN, timeout=PATIENCE_MS).json_value()
    except NothingCame as error:
        shown = page.locator("body").aria_snapshot()[:800]
        raise TapLost(f"{control}: {shown}") from error
    return Press(*map(float, took))
