"""A visitor is told, once on each screen, in which language she reads what her own lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.exhibition.localized import Localized, Written
from kiosk.exhibition.model import Exhibit
from kiosk.screens.touch.context import Hung, Shelf, TouchContext
from kiosk.screens.touch.visit import Visit
from tests.screens.touch.standing import Standing

OF_EACH_KIND = {
    "home": "",
    "topic": "topic/communicative",
    "question": "exhibit/benches",
    "question in large type": "ask/benches",
    "guiding question": "exhibit/izmir-resilient-cities_short-or-long",
    "session": "exhibit/izmir-diversity",
    "programme": "list/session",
    "timeline": "exhibit/three-summits",
    "list": "list/word",
    "word": "exhibit/word-hidalgo",
    "declaration": "exhibit/dusseldorf-declaration",
    "city": "exhibit/sceaux",
    "map": "map",
    "search": "search",
    "tour": "tour/1",
    "end of the tour": "tour/end",
    "legal notice": "legal/imprint",
}


@pytest.fixture
def context(context: TouchContext) -> TouchContext:
    """A screen whose first language is one that no text of the exhibition is in yet."""
    return replace(context, languages=("pl", "fr"))


def _notes(standing: Standing) -> list[str]:
    """What is said of languages that stand in: one place for it, at the head of the stage."""
    (note,) = standing.find("stands-in")
    assert next(iter(standing.root().descendants())) is note
    words = " ".join(str(note._text).split())  # no-break spaces are the catalogue's affair
    return [] if "hidden" in note.props else [words]


@pytest.mark.parametrize("path", OF_EACH_KIND.values(), ids=OF_EACH_KIND.keys())
async def test_who_reads_polish_is_told_what_she_reads_instead(
    standing: Standing, path: str
) -> None:
    """Ola reads French in Sceaux and is told so; Ada, whose language it is, needs no such word."""
    await standing.open(path, language="pl")
    assert standing.path.endswith(path)
    assert _notes(standing) == ["Jeszcze nie w twoim języku; pokazany język: francuski."]
    await standing.open(path, language="fr")
    assert standing.path.endswith(path)
    assert _notes(standing) == []


async def test_the_attract_screen_says_it_too(standing: Standing) -> None:
    """Whoever passes by the Polish screen reads why it speaks French."""
    await standing.user.open("/")
    assert _notes(standing) == ["Jeszcze nie w twoim języku; pokazany język: francuski."]


async def test_each_turn_of_the_attract_screen_says_it_of_itself(
    standing: Standing, context: TouchContext, visits: list[Visit]
) -> None:
    """The question that was added in German makes way for one that was not."""
    context.turn = 1
    first = _hung(context).exhibition.attract[0]
    _hang(context, _asking(_exhibit(context, first), "Sitzen ohne zu zahlen?"))
    await standing.user.open("/")
    assert _notes(standing) == [
        "Jeszcze nie w twoim języku; pokazany język: francuski i niemiecki."
    ]
    await standing.second(visits[-1])
    assert not standing.path.endswith(first)
    assert _notes(standing) == ["Jeszcze nie w twoim języku; pokazany język: francuski."]


async def test_the_sentence_of_the_attract_screen_is_set_in_its_own_script(
    standing: Standing, context: TouchContext
) -> None:
    """Its size and its lines are the headline's: the button within only follows."""
    first = _exhibit(context, _hung(context).exhibition.attract[0])
    assert first.question is not None
    arabic = replace(first.question, text=_only_in("ar", "مقعد لكلّ ساحة."))
    _hang(context, replace(first, question=arabic))
    await standing.user.open("/")
    (headline,) = (e for e in standing.elements() if e.tag == "h1")
    assert (headline.props["lang"], headline.props["dir"]) == ("ar", "rtl")
    (way,) = headline.default_slot.children
    assert way.tag == "button"
    assert not {"lang", "dir"} & set(way.props)


async def test_nothing_is_said_of_what_only_names_the_page(standing: Standing) -> None:
    """Before Ola writes, all that she reads is Polish."""
    await standing.open("comment/benches", language="pl")
    assert _notes(standing) == []


def _hung(context: TouchContext) -> Hung:
    hung = context.shelf.get("vivre-ensemble")
    assert hung is not None
    return hung


def _exhibit(context: TouchContext, exhibit: str) -> Exhibit:
    return _hung(context).exhibition.exhibits[exhibit]


def _hang(context: TouchContext, exhibit: Exhibit) -> None:
    """Show the exhibition with this exhibit in the place of the one of its name."""
    hung = _hung(context)
    exhibits = {**hung.exhibition.exhibits, exhibit.id: exhibit}
    context.shelf = Shelf(hung.exhibition.id)
    context.shelf.offer(replace(hung, exhibition=replace(hung.exhibition, exhibits=exhibits)))


def _only_in(language: str, words: str) -> Localized:
    return Localized({language: Written(words)})


def _asking(exhibit: Exhibit, german: str) -> Exhibit:
    """The exhibit with its question in German alone."""
    assert exhibit.question is not None
    return replace(exhibit, question=replace(exhibit.question, text=_only_in("de", german)))


async def test_each_language_that_stands_in_is_named(
    standing: Standing, context: TouchContext
) -> None:
    """A lead that was translated says nothing of the question, which was not."""
    benches = _asking(_exhibit(context, "benches"), "Sitzen ohne zu zahlen?")
    _hang(context, benches)
    await standing.open("exhibit/benches", language="fr")
    assert _notes(standing) == ["Pas encore dans votre langue ; affiché en allemand."]
    _hang(context, replace(benches, lead=_only_in("ar", "الجلوس")))
    await standing.open("exhibit/benches", language="fr")
    assert _notes(standing) == ["Pas encore dans votre langue ; affiché en allemand et arabe."]


async def test_an_answer_that_stands_in_is_named_too(
    standing: Standing, context: TouchContext
) -> None:
    """The question is French; one of its answers was added in German."""
    plot = _exhibit(context, "empty-plot")
    assert plot.question is not None
    first, *rest = plot.question.choices
    choices = (replace(first, label=_only_in("de", "Ein Garten")), *rest)
    _hang(context, replace(plot, question=replace(plot.question, choices=choices)))
    await standing.open("exhibit/empty-plot", language="fr")
    assert _notes(standing) == ["Pas encore dans votre langue ; affiché en allemand."]
