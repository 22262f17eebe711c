"""Staff are told what a screen lacks: fonts, room on its disk; visitors are not bothered."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.apps.touch import _health
from kiosk.locale.translator import translator
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.unattended import condition, told
from tests.screens.touch.standing import Standing


def _corner(context: TouchContext) -> dict[str, str]:
    found = told.facts(context, translator("en"), told.State(0, None, None))
    return {fact.name: fact.said for fact in found}


def _amiss(context: TouchContext) -> list[str]:
    found = told.facts(context, translator("en"), told.State(0, None, context.clock()))
    return [fact.name for fact in found if not fact.is_well]


def test_the_staff_corner_tells_of_a_missing_font(context: TouchContext, tmp_path: Path) -> None:
    """Somebody deleted the folder of the fonts; the corner says what to do."""
    bare = replace(context, front_end=tmp_path)
    said = _corner(bare)["Fonts"]
    assert "files are missing" in said
    assert "Set it up again." in said
    assert "Fonts" in _amiss(bare)


def test_messages_that_wait_since_nobody_knows_when_are_not_well(context: TouchContext) -> None:
    """The disk damaged every moment that could tell: somebody should look, as after a long wait."""
    now = context.clock()
    amiss = [
        [fact.name for fact in told.facts(context, translator("en"), state) if not fact.is_well]
        for state in (told.State(3, None, now), told.State(3, now, now), told.State(0, None, now))
    ]
    assert ["To the hub" in names for names in amiss] == [True, False, False]


def test_a_full_disk_stands_in_the_corner_and_in_the_health(
    context: TouchContext, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An operator sees it before visitors are turned away; the log says it at the start."""
    monkeypatch.setattr(condition, "room", lambda _: 12 * 1024**2)
    assert _corner(context)["Disk"].startswith("12 MB free: full.")
    assert "Disk" in _amiss(context)
    with caplog.at_level(logging.ERROR, "kiosk.touch"):
        condition.tell(context)
    assert "12 MB left" in caplog.text


def test_where_nothing_lacks_nothing_is_told(context: TouchContext) -> None:
    """The usual case."""
    if condition.warnings(context):
        pytest.skip("the fonts are not installed, or this machine's disk is full")
    assert _corner(context)["Fonts"] == "all here"
    assert _amiss(context) == []


async def test_the_exhibition_goes_on_without_fonts(
    standing: Standing, context: TouchContext, tmp_path: Path
) -> None:
    """Visitors read and vote; health says ready, with a warning."""
    context.front_end = tmp_path
    await standing.open("exhibit/benches")
    await standing.sees("Agree")
    answer = await _health(context)()
    health = json.loads(bytes(answer.body))
    assert health["status"] == "ready"
    assert "font files are missing" in health["warnings"][0]
