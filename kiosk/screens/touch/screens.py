"""Which function shows which screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.exhibition import guiding
from kiosk.exhibition.model import Exhibition
from kiosk.screens.touch import designed
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.answering import ask
from kiosk.screens.touch.arriving import attract, home
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.finding import search
from kiosk.screens.touch.listening import voice, voices
from kiosk.screens.touch.looking import topic
from kiosk.screens.touch.speaking import comment, receipt
from kiosk.screens.touch.step import Step
from kiosk.screens.touch.texts import legal
from kiosk.screens.touch.together import group, tour
from kiosk.screens.touch.visit import Show
from kiosk.screens.touch.ways import lists, map_screen, map_view

SCREENS: Mapping[str, Show] = {
    steps.ATTRACT: attract.show,
    steps.HOME: home.show,
    steps.TOPIC: topic.show,
    steps.EXHIBIT: designed.one,
    steps.LIST: designed.listed,
    steps.MAP: map_screen.show,
    steps.SEARCH: search.show,
    steps.VOICES: voices.show,
    steps.VOICE: voice.show,
    steps.COMMENT: comment.show,
    steps.RECEIPT: receipt.show,
    steps.LEGAL: legal.show,
    steps.GROUP: group.show,
    steps.ASK: ask.show,
    steps.TOUR: tour.show,
}

Knows = Callable[[Exhibition, str], bool]
"""Whether an exhibition has the step of a screen with this subject."""


def known(context: TouchContext, step: Step) -> bool:
    """Whether the step exists in the exhibition as it hangs now."""
    hung = context.shelf.get(step.exhibition)
    if hung is None or step.screen == steps.ATTRACT:
        return False
    return _KNOWS.get(step.screen, _any)(hung.exhibition, step.subject)


def _any(exhibition: Exhibition, subject: str) -> bool:
    del exhibition, subject
    return True


def _exhibit(exhibition: Exhibition, subject: str) -> bool:
    if guiding.PART in subject:
        return guiding.find(exhibition, subject) is not None
    return subject in exhibition.exhibits


def _question(exhibition: Exhibition, subject: str) -> bool:
    exhibit = exhibition.exhibits.get(subject)
    return exhibit is not None and exhibit.question is not None


def _map(exhibition: Exhibition, subject: str) -> bool:
    return map_view.View.parse(subject) is not None and bool(map_view.cities(exhibition))


_KNOWS: Mapping[str, Knows] = {
    steps.TOPIC: _exhibit,
    steps.EXHIBIT: _exhibit,
    steps.COMMENT: _exhibit,
    steps.VOICES: lambda exhibition, subject: not subject or _exhibit(exhibition, subject),
    steps.MAP: _map,
    steps.SEARCH: lambda _, subject: not subject,
    steps.VOICE: lambda _, subject: bool(subject),
    steps.LIST: lambda _, subject: subject in lists.KINDS,
    steps.LEGAL: lambda _, subject: subject in legal.PAGES,
    steps.GROUP: lambda _, subject: subject in {"", group.SIZE},
    steps.ASK: _question,
    steps.TOUR: lambda exhibition, subject: tour.is_step(len(exhibition.tour), subject),
}
