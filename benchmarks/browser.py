"""The browser of the run: Debian's Chromium, without a window."""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch(playwright: Playwright) -> Browser:
    """Start the browser; leaving it as a context closes it."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS])
