"""Who stands behind the exhibition is said at home; a list of nothing leads on."""

from __future__ import annotations

from tests.screens.touch.standing import Standing


async def test_home_says_who_signed_where_and_when(standing: Standing) -> None:
    """Ada reads above the motto whose conclusions these are, before she touches anything."""
    await standing.open("")
    (line,) = standing.find("behind")
    said = standing.words_of(line)
    assert "35 cities signed" in said
    assert "Düsseldorf 30 August to 1 September 2019" in said.replace("Dusseldorf", "Düsseldorf")


async def test_a_list_of_nothing_is_said_kindly_and_leads_on(standing: Standing) -> None:
    """No good practice is known here: Ben is told so and finds his way to the cities."""
    await standing.open("list/practice")
    await standing.sees("No city shows a good practice here yet.")
    standing.touch("Map of the cities")
    await standing.comes_to("/map")
