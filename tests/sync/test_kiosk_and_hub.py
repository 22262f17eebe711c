"""What visitors do at a screen arrives at the hub once, and what the hub decides comes back."""

from __future__ import annotations

import pytest

from kiosk.errors import Unavailable
from kiosk.live.tallies import publish_tallies
from kiosk.messaging import heads, inbox_store, outbox_store, quarantine_store
from kiosk.moderation import actions as moderation
from kiosk.moderation.housekeeping import keep_the_promised_dates
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.sync import submit
from kiosk.sync.retention import forget_what_is_over
from kiosk.voice import actions, comment_actions, comment_store
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment, Status
from tests.sync.conftest import Hub, Screen
from tests.world import ADAS_PHONE, BENCHES, NIGHT_BUS, SUNDAY

CLARA = Actor("clara", "clara", "Clara", (Grant(Role.MODERATOR),))
"""A moderator."""


async def votes(screen: Screen, who: str, choice: str, ballot: str = "") -> None:
    """Somebody votes on benches at a screen."""
    cast = Cast(ballot or f"{who}-{choice}", BENCHES, who, (choice,), screen.place, SUNDAY)
    await screen.database.write(lambda c: submit.cast_ballot(c, cast, SUNDAY))


async def says(screen: Screen, text: str, name: str = "comment-1") -> None:
    """Somebody comments on benches at a screen."""
    new = NewComment(
        name, "benches", text, "en", "ada", f"receipt-of-{name}", "", screen.place, SUNDAY
    )
    number = screen.identity.number
    await screen.database.write(lambda c: submit.submit_comment(c, new, number, SUNDAY))


async def everything_waiting_or_sent(screen: Screen) -> bytes:
    """All bodies of a screen's outbox."""
    messages = await screen.database.read(lambda c: outbox_store.after(c, 0, 1000))
    return b"".join(bytes(message.body) for message in messages)


async def test_a_comment_typed_while_the_hub_is_away_arrives_once(
    hub: Hub, town_hall: Screen
) -> None:
    """The line is cut, then back, the first reply is lost: the comment waits in the queue once."""
    town_hall.line.cut = True
    await says(town_hall, "A bench for my grandmother, please.")
    with pytest.raises(Unavailable):
        await town_hall.push()
    town_hall.line.cut = False
    town_hall.line.replies_to_lose = 1
    with pytest.raises(Unavailable):
        await town_hall.push()
    await town_hall.push()
    arrived = await hub.database.read(lambda c: comment_store.get(c, "comment-1"))
    assert arrived is not None
    assert arrived.status is Status.WAITING
    assert arrived.place.origin == town_hall.identity.id
    assert await hub.database.read(lambda c: inbox_store.state(c, town_hall.identity.id)) == (1, 1)
    assert (await town_hall.database.read(outbox_store.waiting))[0] == 0


async def test_a_published_comment_shows_on_another_screen_and_a_taken_down_one_goes(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """Clara approves Ada's comment, the library shows it; she takes it down, and it goes."""
    await says(town_hall, "A bench for my grandmother, please.")
    await town_hall.push()
    await hub.database.write(
        lambda c: moderation.approve(c, "comment-1", 1, CLARA, SUNDAY, at_once=True)
    )
    await library.pull()
    shown = await library.database.read(
        lambda c: comment_actions.published_comments(c, "harbour", "benches")
    )
    assert [c.text for c in shown] == ["A bench for my grandmother, please."]
    await hub.database.write(
        lambda c: moderation.unpublish(c, "comment-1", 2, CLARA, SUNDAY, ground="private-data")
    )
    await library.pull()
    assert not await library.database.read(
        lambda c: comment_actions.published_comments(c, "harbour", "benches")
    )
    kept = await library.database.read(lambda c: comment_store.get(c, "comment-1"))
    assert kept is not None
    assert kept.text == ""


async def test_what_ada_withdrew_is_not_shown_again_by_a_hub_that_has_yet_to_hear_of_it(
    hub: Hub, town_hall: Screen
) -> None:
    """The approval was on its way while she took her words back at the screen."""
    await says(town_hall, "A bench for my grandmother, please.")
    await town_hall.push()
    await hub.database.write(
        lambda c: moderation.approve(c, "comment-1", 1, CLARA, SUNDAY, at_once=True)
    )
    await town_hall.database.write(
        lambda c: submit.take_back(c, "receipt-of-comment-1", SUNDAY, erase=False)
    )
    await town_hall.pull()
    kept = await town_hall.database.read(lambda c: comment_store.get(c, "comment-1"))
    assert kept is not None
    assert (kept.text, kept.status) == ("", Status.WITHDRAWN)
    await town_hall.push()
    await town_hall.pull()
    at_the_hub = await hub.database.read(lambda c: comment_store.get(c, "comment-1"))
    assert at_the_hub is not None
    assert at_the_hub.status is Status.WITHDRAWN


async def test_each_screen_adds_its_own_votes_to_the_others_once(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """One vote in the town hall, two in the library: everywhere three."""
    await votes(town_hall, "ada", "agree")
    await votes(library, "ben", "disagree")
    await votes(library, "lea", "agree")
    for screen in (town_hall, library):
        await screen.push()
    await hub.database.write(lambda c: publish_tallies(c, SUNDAY))
    for screen in (town_hall, library):
        await screen.pull()
        tally = await screen.database.read(lambda c: actions.tally_of(c, BENCHES))
        assert (tally.ballots, tally.of("agree")) == (3, 2)
    assert (await hub.database.read(lambda c: actions.tally_of(c, BENCHES))).ballots == 3


async def test_a_changed_vote_stays_one_vote_on_its_way(hub: Hub, town_hall: Screen) -> None:
    """Ada votes, is sent, changes her mind, is sent again: one vote for her last answer."""
    await votes(town_hall, "ada", "agree")
    await town_hall.push()
    await votes(town_hall, "ada", "pass")
    await town_hall.push()
    tally = await hub.database.read(lambda c: actions.tally_of(c, BENCHES))
    assert dict(tally.by_choice) == {"pass": 1, "*": 1}


async def test_the_same_id_with_another_body_is_kept_aside_and_stops_nobody(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """Two screens use one id for two ballots: the second is kept for a person, the next goes on."""
    await votes(town_hall, "ada", "agree", "same-id")
    await town_hall.push()
    await votes(library, "ben", "disagree", "same-id")
    await votes(library, "lea", "agree")
    await library.push()
    tally = await hub.database.read(lambda c: actions.tally_of(c, BENCHES))
    assert dict(tally.by_choice) == {"agree": 2, "*": 2}
    assert await hub.database.read(quarantine_store.count) == 1
    assert await library.push() == 0


async def test_a_screen_without_a_credential_is_turned_away(hub: Hub, town_hall: Screen) -> None:
    """A stranger's push is refused and leaves nothing behind."""
    town_hall.client._http.headers["Authorization"] = "Bearer guessed"
    await votes(town_hall, "eve", "agree")
    with pytest.raises(Unavailable):
        await town_hall.push()
    assert (await hub.database.read(lambda c: actions.tally_of(c, BENCHES))).ballots == 0


async def test_a_comment_erased_at_the_screen_is_erased_at_the_hub(
    hub: Hub, town_hall: Screen
) -> None:
    """Ada thinks better of it before she leaves: nothing of her words or her vote stays."""
    await votes(town_hall, "ada", "agree")
    await says(town_hall, "My neighbour at number 4 is noisy.")
    await town_hall.push()
    await town_hall.database.write(
        lambda c: submit.take_back(c, "receipt-of-comment-1", SUNDAY, erase=True)
    )
    await town_hall.push()
    assert (await hub.database.read(lambda c: actions.tally_of(c, BENCHES))).ballots == 0
    assert b"noisy" not in await everything_waiting_or_sent(town_hall)
    for database in (hub.database, town_hall.database):
        kept = await database.read(lambda c: comment_store.get(c, "comment-1"))
        assert kept is not None
        assert (kept.text, kept.status) == ("", Status.ERASED)


async def test_a_comment_erased_before_it_was_sent_never_reaches_the_hub(
    hub: Hub, town_hall: Screen
) -> None:
    """Ada erases while the line is cut: the hub only learns that there is nothing to take in."""
    await says(town_hall, "My neighbour at number 4 is noisy.")
    await town_hall.database.write(
        lambda c: submit.take_back(c, "receipt-of-comment-1", SUNDAY, erase=True)
    )
    await town_hall.push()
    assert await hub.database.read(lambda c: comment_store.get(c, "comment-1")) is None
    assert await hub.database.read(quarantine_store.count) == 0


async def test_a_hub_that_was_restored_gets_everything_again_and_takes_each_once(
    hub: Hub, town_hall: Screen
) -> None:
    """The hub begins a new life: the screen sends all it keeps, an erased comment's too."""
    await votes(town_hall, "ben", "agree")
    await says(town_hall, "My neighbour at number 4 is noisy.")
    await town_hall.push()
    await town_hall.database.write(
        lambda c: submit.take_back(c, "receipt-of-comment-1", SUNDAY, erase=True)
    )
    await hub.database.write(lambda c: heads.write(c, "epoch", "another life"))
    await town_hall.push()
    await town_hall.push()
    assert (await hub.database.read(lambda c: actions.tally_of(c, BENCHES))).ballots == 1
    assert await hub.database.read(quarantine_store.count) == 0
    assert (await town_hall.database.read(outbox_store.waiting))[0] == 0


async def test_one_screen_cannot_take_back_what_another_took_in(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """A stolen credential of the library does not reach the town hall's comments."""
    await says(town_hall, "A bench for my grandmother, please.")
    await town_hall.push()
    theft = {"comment": "comment-1"}
    await library.database.write(
        lambda c: outbox_store.add(
            c, outbox_store.next_seq(c), "theft", "comment.erased", theft, SUNDAY
        )
    )
    await library.push()
    kept = await hub.database.read(lambda c: comment_store.get(c, "comment-1"))
    assert kept is not None
    assert kept.status is Status.WAITING
    assert await hub.database.read(quarantine_store.count) == 1


async def test_what_was_sent_long_ago_is_forgotten_and_what_waits_is_not(
    town_hall: Screen,
) -> None:
    """After 35 days a sent message goes; one that the hub never confirmed stays for ever."""
    await votes(town_hall, "ada", "agree")
    await town_hall.push()
    await votes(town_hall, "ben", "pass")
    later = town_hall.clock.passes(days=36)
    assert await town_hall.database.write(lambda c: forget_what_is_over(c, later)) == 0
    await town_hall.pull()  # only the hub's own clock tells that so much time is over
    assert await town_hall.database.write(lambda c: forget_what_is_over(c, later)) == 1
    assert (await town_hall.database.read(outbox_store.waiting))[0] == 1
    await town_hall.push()
    assert (await town_hall.database.read(outbox_store.waiting))[0] == 0


def test_the_hub_keeps_the_promised_dates(hub: Hub) -> None:
    """After two years a comment's text is gone, and a vote that is over names no phone."""
    new = NewComment("old", "benches", "Long ago", "en", "ada", "r", "0-1", ADAS_PHONE, SUNDAY)
    hub.database.write_now(lambda c: moderation.receive(c, new, SUNDAY))
    vote = Cast("b", NIGHT_BUS, "ada", ("agree",), ADAS_PHONE, SUNDAY)
    hub.database.write_now(lambda c: actions.count_received(c, vote, SUNDAY))
    later = hub.clock.passes(days=731)
    assert hub.database.write_now(lambda c: keep_the_promised_dates(c, later)) == 2
    kept = hub.database.read_now(lambda c: comment_store.get(c, "old"))
    assert kept is not None
    assert kept.text == ""
    assert hub.database.write_now(lambda c: keep_the_promised_dates(c, later)) == 0
