"""Publishes changed copies of the summit's files, as an editor does at the command line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from kiosk import clock
from kiosk.apps import administration
from kiosk.exhibition.edition import Edition
from tests.journeys.checkout import ROOT
from tests.journeys.people import SUMMIT
from tests.journeys.town import Town


def publish(town: Town, change: Callable[[Path], None], exhibition: str = SUMMIT) -> Edition:
    """Publish the exhibition's files as *change* leaves a copy of them."""
    folder = town.folder / "content" / exhibition
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "content" / exhibition, folder)
    change(folder)
    return administration.publish(town.hub_settings, folder, "", clock.now())


FRENCH_TEXT = "topics/communicative/text.fr.md"
NEW_TITLE = "S’asseoir sans payer ?"


def closes_benches(folder: Path) -> None:
    """End the vote on the benches long ago."""
    _change(
        folder / "topics/communicative/exhibits.toml",
        r'(id = "benches"\n(?:(?!\[\[).*\n)*?\[exhibit\.question\]\n)',
        r"\1closes_at = 2026-01-01T00:00:00Z\n",
    )


def renames_benches(folder: Path) -> None:
    """Give the benches another title in French."""
    path = folder / FRENCH_TEXT
    _change(path, r"(# benches\n\n## title\n).*\n", rf"\1{NEW_TITLE}\n")


def _change(path: Path, before: str, after: str) -> None:
    changed, times = re.subn(before, after, path.read_text(), count=1)
    assert times == 1, f"{before!r} is not in {path}"
    path.write_text(changed)
