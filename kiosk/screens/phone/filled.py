"""How far each topic's pattern is filled: one cell for each counted vote and published voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection

from kiosk.screens.phone.hall import Hall
from kiosk.voice import comment_store, tally_store

Filled = Mapping[tuple[str, str], int]
"""Cells by exhibition and topic."""


def count_filled(connection: Connection, hall: Hall) -> Filled:
    """Count in two queries for each exhibition."""
    filled: Counter[tuple[str, str]] = Counter()
    for exhibition, opened in hall.editions.items():
        exhibits = {e.id: e for view in opened.views.all() for e in view.exhibits.values()}
        asked = {e.question.id: e for e in exhibits.values() if e.question}
        ballots = tally_store.ballots_of(connection, list(asked)) if asked else {}
        for question, count in ballots.items():
            filled[exhibition, asked[question].topic] += count
        for exhibit, count in comment_store.public_counts(connection, exhibition).items():
            if exhibit in exhibits:
                filled[exhibition, exhibits[exhibit].topic or exhibit] += count
    return filled
