"""Support on its way: counted once at the hub, told to the other screens, gone with its comment."""

from __future__ import annotations

import pytest

from kiosk.live.supports import publish_supports
from kiosk.messaging import feed_store, quarantine_store
from kiosk.moderation import erasure
from kiosk.sync import soundness_store, submit
from kiosk.voice import comment_actions, support_store
from kiosk.voice.support import Support
from tests.sync.acts import publishes, says, shown_on
from tests.sync.conftest import Hub, Screen
from tests.world import ADAS_PHONE, SUNDAY


@pytest.fixture
async def published(hub: Hub, town_hall: Screen, library: Screen) -> None:
    """Ada's comment is public on both screens."""
    await says(town_hall, "A bench for my grandmother, please.")
    await town_hall.push()
    await publishes(hub)
    for screen in (town_hall, library):
        await screen.pull()


async def agrees(screen: Screen, who: str, touch: int = 1, *, given: bool = True) -> None:
    """Somebody touches "I agree" under Ada's comment."""
    support = Support(f"{who}-{touch}", "comment-1", who, given, screen.place, SUNDAY)
    await screen.database.write(lambda c: submit.support(c, support, SUNDAY))


async def told(hub: Hub, *screens: Screen) -> None:
    """Everything is sent, published and taken."""
    for screen in screens:
        await screen.push()
    await hub.database.write(lambda c: publish_supports(c, SUNDAY))
    for screen in screens:
        await screen.pull()


async def times(screen: Screen) -> int:
    """How often Ada's comment was supported, as a screen says."""
    (comment,) = await screen.database.read(
        lambda c: comment_actions.published_comments(c, "harbour", "benches")
    )
    return comment.supported


@pytest.mark.usefixtures("published")
async def test_each_screen_adds_its_own_touches_to_the_others_once(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """Ben in the town hall, Cem and Dana in the library, Eva by phone: everywhere four."""
    await agrees(town_hall, "ben")
    assert await times(town_hall) == 1
    await agrees(library, "cem")
    await agrees(library, "dana")
    phone = Support("eva-1", "comment-1", "eva", True, ADAS_PHONE, SUNDAY)
    await hub.database.write(lambda c: support_store.count(c, phone, "2026", example=False))
    await told(hub, town_hall, library)
    await told(hub, town_hall, library)
    assert [await times(town_hall), await times(library)] == [4, 4]
    assert await hub.database.read(support_store.differences) == []


@pytest.mark.usefixtures("published")
async def test_a_touch_taken_back_is_taken_back_everywhere(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """Ben touches twice before the line is back: nothing stands, on no screen."""
    await agrees(town_hall, "ben", 1)
    await agrees(town_hall, "ben", 1)
    await agrees(town_hall, "ben", 2, given=False)
    await agrees(library, "cem")
    await told(hub, town_hall, library)
    assert [await times(town_hall), await times(library)] == [1, 1]


@pytest.mark.usefixtures("published")
async def test_support_goes_with_an_erased_comment_and_does_not_come_back(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """Ada erases her comment; Cem's agreement, still on its way, is counted nowhere."""
    await agrees(town_hall, "ben")
    await told(hub, town_hall, library)
    await agrees(library, "cem")
    await hub.database.write(lambda c: erasure.erase(c, "comment-1", SUNDAY))
    await told(hub, town_hall, library)
    assert [await shown_on(town_hall), await shown_on(library)] == [[], []]
    for database in (hub.database, town_hall.database, library.database):
        assert not await database.read(lambda c: support_store.times(c, ["comment-1"]))
        assert not await database.read(lambda c: support_store.given_by(c, "harbour", "ben"))
        assert not await database.read(lambda c: support_store.given_by(c, "harbour", "cem"))
    entries = await hub.database.read(lambda c: feed_store.after(c, 0, 50))
    assert [e.body["rows"] for e in entries if e.kind == "support"] == [[]]


@pytest.mark.usefixtures("published")
async def test_whoever_erases_a_comment_takes_back_what_she_agreed_with(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """Ada, who erases her own words at the screen, had agreed with Ben's."""
    await says(library, "And shade.", "comment-2")
    await library.push()
    await publishes(hub, "comment-2")
    await town_hall.pull()
    for_ben = Support("ada-1", "comment-2", "ada", True, town_hall.place, SUNDAY)
    await town_hall.database.write(lambda c: submit.support(c, for_ben, SUNDAY))
    await told(hub, town_hall, library)
    await town_hall.database.write(
        lambda c: submit.take_back(c, "receipt-of-comment-1", SUNDAY, erase=True)
    )
    await told(hub, town_hall, library)
    assert await library.database.read(lambda c: support_store.times(c, ["comment-2"])) == {}


@pytest.mark.usefixtures("published")
async def test_a_screen_that_takes_the_feed_afresh_counts_the_same(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """The library's copy of the feed goes; what it counted itself stays, the others come anew."""
    await agrees(town_hall, "ben")
    await agrees(library, "cem")
    await told(hub, town_hall, library)
    await library.database.write(lambda c: feed_store.replace_all(c, [], 0, SUNDAY))
    await library.pull()
    assert await times(library) == 2


@pytest.mark.usefixtures("published")
async def test_what_names_nothing_is_set_aside(hub: Hub, town_hall: Screen) -> None:
    """A message without a participant stops nobody behind it."""
    await agrees(town_hall, "ben")
    nobody = Support("nobody", "comment-1", "", True, town_hall.place, SUNDAY)
    await town_hall.database.write(lambda c: submit.support(c, nobody, SUNDAY))
    await agrees(town_hall, "cem")
    await town_hall.push()
    aside = await hub.database.read(
        lambda c: quarantine_store.between(c, town_hall.identity.id, 1, 99)
    )
    assert [each.id for each in aside] == ["nobody"]
    assert await hub.database.read(lambda c: support_store.times(c, ["comment-1"])) == {
        "comment-1": 2
    }


@pytest.mark.usefixtures("published")
async def test_a_screen_that_looks_itself_over_brings_no_erased_support_back(
    hub: Hub, town_hall: Screen, library: Screen
) -> None:
    """Cem agreed with what Ada erased later; his message lies in the outbox for 35 days."""
    await agrees(library, "cem")
    await told(hub, town_hall, library)

    def looked_over(screen: Screen) -> list[str]:
        origin = screen.identity.id
        return screen.database.read_now(lambda c: soundness_store.faults(c, origin))

    assert looked_over(town_hall) == []
    assert looked_over(library) == []
    await hub.database.write(lambda c: erasure.erase(c, "comment-1", SUNDAY))
    await told(hub, town_hall, library)
    assert looked_over(library) == []
    own = library.identity.id
    library.database.write_now(lambda c: soundness_store.mend(c, own, SUNDAY))
    left = library.database.read_now(lambda c: support_store.times(c, ["comment-1"]))
    assert left == {}
    assert not library.database.read_now(lambda c: support_store.given_by(c, "harbour", "cem"))
