"""The attract screen: whom it calls, what it alternates, and that its motion can be stopped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nicegui.element import Element

from kiosk.locale.translator import LANGUAGES
from kiosk.screens.touch.attract import called
from kiosk.screens.touch.context import TouchContext
from tests.screens.touch.standing import Standing


@pytest.fixture
def context(context: TouchContext) -> TouchContext:
    """A screen in Sceaux that offers every language of the interface, Turkish as its own."""
    return replace(context, languages=("tr", *(x for x in LANGUAGES if x != "tr")))


def _calls(standing: Standing) -> list[Element]:
    assert standing.user.client is not None
    every = standing.user.client.layout.descendants()
    row = next(e for e in every if "calls" in e.classes)
    return list(row.default_slot.children)


def test_a_screen_calls_in_four_languages() -> None:
    """Its own comes first, then those that the exhibition's texts are written in, then others."""
    offered = ("tr", "fr", "en", "de", "ar", "es", "it")
    assert called(offered, ("en", "fr", "de", "ar")) == ("tr", "fr", "en", "de")
    assert called(offered, ("de", "es")) == ("tr", "de", "es", "fr")
    assert called(("fr", "en"), ("en",)) == ("fr", "en")


async def test_ten_languages_leave_four_calls_and_the_way_to_all(standing: Standing) -> None:
    """Ayla's screen offers ten languages: ten calls would run out of it at 1280 × 800."""
    await standing.user.open("/")
    *calls, all_languages = _calls(standing)
    assert [call.props["lang"] for call in calls] == ["tr", "fr", "en", "de"]
    assert all_languages.props["data-opens"] == "language"


async def test_a_call_opens_the_question_in_its_language(standing: Standing) -> None:
    """Ayla touches “Yanıtla” and reads the same question in Turkish."""
    await standing.user.open("/")
    exhibit = standing.path.rpartition("/")[2]
    standing.happens(_calls(standing)[0], "click", "first")
    await standing.comes_to(f"/tr/vivre-ensemble/exhibit/{exhibit}")
