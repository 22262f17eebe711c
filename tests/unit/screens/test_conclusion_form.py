"""What a rapporteur pastes becomes statements; what a translator types finds its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.exhibition.draft import Content, DraftText
from kiosk.screens.desk import conclusion_form

SOURCE = DraftText(title="Yards", statements=("Shade", "Keys"), dissent=("Noise",))
FRENCH = DraftText(
    title="Cours",
    lead="Pour tous.",
    statements=("Ombre", "Clés"),
    dissent=("Bruit",),
    question="Qu’on les ouvre.",
    photo_alternative="Une cour",
    status="reviewed",
    translated_from="en",
)


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


def _edited(**changed: str) -> DraftText:
    """Return the French after the English form was saved with something *changed* in it."""
    typed = {
        "language": "en",
        "title": "Yards",
        "lead": "For all.",
        "statements": "Shade\nKeys",
        "dissent": "Noise",
        "question": "Open them.",
        "photo_alternative": "A yard",
    }
    source = DraftText("Yards", "For all.", ("Shade", "Keys"), ("Noise",), "Open them.", "A yard")
    before = Content("t", "en", {"en": source, "fr": FRENCH}, photo="ab" * 32)
    after = conclusion_form.source_content({**typed, **changed}, before)
    french = after.texts["fr"]
    emptied = sum(not words for words in (french.title, french.lead, french.question))
    emptied += sum(not words for words in (*french.statements, *french.dissent))
    emptied += not french.photo_alternative
    assert conclusion_form.missing(after, "fr") == emptied
    assert (french.status, french.translated_from) == ("reviewed", "en")
    return french


def test_a_source_that_stays_keeps_its_translation() -> None:
    """Saved again, also with blanks and bullets that are taken off: not a word of it goes."""
    assert _edited() == FRENCH
    assert _edited(statements=" - Shade \n\n2)  Keys", title="Yards ") == FRENCH


def test_a_translation_goes_with_its_statement() -> None:
    """The first goes, they change places, one comes between: each keeps its own French."""
    assert _edited(statements="Keys").statements == ("Clés",)
    assert _edited(statements="Keys\nShade").statements == ("Clés", "Ombre")
    assert _edited(statements="Shade\nWater\nKeys").statements == ("Ombre", "", "Clés")
    assert _edited(dissent="Dust\nNoise").dissent == ("", "Bruit")


def test_what_was_reworded_is_to_be_translated_anew_and_nothing_else() -> None:
    """No mayor's statement has a sentence below it that says something else; none is lost."""
    shade, title = {"No shade": "Ombre"}, {"School yards": "Cours"}
    assert _edited(statements="No shade\nKeys") == replace(
        FRENCH, statements=("", "Clés"), earlier=shade
    )
    assert _edited(dissent="Dust") == replace(FRENCH, dissent=("",))
    assert _edited(title="School yards") == replace(FRENCH, title="", earlier=title)
    assert _edited(lead="For none.").lead == ""
    assert _edited(lead="For none.").earlier == {"For none.": "Pour tous."}
    assert _edited(question="Shut them.").question == ""
    assert _edited(photo_alternative="A wall").photo_alternative == ""


def test_an_earlier_translation_waits_until_somebody_has_read_it() -> None:
    """Reworded twice, and moved: what Nadia translated is there to be read, and nowhere shown."""
    content = Content("t", "en", {"en": SOURCE, "fr": FRENCH})
    typed = {"language": "en", "title": "School yards", "statements": "Shades\nKeys"}
    once = conclusion_form.source_content({**typed, "dissent": "Noise"}, content)
    again = {**typed, "title": "All yards", "statements": "Keys\nShades!", "dissent": "Noise"}
    twice = conclusion_form.source_content(again, once)
    french = twice.texts["fr"]
    assert (french.title, french.statements) == ("", ("Clés", ""))
    assert french.earlier == {"All yards": "Cours", "Shades!": "Ombre"}
    assert conclusion_form.source_content(again, twice).texts["fr"].earlier == french.earlier
    read = {"title": "Toutes les cours", "statement-0": "Clés", "statement-1": "Des ombres !"}
    saved = conclusion_form.translated_content(read, twice, "fr")
    assert saved.texts["fr"].earlier == {}


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
