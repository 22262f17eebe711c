"""Which function shows which screen."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.screens.touch import (
    asked,
    attract,
    comment,
    designed,
    home,
    legal,
    lists,
    map_screen,
    map_view,
    receipt,
    search,
    topic,
    voice,
    voices,
)
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.step import Step
from kiosk.screens.touch.visit import Show

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
}

_ABOUT_AN_EXHIBIT = frozenset({steps.TOPIC, steps.EXHIBIT, steps.COMMENT})


def known(context: TouchContext, step: Step) -> bool:
    """Whether the step exists in the exhibition as it hangs now."""
    hung = context.shelf.get(step.exhibition)
    if hung is None or step.screen == steps.ATTRACT:
        return False
    if step.screen in _ABOUT_AN_EXHIBIT or (step.screen == steps.VOICES and step.subject):
        if steps.PART in step.subject:
            return asked.find(hung.exhibition, step.subject) is not None
        return step.subject in hung.exhibition.exhibits
    if step.screen == steps.MAP:
        return map_view.View.parse(step.subject) is not None and bool(
            map_view.cities(hung.exhibition)
        )
    if step.screen == steps.SEARCH:
        return not step.subject
    if step.screen == steps.VOICE:
        return bool(step.subject)
    if step.screen == steps.LIST:
        return step.subject in lists.KINDS
    return step.screen != steps.LEGAL or step.subject in legal.PAGES
