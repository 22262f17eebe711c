"""Ways through the exhibition: map, cities, timeline, programme, declaration, and what leads on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from kiosk.exhibition.model import DeclarationDetails
from kiosk.voice import comment_store
from tests.screens import touch_voices
from tests.screens.touch.standing import Standing
from tests.world import SUNDAY


def speaks(standing: Standing, exhibit: str, text: str) -> None:
    """A resident of Düsseldorf is published."""
    voice = touch_voices.voice("vivre-ensemble", exhibit, text, "en", SUNDAY)
    standing.context.database.write_now(partial(comment_store.mirror, public=voice))


async def test_home_leads_to_every_way(standing: Standing) -> None:
    """Ada finds map, timeline, programme, declaration, voices and search without reading on."""
    await standing.open("")
    tiles = [standing.words_of(tile) for tile in standing.find("great-way")]
    assert tiles == [
        "Map of the cities",
        "Timeline",
        "Programme",
        "Declaration",
        "Voices",
        "Search",
    ]
    for tile, end in (
        ("Map of the cities", "/map"),
        ("Timeline", "/exhibit/three-summits"),
        ("Programme", "/list/session"),
        ("Declaration", "/exhibit/dusseldorf-declaration"),
    ):
        await standing.open("")
        standing.touch(tile)
        await standing.comes_to(end)


async def test_a_group_on_the_map_leads_closer_and_a_name_to_its_city(standing: Standing) -> None:
    """Ada touches the circle over Europe, then Izmir, and is on its page."""
    await standing.open("map")
    await standing.until(lambda: bool(standing.find("map-group")), "groups")
    europe = max(standing.find("map-group"), key=lambda g: int(g.props["data-group"]))
    standing.happens(europe, "click", "")
    await standing.sees("Whole map")
    assert "_" in standing.path
    await standing.until(lambda: bool(standing.find("map-name")), "names")
    izmir = [n for n in standing.find("map-name") if n.props["data-city"] == "izmir"]
    standing.happens(izmir[0], "click", "")
    await standing.comes_to("/exhibit/izmir")


async def test_the_list_holds_every_city_of_the_map(standing: Standing) -> None:
    """Ben, who uses a switch, reaches all forty without touching the map."""
    await standing.open("map")
    await standing.until(lambda: len(standing.find("city-name")) == 40, "forty cities")
    assert all(n.props.get("tabindex") == "-1" for n in standing.find("map-name"))
    venlo = next(n for n in standing.find("city-name") if n.props["data-exhibit"] == "venlo")
    standing.happens(venlo, "click", "")
    await standing.comes_to("/exhibit/venlo")


async def test_a_choice_without_cities_leads_on(standing: Standing) -> None:
    """Nobody has published a good practice: it is said kindly, and other ways are open."""
    await standing.open("map/practices")
    await standing.sees("No city shows a good practice here yet.")
    standing.touch("Officials’ words")
    await standing.comes_to("/map/words")
    await standing.until(lambda: len(standing.find("city-name")) == 2, "two cities")


async def test_the_map_is_drawn_for_the_field_that_it_has(standing: Standing) -> None:
    """A low field gathers more; what the field told is remembered for the next visitor."""
    await standing.open("map/29_-10_58_38")
    await standing.until(lambda: bool(standing.find("map-name")), "names")
    names = len(standing.find("map-name"))
    low = {"wide": 44.0, "high": 18.0, "rem": 12.0}
    standing.happens(standing.find("map-field")[0], "measured", low)
    await standing.until(lambda: 0 < len(standing.find("map-name")) < names, "fewer names")
    assert standing.context.map_measures[False].rem == 12.0


async def test_a_city_says_what_it_did_and_each_of_it_leads_there(standing: Standing) -> None:
    """Izmir hosted, signed and spoke; what is not known of it is said, and leads elsewhere."""
    await standing.open("exhibit/izmir")
    await standing.sees("Hosted the summit of 7–8 December 2021")
    await standing.sees(
        "Not yet known here of Izmir: Good practices, Commitments and Officials’ words."
    )
    standing.touch("Commitments: 1 city")
    await standing.comes_to("/map/commitments")
    await standing.open("exhibit/izmir")
    standing.touch("Spoke on: The connective city")
    await standing.comes_to("/topic/connective")


async def test_sceaux_shows_its_commitments_words_and_twins(standing: Standing) -> None:
    """The first three of 21, and all of them when asked; Brühl is its twin, and says so too."""
    await standing.open("exhibit/sceaux")
    await standing.sees("21 commitments")
    cards = standing.find("entry")
    standing.touch("Show all 21")
    await standing.until(lambda: len(standing.find("entry")) == len(cards) + 18, "all of them")
    assert set(cards) <= set(standing.find("entry")), "what is there stays under the finger"
    bruhl = next(e for e in standing.find("entry") if e.props["data-exhibit"] == "bruhl")
    standing.happens(bruhl, "click", "")
    await standing.comes_to("/exhibit/bruhl")
    await standing.sees("Twin cities")
    await standing.sees("Sceaux")


async def test_a_partner_town_is_called_so(standing: Standing) -> None:
    """Zelenodolsk did not read “partner” as a word of the program."""
    await standing.open("exhibit/zelenodolsk")
    await standing.sees("Partner town")
    await standing.sees("Did not sign a declaration that is shown here")


async def test_voices_from_a_city_and_about_it_stand_on_its_page(standing: Standing) -> None:
    """A voice from Düsseldorf on benches hangs on Düsseldorf's page, and says what it is about."""
    speaks(standing, "benches", "Ein Platz ohne Bank ist ein Durchgang.")
    await standing.open("exhibit/dusseldorf")
    await standing.sees("Ein Platz ohne Bank")
    standing.touch("Bench or café table?")
    await standing.comes_to("/exhibit/benches")
    await standing.open("exhibit/glasgow")
    await standing.sees("Nobody has spoken of this city yet.")


async def test_a_voice_on_a_citys_page_can_be_agreed_with(standing: Standing) -> None:
    """There as everywhere: one touch, and how often stands beside it."""
    speaks(standing, "benches", "Ein Platz ohne Bank ist ein Durchgang.")
    await standing.open("exhibit/dusseldorf")
    standing.touch("I agree")
    await standing.sees("You agree")
    await standing.sees("Supported 1 time")


async def test_a_voice_on_a_citys_plan_is_about_the_city(standing: Standing) -> None:
    """Said in Düsseldorf on Sceaux's plan, it puts both on the map of voices."""
    speaks(standing, "sceaux-german", "Learn Dutch, too.")
    await standing.open("exhibit/sceaux")
    await standing.sees("Learn Dutch, too.")
    await standing.open("map/voices")
    await standing.until(lambda: len(standing.find("city-name")) == 2, "two cities")


async def test_the_timeline_tells_one_moment_after_another(standing: Standing) -> None:
    """It begins with the first summit; the next touch tells of Strong Cities; a summit leads on."""
    await standing.open("exhibit/three-summits")
    await standing.sees("First summit, Montréal")
    assert [" ".join(standing.words_of(s).split()) for s in standing.find("rail-summit")] == [
        "2015 Montréal",
        "2019 Düsseldorf",
        "2021 Izmir",
    ]
    standing.touch("The next moment")
    await standing.sees("Strong Cities is launched in New York")
    standing.touch("30 August to 1 September 2019")
    await standing.sees("Second summit, Düsseldorf")
    standing.touch("The Düsseldorf summit in figures")
    await standing.comes_to("/exhibit/summit-in-figures")


async def test_the_programme_shows_days_and_hours_that_were_set(standing: Standing) -> None:
    """Three days, seven sessions; the plenaries' hours are not made up."""
    await standing.open("list/session")
    assert len(standing.find("day")) == 3
    assert len(standing.find("session")) == 7
    assert [
        standing.words_of(s).startswith("Time to be confirmed") for s in standing.find("to-be-set")
    ] == [True] * 2
    standing.touch("Workshop 1")
    await standing.comes_to("/exhibit/izmir-resilient-cities")
    assert len(standing.find("guiding-card")) == 3


async def test_a_guiding_question_is_answered_by_a_vote_or_in_words(standing: Standing) -> None:
    """Where the exhibition has a question for it, one votes; each can be answered in words."""
    await standing.open("exhibit/izmir-resilient-cities")
    standing.touch("What comes first")
    await standing.comes_to("_short-or-long")
    standing.touch("Vote on it")
    await standing.comes_to("/exhibit/izmir-short-or-long")
    await standing.open("exhibit/izmir-cohesion_challenges")
    assert "Vote on it" not in standing.text()
    standing.touch("Answer in your own words")
    await standing.comes_to("/comment/izmir-cohesion_challenges")
    await standing.sees("Before you write")
    standing.touch("I have read this: write")
    await standing.sees("What harms social cohesion most at present?")


async def test_what_is_said_to_a_question_stands_beside_it_alone(standing: Standing) -> None:
    """A voice on one guiding question is not shown as an answer to the next one."""
    voice = touch_voices.voice("vivre-ensemble", "izmir-cohesion", "Rents.", "en", SUNDAY)
    asked = {
        **{f: getattr(voice, f) for f in voice.__slots__},
        "question": "izmir-cohesion/challenges",
    }
    put = type(voice)(**asked)
    standing.context.database.write_now(partial(comment_store.mirror, public=put))
    await standing.open("exhibit/izmir-cohesion_challenges")
    await standing.sees("Rents.")
    standing.touch("The next question")
    await standing.comes_to("_local-answers")
    assert "Rents." not in standing.text()


async def test_the_declaration_leads_to_each_signatory(standing: Standing) -> None:
    """35 names; Ouagadougou's leads to its page; the map shows all who signed."""
    await standing.open("exhibit/dusseldorf-declaration")
    assert len(standing.find("signature")) == 35
    standing.touch("Ouagadougou")
    await standing.comes_to("/exhibit/ouagadougou")
    await standing.open("exhibit/dusseldorf-declaration")
    standing.touch("On the map")
    await standing.comes_to("/map/signed")


async def test_a_declaration_without_names_says_so_and_leads_on(standing: Standing) -> None:
    """Montréal's signatories are not at hand: nothing is made up."""
    await standing.open("exhibit/montreal-declaration")
    await standing.sees("Who signed is not known here")
    assert not standing.find("signature")
    standing.touch("The Düsseldorf Declaration")
    await standing.comes_to("/exhibit/dusseldorf-declaration")


async def test_where_no_declaration_has_names_none_are_announced(standing: Standing) -> None:
    """Before any list of signatories has come, the screen promises nobody's."""
    shelf = standing.context.shelf
    hung = shelf.first()
    assert hung is not None
    exhibits = {
        exhibit.id: replace(exhibit, details=replace(exhibit.details, signatories=()))
        if isinstance(exhibit.details, DeclarationDetails)
        else exhibit
        for exhibit in hung.exhibition.exhibits.values()
    }
    shelf.offer(replace(hung, exhibition=replace(hung.exhibition, exhibits=exhibits)))
    shelf.switch()
    await standing.open("exhibit/montreal-declaration")
    await standing.sees("Who signed is not known here")
    assert "Those of another declaration have" not in standing.text()


@pytest.mark.parametrize(
    "path", ["map/nothing", "map/58_-10_29_38", "exhibit/izmir-closing_nothing"]
)
async def test_an_address_of_nothing_leads_to_the_beginning(standing: Standing, path: str) -> None:
    """No way ends at an empty screen."""
    await standing.open(path)
    await standing.sees("This page does not exist.")


async def test_invented_cities_lie_in_the_sea(standing: Standing) -> None:
    """The example says why its map has no coast near."""
    await standing.open("map", exhibition="example")
    await standing.sees("they lie in the open sea")
    standing.touch("Orsavento")
    await standing.comes_to("/exhibit/orsavento")
    await standing.sees("A library that lends chairs")
