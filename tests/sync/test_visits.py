"""How far visits get travels as counters, once a day, and points at nobody."""

from __future__ import annotations

from functools import partial

import msgspec
import pytest

from kiosk import clock
from kiosk.messaging import outbox_store, quarantine_store
from kiosk.screens.touch.funnel import Funnel
from kiosk.screens.touch.session import Receipt, Session, Sessions
from kiosk.screens.touch.step import COMMENT, EXHIBIT, Step
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


def test_the_seconds_at_an_exhibit_are_those_of_somebody_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ada reads, writes and comes back; then she looks at the trees, and leaves without a word.

    What she wrote was about the benches; nobody looked at the trees after her last touch.
    """
    session, home = Session(), Step("fr", "harbour")
    benches, trees = home.to(EXHIBIT, "benches"), home.to(EXHIBIT, "trees")
    writes = home.to(COMMENT, "benches")
    for second, step in ((0, home), (20, benches), (50, writes), (90, home), (100, benches)):
        monkeypatch.setattr(clock, "since_boot", lambda now=second: float(now))
        session.arrive(step)
    monkeypatch.setattr(clock, "since_boot", lambda: 105.0)
    session.arrive(trees)
    session.touched = 135.0
    funnel = Funnel()
    funnel.ended(session)
    opened = [c for c in funnel.take()["harbour"] if c.stage == Stage.OPENED]
    assert {c.subject: (c.number, c.seconds) for c in opened} == {
        "benches": (2, 30 + 40 + 5),
        "trees": (1, 30),
    }


def test_who_was_called_away_looked_for_ten_minutes_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A film runs on before an empty chair: one visit must not outweigh a hundred others."""
    session, home = Session(), Step("fr", "harbour")
    for second, step in ((0, home.to(EXHIBIT, "benches")), (5_000, home)):
        monkeypatch.setattr(clock, "since_boot", lambda now=second: float(now))
        session.arrive(step)
    funnel = Funnel()
    funnel.ended(session)
    assert Count(Stage.OPENED, "benches", 1, 600) in funnel.take()["harbour"]


def test_what_could_not_be_written_is_counted_still() -> None:
    """The disk is full for a minute: the visits of it are written with the next minute's."""
    funnel = Funnel()
    funnel.ended(_visit(voted=True, wrote=False))
    funnel.seconds["harbour", Stage.OPENED, "benches"] = 30
    before = funnel.take()
    funnel.give_back(before)
    funnel.ended(_visit(voted=False, wrote=False))
    counts = {(c.stage, c.subject): (c.number, c.seconds) for c in funnel.take()["harbour"]}
    assert counts[Stage.VISIT, ""] == (2, 0)
    assert counts[Stage.OPENED, "benches"] == (2, 30)


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
    assert set(there.counts) == set(counts)


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
