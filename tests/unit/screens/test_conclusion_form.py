"""What a rapporteur pastes becomes statements; what a translator types finds its place."""

from __future__ import annotations

import pytest

from kiosk.exhibition.draft import Content, DraftText
from kiosk.screens.desk import conclusion_form

SOURCE = DraftText(title="Yards", statements=("Shade", "Keys"), dissent=("Noise",))


@pytest.mark.parametrize(
    ("pasted", "statements"),
    [
        ("Shade first\nKeys", ("Shade first", "Keys")),
        ("- Shade\n• Keys\n* Saturdays", ("Shade", "Keys", "Saturdays")),
        ("1. Shade\r\n2) Keys\r\n", ("Shade", "Keys")),
        ("  – Ombre  \n\n\n— Clés", ("Ombre", "Clés")),
        ("-5 degrees is cold", ("-5 degrees is cold",)),
        ("1848 was a year", ("1848 was a year",)),
        ("2027. That is late", ("2027. That is late",)),
        ("", ()),
        ("\n \n", ()),
    ],
)
def test_cards_are_pasted_one_per_line(pasted: str, statements: tuple[str, ...]) -> None:
    """Bullets and numbers of a list go; what belongs to the sentence stays."""
    assert conclusion_form.lines(pasted) == statements


def test_changing_the_source_keeps_the_translations() -> None:
    """French stays when the English title is mended."""
    before = Content("t", "en", {"en": SOURCE, "fr": DraftText(title="Cours")})
    after = conclusion_form.source_content({"language": "en", "title": "School yards"}, before)
    assert after.source().title == "School yards"
    assert after.texts["fr"].title == "Cours"


def test_a_guiding_question_counts_with_its_own_session_only() -> None:
    """Chosen for another session, it is left out."""
    before = Content("t", "en")
    chosen = {"language": "en", "session": "s1", "guiding": "s1/q2"}
    assert conclusion_form.source_content(chosen, before).guiding_question == "q2"
    strayed = {**chosen, "guiding": "s2/q2"}
    assert conclusion_form.source_content(strayed, before).guiding_question == ""


def test_what_a_translation_lacks_is_counted() -> None:
    """Four passages in the source; one is translated."""
    content = Content("t", "en", {"en": SOURCE})
    assert conclusion_form.missing(content, "fr") == 4
    half = conclusion_form.translated_content({"statement-1": "Clés"}, content, "fr")
    assert half.texts["fr"].statements == ("", "Clés")
    assert conclusion_form.missing(half, "fr") == 3
