"""Who stands behind the exhibition is said at home; a list of nothing leads on."""

from __future__ import annotations

from tests.screens.touch.standing import Standing


async def test_home_says_who_signed_where_and_when(standing: Standing) -> None:
    """Ada reads above the motto whose conclusions these are, before she touches anything."""
    await standing.open("")
    (line,) = standing.find("behind")
    said = standing.words_of(line).replace("Dusseldorf", "Düsseldorf")
    assert "35 cities signed the declaration" in said
    assert "Summit: Düsseldorf 30 August to 1 September 2019" in said.replace(
        "Dusseldorf", "Düsseldorf"
    )


async def test_a_card_says_who_says_what_stands_on_it(standing: Standing) -> None:
    """A question is put by the exhibition; a conclusion's card carries what the workshop said."""
    await standing.open("topic/communicative")
    (asked, *_) = [card for card in standing.find("card") if "kind-statement" in card.classes]
    assert standing.words_of(asked).startswith("Put to you by this exhibition")
    await standing.open("topic/communicative", exhibition="example")
    (concluded,) = [card for card in standing.find("card") if "kind-conclusion" in card.classes]
    words = standing.words_of(concluded)
    assert words.startswith("Conclusion")
    assert "A bench where nobody has to buy" in words
    assert "Every busy street should" not in words


async def test_a_list_of_nothing_is_said_kindly_and_leads_on(standing: Standing) -> None:
    """No good practice is known here: Ben is told so and finds his way to the cities."""
    await standing.open("list/practice")
    await standing.sees("No city shows a good practice here yet.")
    standing.touch("Map of the cities")
    await standing.comes_to("/map")
