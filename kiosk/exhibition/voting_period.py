"""When a question may be answered: the one rule of screens, phones, walls and the count."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kiosk.exhibition.model import Exhibit, Question


class Period(Protocol):
    """What has a voting period: a question, as written or as the database keeps it."""

    @property
    def opens_at(self) -> datetime | None:
        """From when on it may be answered; None: from ever."""

    @property
    def closes_at(self) -> datetime | None:
        """From when on it may not; None: an end that never comes."""


def is_open(question: Period, now: datetime) -> bool:
    """Whether ``opens_at <= now < closes_at``."""
    return has_begun(question, now) and not has_ended(question, now)


def open_question(exhibit: Exhibit, now: datetime) -> Question | None:
    """Return what the exhibit asks now: nothing where the vote is over or has not begun."""
    question = exhibit.question
    return question if question is not None and is_open(question, now) else None


def has_begun(question: Period, now: datetime) -> bool:
    """Whether the first vote on it could be given before *now*."""
    return question.opens_at is None or question.opens_at <= now


def has_ended(question: Period, now: datetime) -> bool:
    """Whether no vote on it can be given any more."""
    return question.closes_at is not None and now >= question.closes_at
