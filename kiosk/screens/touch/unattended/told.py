"""What the staff corner tells of this screen, and what of it is not well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk import __version__
from kiosk.locale.translator import Translator
from kiosk.screens import theme
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.unattended import condition

LATE = timedelta(minutes=10)
"""Silence from the hub, or a message's wait, from which staff should look why."""


@dataclass(frozen=True, slots=True)
class State:
    """What staff are told of a screen."""

    waiting: int
    oldest: datetime | None
    heard: datetime | None
    brightness: int = 100
    volume: int = 100


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what staff are told; what is not well stands out."""

    name: str
    said: str
    is_well: bool = True


def facts(context: TouchContext, t: Translator, state: State) -> list[Fact]:
    """Return what is known of this screen, line by line."""
    hung = [context.shelf.get(i) for i in context.shelf.ids()]
    editions = "\n".join(f"{h.exhibition.id} {h.edition[:8]}" for h in hung if h)
    return [
        Fact(t("Screen"), f"{context.number} · {context.place}"),
        *_of_the_hub(t, state, context.clock()),
        Fact(t("Edition"), editions or t("none yet"), bool(editions)),
        _fonts(context, t),
        _disk(context, t),
        Fact(t("Software"), __version__),
    ]


def _of_the_hub(t: Translator, state: State, now: datetime) -> tuple[Fact, Fact]:
    queue = t.plural("{n} message waits", "{n} messages wait", state.waiting)
    if state.oldest:
        queue = t("{queue}, the oldest for {age}", queue=queue, age=_age(t, now - state.oldest))
    heard = t("never") if state.heard is None else _ago(t, now - state.heard)
    # Since when is unknown only where the disk damaged it: that is no reason to call it short.
    late = state.waiting > 0 and (state.oldest is None or now - state.oldest > LATE)
    silent = state.heard is None or now - state.heard > LATE
    return (
        Fact(t("To the hub"), queue if state.waiting else t("nothing waits"), not late),
        Fact(t("Hub last heard"), heard, not silent),
    )


def _fonts(context: TouchContext, t: Translator) -> Fact:
    missing = theme.missing_fonts(context.front_end)
    if not missing:
        return Fact(t("Fonts"), t("all here"))
    lacks = t.plural("{n} file is missing", "{n} files are missing", len(missing))
    said = t("{lacks}; other fonts of this machine stand in. Set it up again.", lacks=lacks)
    return Fact(t("Fonts"), said, is_well=False)


def _disk(context: TouchContext, t: Translator) -> Fact:
    free = condition.room(context.staff_code.path.parent)
    left = t("{megabytes} MB free", megabytes=t.number(free // 1024**2))
    if free >= condition.LEAST_ROOM:
        return Fact(t("Disk"), left)
    said = t("{left}: full. Make room, or no vote and no word can be kept.", left=left)
    return Fact(t("Disk"), said, is_well=False)


def _age(t: Translator, age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 120:
        return t.plural("{n} minute", "{n} minutes", minutes)
    return t.plural("{n} hour", "{n} hours", minutes // 60)


def _ago(t: Translator, age: timedelta) -> str:
    return t("{age} ago", age=_age(t, age))
