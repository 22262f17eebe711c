"""``[exhibit.question]``: what residents vote on."""

from __future__ import annotations

from kiosk.exhibition.localized import Localized
from kiosk.exhibition.model import Choice, Question, QuestionKind
from kiosk.exhibition.scope import Row
from kiosk.exhibition.toml_table import Table

AGREE = ("agree", "disagree", "pass")
MOST_CHOICES = 12
"""As many as a touchscreen shows at once with targets of 64 pixels."""


def read_question(row: Row) -> Question | None:
    """Read the question of an exhibit, or None where it asks none.

    Its id is ``exhibition/owner/slug``, so that a city's question never meets the core's.
    """
    table = row.table.table("question")
    if table is None:
        return None
    kinds = tuple(str(kind) for kind in QuestionKind)
    kind = QuestionKind(table.one_of("kind", kinds, "unknown-question-kind"))
    text = row.text("question", required=True)
    choices = _choices(row, table, kind)
    most = table.whole("max_choices", 1, MOST_CHOICES, otherwise=1)
    opens_at, closes_at = table.moment("opens_at"), table.moment("closes_at")
    if opens_at and closes_at and opens_at >= closes_at:
        cure = "Let it close after it opens."
        table.error("date-order", "closes_at", "The question closes before it opens.", cure)
    _check_most(table, kind, most, len(choices))
    table.finish()
    question = f"{row.scope.exhibition}/{row.scope.owner}/{row.id}"
    return Question(question, kind, text, choices, opens_at, closes_at, most)


def _choices(row: Row, table: Table, kind: QuestionKind) -> tuple[Choice, ...]:
    if kind is QuestionKind.AGREE:
        if "choices" in table.data:
            cure = "Delete “choices”, or write kind = “single”."
            message = "A statement's choices are always agree, disagree and pass."
            table.error("choices-of-agree", "choices", message, cure)
            table.asked.add("choices")
        return tuple(Choice(each, Localized()) for each in AGREE)
    given = table.data.get("choices")
    if isinstance(given, list) and len({str(each) for each in given}) < len(given):
        message = "The question offers the same choice twice."
        table.error("duplicate-choice", "choices", message, "Give each choice an id of its own.")
        table.asked.add("choices")
        ids: tuple[str, ...] = tuple(dict.fromkeys(str(each) for each in given))
    else:
        ids = table.slugs("choices", required=True)
    if not 2 <= len(ids) <= MOST_CHOICES:
        message = f"The question offers {len(ids)} choices."
        cure = f"Offer 2 to {MOST_CHOICES}."
        table.error("too-few-choices", "choices", message, cure)
    return tuple(Choice(each, row.text(f"choice {each}", required=True)) for each in ids)


def _check_most(table: Table, kind: QuestionKind, most: int, offered: int) -> None:
    if kind is not QuestionKind.MULTIPLE and most != 1:
        cure = "Delete “max_choices”, or write kind = “multiple”."
        table.error("max-choices", "max_choices", f"A {kind} question takes one choice.", cure)
    elif kind is QuestionKind.MULTIPLE and not 2 <= most <= max(offered, 2):
        message = f"{most} of {offered} choices may be taken."
        cure = f"Write max_choices = 2 to {offered}."
        table.error("max-choices", "max_choices", message, cure)
