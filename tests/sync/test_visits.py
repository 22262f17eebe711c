"""How far visits get travels as counters, once a day, and points at nobody."""

from __future__ import annotations

from functools import partial

import msgspec
import pytest

from kiosk.messaging import outbox_store, quarantine_store
from kiosk.screens.touch.funnel import Funnel
from kiosk.screens.touch.session import Receipt, Session, Sessions
from kiosk.screens.touch.step import EXHIBIT, Step
from kiosk.sync import take, visits
from kiosk.voice import funnel_store
from kiosk.voice.funnel import Count, Day, Stage, rounded
from tests.sync.acts import counted, votes
from tests.sync.conftest import Hub, Screen
from tests.world import SUNDAY

YESTERDAY, TODAY = "2026-09-05", "2026-09-06"


def _visit(*, voted: bool, wrote: bool) -> Session:
    session = Session()
    home = Step("fr", "harbour")
    for step in (home, home.to(EXHIBIT, "benches"), home.to(EXHIBIT, "trees"), home):
        session.arrive(step)
    if voted:
        session.ballots["harbour/core/benches"] = ("agree",)
    if wrote:
        session.receipt = Receipt("secret-code", "12-1", "benches", 0.0)
    return session


def _counts(funnel: Funnel) -> dict[tuple[str, str], int]:
    return {(c.stage, c.subject): c.number for c in funnel.take().get("harbour", ())}


def test_a_visit_that_ends_leaves_numbers_and_nothing_else() -> None:
    """Three come, two vote, one writes; one only passed by."""
    funnel, sessions = Funnel(), Sessions()
    sessions.told = funnel.ended
    for voted, wrote in ((True, True), (True, False), (False, False)):
        session = sessions.of("screen")
        made = _visit(voted=voted, wrote=wrote)
        session.trail, session.looked_at = made.trail, made.looked_at
        session.ballots, session.receipt = made.ballots, made.receipt
        sessions.end("screen")
    sessions.of("screen").arrive(Step("fr", "harbour", "attract"))
    sessions.end("screen")
    assert "secret" not in str(vars(funnel))
    assert _counts(funnel) == {
        (Stage.VISIT, ""): 3,
        (Stage.EXHIBIT, ""): 3,
        (Stage.VOTE, ""): 2,
        (Stage.COMMENT, ""): 1,
        (Stage.OPENED, "benches"): 3,
        (Stage.OPENED, "trees"): 3,
    }
    assert funnel.take() == {}


def test_what_could_not_be_written_is_counted_still() -> None:
    """The disk is full for a minute: the visits of it are written with the next minute's."""
    funnel = Funnel()
    funnel.ended(_visit(voted=True, wrote=False))
    before = funnel.take()
    funnel.give_back(before)
    funnel.ended(_visit(voted=False, wrote=False))
    assert before["harbour"]
    assert _counts(funnel)[Stage.VISIT, ""] == 2


@pytest.mark.parametrize(("n", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10)])
def test_small_figures_are_not_shown_and_others_rounded(n: int, shown: int | None) -> None:
    assert rounded(n) == shown


async def test_a_day_is_sent_once_it_is_over_and_added_up(hub: Hub, town_hall: Screen) -> None:
    """Nothing of today leaves the screen; a lost reply counts nothing twice."""
    origin = town_hall.identity.id
    counts = (Count(Stage.VISIT, "", 7), Count(Stage.OPENED, "benches", 9, 300))
    for day in (YESTERDAY, TODAY):
        await town_hall.database.write(
            partial(funnel_store.add, day=Day(day, origin, "harbour", counts))
        )
    sends = partial(visits.send_before, day=TODAY, now=SUNDAY)
    assert await town_hall.database.write(sends) == 1
    assert await town_hall.database.write(sends) == 0
    town_hall.line.replies_to_lose = 1
    with pytest.raises(Exception, match="hub"):
        await town_hall.push()
    await town_hall.push()
    since = partial(funnel_store.since, exhibition="harbour", day="2026-01-01")
    (there,) = await hub.database.read(since)
    assert (there.of(Stage.VISIT), there.of(Stage.OPENED)) == (7, 9)


async def test_a_hub_that_does_not_know_the_kind_goes_on(
    hub: Hub, town_hall: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is one version behind: the counts are set aside, the vote behind them is counted."""
    monkeypatch.delitem(take._APPLY, visits.KIND)
    day = Day(YESTERDAY, town_hall.identity.id, "harbour", (Count(Stage.VISIT, "", 7),))
    await town_hall.database.write(partial(funnel_store.add, day=day))
    await town_hall.database.write(partial(visits.send_before, day=TODAY, now=SUNDAY))
    await votes(town_hall, "ada", "agree")
    await town_hall.push()
    assert (await counted(hub))["agree"] == 1
    assert (await town_hall.database.read(outbox_store.waiting))[0] == 0
    aside = await hub.database.read(
        partial(quarantine_store.between, origin=town_hall.identity.id, first=0, last=99)
    )
    assert [each.reason for each in aside] == ["unknown kind"]


@pytest.mark.parametrize(
    "counts", [[["visit", "", -1, 0]], [["named", "", 1, 0]], [["opened", "../x", 1, 0]]]
)
async def test_what_is_no_count_is_set_aside(
    hub: Hub, town_hall: Screen, counts: list[list[object]]
) -> None:
    """Another client's mistake adds nothing."""
    body = msgspec.json.encode({"exhibition": "harbour", "day": YESTERDAY, "counts": counts})
    with pytest.raises(Exception, match="no counts"):
        await hub.database.write(partial(visits.take, origin=town_hall.identity.id, body=body))
