"""What a rapporteur types becomes files that say exactly that, whatever was typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.exhibition.checks import check
from kiosk.exhibition.draft import (
    Content,
    Draft,
    DraftText,
    State,
    is_captured,
    new_draft_id,
    problems,
    tidy,
)
from kiosk.exhibition.faults import ERROR
from kiosk.exhibition.markdown import to_plain
from kiosk.exhibition.model import ConclusionDetails
from kiosk.exhibition.reader import read
from kiosk.exhibition.rendering import PHOTO, render
from tests.unit.exhibition import small
from tests.world import SUNDAY

ENGLISH = DraftText(
    title="Benches are not a luxury",
    lead="Cards from table four.",
    statements=("A seat every 200 metres.", "The city pays, not the shop."),
    dissent=("Two tables want fewer cars first.",),
    question="Every street should have a free seat.",
    photo_alternative="Eleven cards on a wall",
)
FRENCH = DraftText(
    title="Les bancs ne sont pas un luxe",
    statements=("Un siège tous les 200 mètres.",),
    status="machine, unreviewed",
    translated_from="en",
)
CONTENT = Content(
    topic="communicative",
    source_language="en",
    texts={"en": ENGLISH, "fr": FRENCH},
    session="opening",
    guiding_question="first",
    photo="ab" * 32,
)


def _draft(content: Content, city: str = "") -> Draft:
    return Draft(
        id="benches-4f2a1c",
        exhibition="harbour",
        city=city,
        content=tidy(content),
        state=State.APPROVED,
        revision=2,
        created_by="edda",
        created_at=SUNDAY,
        updated_at=SUNDAY,
        approved_by='Edda "Eddi" Rask',
        approved_at=SUNDAY,
    )


def _shown(folder: Path, draft: Draft) -> Path:
    files = {f"{draft.folder()}{path}": data for path, data in render(draft, ("en", "fr")).items()}
    if draft.content.photo:
        files[f"{draft.folder()}{PHOTO}"] = small.picture()
    return small.write(folder, {**small.files(), **files})


def test_a_conclusion_is_rendered_and_read(tmp_path: Path) -> None:
    """Statements, dissent, session, photograph and translation arrive on the screens."""
    folder = _shown(tmp_path, _draft(CONTENT))
    exhibition = read(folder)
    exhibit = exhibition.exhibits["benches-4f2a1c"]

    assert [fault for fault in check(folder) if fault.severity == ERROR] == []
    assert isinstance(exhibit.details, ConclusionDetails)
    assert [to_plain(part.text.pick("en").text) for part in exhibit.details.statements] == [
        "A seat every 200 metres.",
        "The city pays, not the shop.",
    ]
    assert exhibit.details.statements[1].text.pick("fr").language == "en"
    assert (exhibit.details.session, exhibit.details.guiding_question) == ("opening", "first")
    assert exhibit.details.approved_by == 'Edda "Eddi" Rask'
    assert exhibit.question
    assert exhibit.question.id == "harbour/core/benches-4f2a1c"
    assert exhibit.title.pick("fr").status == "machine, unreviewed"
    source = exhibition.sources[exhibit.sources[0]]
    assert source.title == 'Record of the workshop, approved by Edda "Eddi" Rask'


@pytest.mark.parametrize("status", ["original", "machine, unreviewed", "reviewed"])
@pytest.mark.parametrize("origin", ["", "en", "fr"])
def test_who_wrote_a_text_never_keeps_it_from_going_out(
    tmp_path: Path, status: str, origin: str
) -> None:
    """Whatever the form sent along: an original comes from nowhere, a translation from English."""
    texts = {
        language: replace(text, status=status, translated_from=origin if origin != language else "")
        for language, text in CONTENT.texts.items()
    }
    draft = replace(_draft(replace(CONTENT, texts=texts)), approved_by="A <b>*&amp;*</b> [Rask]")
    folder = _shown(tmp_path, draft)

    assert [fault for fault in check(folder) if fault.severity == ERROR] == []


@pytest.mark.parametrize(
    "content",
    [
        replace(CONTENT, photo=""),
        replace(
            CONTENT,
            texts={"en": replace(ENGLISH, lead=""), "fr": replace(FRENCH, lead="Table quatre.")},
        ),
    ],
    ids=["no-photograph-any-more", "a-lead-in-the-translation-alone"],
)
def test_what_is_left_in_the_form_keeps_nothing_from_going_out(
    tmp_path: Path, content: Content
) -> None:
    """The photograph was taken off, its description was not: all others still go out."""
    folder = _shown(tmp_path, _draft(content))

    assert problems(tidy(content)) == ()
    assert [fault for fault in check(folder) if fault.severity == ERROR] == []


def test_a_citys_conclusion_is_its_own(tmp_path: Path) -> None:
    """Captured at Lindmark's own workshop, it shows in Lindmark alone."""
    content = replace(CONTENT, source_language="fr", texts={"fr": replace(FRENCH, status="original",
                      translated_from="")}, photo="")  # fmt: skip
    folder = _shown(tmp_path, _draft(content, "lindmark"))

    assert "benches-4f2a1c" not in read(folder).exhibits
    assert read(folder, "lindmark").exhibits["benches-4f2a1c"].owner == "lindmark"


TYPED = st.text(st.characters(codec="utf-8"), max_size=60)


@given(TYPED, st.lists(TYPED, min_size=1, max_size=3), TYPED)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_typed_is_shown_as_typed(
    tmp_path_factory: pytest.TempPathFactory, title: str, statements: list[str], lead: str
) -> None:
    """Headings, quotes, tags, Markdown, other scripts: text, never a command to the file."""
    text = DraftText(title=title, lead=lead, statements=tuple(statements))
    content = tidy(Content("communicative", "en", {"en": text}))
    if problems(content):
        return
    draft = replace(_draft(content), approved_by="Edda")
    folder = _shown(tmp_path_factory.mktemp("typed"), draft)
    exhibit = read(folder).exhibits[draft.id]

    assert isinstance(exhibit.details, ConclusionDetails)
    shown = [to_plain(part.text.pick("en").text) for part in exhibit.details.statements]
    typed = [" ".join(each.split()) for each in content.source().statements]
    assert shown == typed
    assert exhibit.title.pick("en").text == content.source().title


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"topic": ""}, "topic"),
        ({"texts": {}}, "title"),
        ({"texts": {"en": replace(ENGLISH, statements=())}}, "core statement"),
        ({"texts": {"en": replace(ENGLISH, statements=("", "b"))}}, "is empty"),
        ({"texts": {"en": replace(ENGLISH, photo_alternative="")}}, "photograph"),
        ({"texts": {"en": replace(ENGLISH, title="a" * 91)}}, "title"),
        ({"texts": {"en": replace(ENGLISH, title="<b>Benches</b>")}}, "markup"),
        ({"texts": {"en": replace(ENGLISH, statements=("a" * 601,))}}, "600"),
        ({"texts": {"en": replace(ENGLISH, statements=("a",) * 13)}}, "more than 12"),
    ],
)
def test_the_rapporteur_is_told_what_is_missing(change: dict[str, object], said: str) -> None:
    """A sentence each, before anything is approved."""
    found = problems(tidy(replace(CONTENT, **change)))  # type: ignore[arg-type]

    assert any(said in str(each) and each.cure for each in found)
    assert problems(tidy(CONTENT)) == ()


def test_a_translation_whose_title_is_to_be_written_anew_stays_on_the_screens(
    tmp_path: Path,
) -> None:
    """A slip in the English title was mended: the French statement is read all the same."""
    texts = {"en": ENGLISH, "fr": replace(FRENCH, title=""), "de": DraftText(status="reviewed")}
    draft = _draft(replace(CONTENT, texts=texts))
    exhibit = read(_shown(tmp_path, draft)).exhibits[draft.id]
    assert isinstance(exhibit.details, ConclusionDetails)
    assert exhibit.details.statements[0].text.pick("fr").text == "Un siège tous les 200 mètres."
    assert exhibit.title.pick("fr", ("en",)).text == "Benches are not a luxury"
    assert "text.de.md" not in render(draft, ("en", "fr", "de")), "nothing was written in it"


def test_typed_text_is_tidied() -> None:
    """Blanks, empty last lines and characters that nobody sees are gone."""
    text = DraftText(title="  # Near\u202e \n free\x00 ", statements=("one", " ", ""))
    tidied = tidy(Content("t", "en", {"en": text}, wanted=("fr", "fr"))).source()

    assert tidied.title == "Near free", "a heading's mark would begin another text of the file"
    assert tidied.statements == ("one",)


def test_no_word_is_lost_and_none_are_joined() -> None:
    """A hashtag stays; a line broken on a slide, and half an emoji, part or join no words."""
    text = DraftText(title="## #Bänke\x0bfür alle\ud83d", statements=("# 1\u2028for us", "#two"))
    tidied = tidy(Content("t", "en", {"en": text})).source()

    assert tidied.title == "#Bänke für alle"
    assert tidied.statements == ("# 1 for us", "#two")


def test_ids_say_what_a_conclusion_is_about() -> None:
    """Readable in an address, unlike any other, also for titles in other scripts."""
    assert new_draft_id("Éclairer les bancs, la nuit !").startswith("eclairer-les-bancs-la-nuit-")
    assert new_draft_id("مقاعد").startswith("conclusion-")
    assert new_draft_id("Benches") != new_draft_id("Benches")


def test_what_was_captured_is_told_from_what_was_edited() -> None:
    """Publishing a folder keeps captured conclusions, and nothing else, of the old edition."""
    assert is_captured("captured/a/exhibits.toml")
    assert is_captured("cities/lindmark/captured/a/text.fr.md")
    assert not is_captured("exhibits/captured/exhibits.toml")
    assert not is_captured("cities/lindmark/exhibits/captured/text.fr.md")


def test_languages_wanted_are_listed_until_they_are_there() -> None:
    """Marked for French and German; the French is there."""
    assert replace(CONTENT, wanted=("fr", "de")).to_translate() == ("de",)
