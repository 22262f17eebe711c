"""A folder of files becomes an exhibition, for itself and for each city."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.exhibition.checks import check
from kiosk.exhibition.faults import ContentRefused
from kiosk.exhibition.model import (
    ConclusionDetails,
    Kind,
    SessionDetails,
    Standing,
    TimelineDetails,
    TopicDetails,
)
from kiosk.exhibition.reader import read, read_all
from tests.unit.exhibition import small


def test_a_folder_without_fault_has_no_fault(tmp_path: Path) -> None:
    """Edda's folder is in order; the check has nothing to say."""
    assert check(small.write(tmp_path)) == []


def test_every_kind_of_exhibit_is_read(tmp_path: Path) -> None:
    """What Edda wrote stands in the exhibition, in her order, with standing and source."""
    exhibition = read(small.write(tmp_path))

    assert (exhibition.id, exhibition.languages) == ("harbour", ("en", "fr"))
    assert list(exhibition.exhibits)[:3] == ["communicative", "benches", "gardens"]
    assert {each.kind for each in exhibition.exhibits.values()} == set(Kind) - {
        Kind.RESOURCE,
        Kind.MEDIA,
    }
    benches = exhibition.exhibits["benches"]
    assert (benches.topic, benches.subtopic) == ("communicative", "meeting-spaces")
    assert (benches.standing, benches.sources) == (Standing.PUT, ("exhibition",))
    assert benches.media[0].path == "topics/communicative/media/wall.webp"
    assert (benches.media[0].width, benches.media[0].height) == (8, 6)
    french = benches.title.pick("fr")
    assert (french.text, french.status) == ("Un banc dans chaque rue", "machine, unreviewed")


def test_our_own_papers_are_named_in_each_language(tmp_path: Path) -> None:
    """Edda names what her city gathered itself in German; elsewhere it keeps its first name."""
    report = read(small.write(tmp_path)).sources["report"]

    german = report.named_in("de")
    assert (german.title, german.publisher) == ("Bericht vom Gipfel", "Stadt Lindmark")
    assert (german.language, german.published) == ("de", report.published)
    assert report.named_in("ar") is report


def test_questions_are_named_after_their_owner(tmp_path: Path) -> None:
    """The core's question and the city's own cannot meet; choices keep their order."""
    questions = read(small.write(tmp_path), "lindmark").questions()

    assert set(questions) == {
        "harbour/core/benches",
        "harbour/core/gardens",
        "harbour/lindmark/our-benches",
    }
    assert questions["harbour/core/benches"].choice_ids() == ("agree", "disagree", "pass")
    assert questions["harbour/core/benches"].closes_at == datetime(2026, 10, 1, tzinfo=UTC)
    assert questions["harbour/core/gardens"].choice_ids() == ("north", "south", "west")
    assert questions["harbour/core/gardens"].max_choices == 2


def test_details_are_read(tmp_path: Path) -> None:
    """A topic's colour, a session's hours, a conclusion's dissent, a timeline's days."""
    exhibits = read(small.write(tmp_path)).exhibits

    topic = exhibits["communicative"].details
    assert isinstance(topic, TopicDetails)
    assert (topic.colour, topic.pattern) == ("#bd3521", "rings")
    session = exhibits["opening"].details
    assert isinstance(session, SessionDetails)
    assert session.starts_at == datetime(2026, 9, 5, 7, tzinfo=UTC)
    conclusion = exhibits["near"].details
    assert isinstance(conclusion, ConclusionDetails)
    assert [part.id for part in conclusion.statements] == ["one", "two"]
    assert conclusion.dissent[0].text.pick("en").text == "The dissent other"
    assert conclusion.dissent[0].sources == ("report",)
    timeline = exhibits["summits"].details
    assert isinstance(timeline, TimelineDetails)
    assert timeline.moments[0].day == date(2026, 9, 5)


def test_a_city_says_some_things_in_its_own_words(tmp_path: Path) -> None:
    """Lindmark replaces imprint and one exhibit and adds another; the core does not notice."""
    views = read_all(small.write(tmp_path))
    core, lindmark = views.core, views.of("lindmark")

    assert lindmark.pages["imprint"].pick("fr").text == "La mairie de Lindmark."
    assert core.pages["imprint"].pick("en").text == "The city of Lindmark."
    assert lindmark.pages["privacy"] == core.pages["privacy"]
    assert lindmark.exhibits["benches"].owner == "lindmark"
    assert lindmark.exhibits["benches"].question == core.exhibits["benches"].question
    assert "our-benches" not in core.exhibits
    assert (lindmark.accent, lindmark.logo) == ("#1f4f8f", "cities/lindmark/logo.png")
    assert lindmark.fallbacks() == ("fr", "en")


def test_a_city_without_overlay_shows_the_core(tmp_path: Path) -> None:
    """Port-Aubier adds nothing yet and shows what everyone shows."""
    exhibition = read(small.write(tmp_path), "port-aubier")

    assert exhibition.city == "port-aubier"
    assert "our-benches" not in exhibition.exhibits


def test_topics_follow_the_order_given(tmp_path: Path) -> None:
    """A topic named first comes first; one that is not named follows by its name."""
    files = small.files()
    for name in ("airy", "bold"):
        files[f"topics/{name}/topic.toml"] = (
            f'id = "{name}"\nstanding = "reported"\nsources = ["report"]\n'
            'colour = "#1f6b41"\npattern = "leaves"\n'
        ).encode()
        files[f"topics/{name}/text.en.md"] = f"# {name}\n## title\n{name}\n".encode()
    files["exhibition.toml"] = files["exhibition.toml"].replace(
        b'topics = ["communicative"]', b'topics = ["bold", "communicative"]'
    )
    topics = read(small.write(tmp_path, files)).topics()

    assert [topic.id for topic in topics] == ["bold", "communicative", "airy"]


def test_a_faulty_folder_is_refused_with_all_its_faults(tmp_path: Path) -> None:
    """Edda mistypes twice and is told of both, not of one after the other."""
    files = small.files()
    path = "topics/communicative/exhibits.toml"
    files[path] = files[path].replace(b'"put"', b'"putt"').replace(b'"multiple"', b'"many"')
    with pytest.raises(ContentRefused) as refused:
        read(small.write(tmp_path, files))

    rules = {fault.rule for fault in refused.value.faults}
    assert {"unknown-standing", "unknown-question-kind"} <= rules
    assert path in str(refused.value)


def test_a_section_may_say_who_translated_it(tmp_path: Path) -> None:
    """Ada has reviewed one exhibit of a machine's file; that one is shown as reviewed."""
    files = small.files()
    path = "topics/communicative/text.fr.md"
    block = '# gardens\n+++\nstatus = "reviewed"\ntranslated_from = "en"\n+++\n'
    files[path] = files[path].replace(b"# gardens\n", block.encode())
    exhibits = read(small.write(tmp_path, files)).exhibits

    assert exhibits["gardens"].title.pick("fr").status == "reviewed"
    assert exhibits["benches"].title.pick("fr").status == "machine, unreviewed"
