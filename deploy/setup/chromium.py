"""Installs the browser that the tests steer: Debian's Chromium, and fonts for the phone's pages.

The tests steer its headless shell; the benchmarks, the soak and the pictures the whole browser.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from deploy.setup.steps import system_packages

# The phone's pages use the device's own fonts; a Debian without any draws no Arabic at all.
_ARABIC = Path("/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf")
_BROWSER = ["chromium", "chromium-headless-shell", "chromium-sandbox"]
_FONTS = ["fonts-liberation", "fonts-noto-core"]


def prepare() -> None:
    """Make sure that Chromium and its shell are on the path and fonts for four languages are there.

    Raises:
        SetupStoppedError: it is missing and cannot be installed from here.
    """
    if any(shutil.which(program) is None for program in _BROWSER[:2]):
        system_packages([*_BROWSER, *_FONTS], why="the tests need Chromium and fonts")
    elif not _ARABIC.exists():
        system_packages(_FONTS, why="the tests need fonts for the phone's pages")
