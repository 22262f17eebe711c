"""Texts that are too long for where they are shown first."""

from __future__ import annotations

from kiosk.exhibition.faults import Faults
from kiosk.exhibition.model import Exhibit, Exhibition
from kiosk.exhibition.reading import Shelf

LONGEST_TITLE = 90
"""Characters: three lines of a headline on a touchscreen."""
MOST_WORDS = 35
"""Words of what the attract screen asks: 45 in its first view, less what it says itself."""


def check_lengths(view: Exhibition, shelf: Shelf, faults: Faults) -> None:
    """Warn of titles and attract texts too long to be read in passing.

    *shelf* is what *view* shows of its own: the exhibition's, or what one city writes anew.
    """
    for placed in shelf.values():
        exhibit, table = view.exhibits[placed.exhibit.id], placed.table
        for language, written in exhibit.title.by_language.items():
            if len(written.text) > LONGEST_TITLE:
                message = f"The title in “{language}” has {len(written.text)} characters."
                cure = f"Shorten it to {LONGEST_TITLE}; what is cut may go into the lead."
                table.warning("long-title", "id", message, cure)
        if exhibit.id not in view.attract or exhibit.question is not placed.exhibit.question:
            continue  # a question that a city keeps is told of where the exhibition asks it
        for language, count in _words(exhibit).items():
            if count > MOST_WORDS:
                message = f"On the attract screen “{exhibit.id}” has {count} words in “{language}”."
                cure = f"Shorten it to {MOST_WORDS}: it is read in five seconds."
                faults.warning("attract-too-long", table.path, table.line("id"), message, cure)


def _words(exhibit: Exhibit) -> dict[str, int]:
    shown = exhibit.question.text if exhibit.question else exhibit.title
    return {language: len(each.text.split()) for language, each in shown.by_language.items()}
