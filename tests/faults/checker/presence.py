"""Every id shown as saved is in exactly one of outbox, hub, quarantine and erased list."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from tests.faults.checker.evidence import Evidence, ids, rows, some

_OTHER_BODY = (
    "SELECT quarantine.id FROM quarantine JOIN inbox ON inbox.id = quarantine.id"
    " AND inbox.origin = quarantine.origin AND inbox.body_hash = quarantine.body_hash"
    " WHERE quarantine.reason = 'same id, other body'"
)
_ASIDE_WITHOUT_MESSAGE = (
    "SELECT inbox.id FROM inbox WHERE inbox.id LIKE 'aside:%' AND NOT EXISTS"
    " (SELECT 1 FROM quarantine WHERE quarantine.origin = inbox.origin"
    " AND quarantine.seq = inbox.seq)"
)
_SAID_AND_ERASED = (
    "SELECT comment.id FROM comment JOIN erased ON erased.id = comment.id WHERE comment.text <> ''"
)


def told_and_kept(world: Evidence) -> Iterator[str]:
    """Nothing unsaved said thank you: what was called saved is somewhere."""
    somewhere = set().union(*(_outbox(c) for c in world.kiosks.values()), _at_hub(world.hub))
    nowhere = set(world.told.saved) - somewhere - world.told.erased
    if nowhere:
        yield f"called saved and nowhere: {some(nowhere)}"


def in_one_place(world: Evidence) -> Iterator[str]:
    """No message is both applied and set aside, no comment both erased and legible."""
    if world.hub is None:
        return
    for what, statement in (
        ("in the hub and in quarantine", _OTHER_BODY),
        ("set aside, but not in quarantine", _ASIDE_WITHOUT_MESSAGE),
        ("erased and legible", _SAID_AND_ERASED),
    ):
        found = ids(world.hub, statement)
        if found:
            yield f"{what}: {some(found)}"


def arrived(world: Evidence) -> Iterator[str]:
    """After healing the hub has each once, and no kiosk waits."""
    if not world.healed or world.hub is None:
        return
    held = {(r.id, r.origin) for r in rows(world.hub, "SELECT id, origin FROM inbox")}
    held |= {(r.id, r.origin) for r in rows(world.hub, "SELECT id, origin FROM quarantine")}
    for origin, kiosk in world.kiosks.items():
        missing = {id for id in _outbox(kiosk) if (id, origin) not in held}
        if missing:
            yield f"kiosk {origin[-6:]}: not at the hub after healing: {some(missing)}"
        waiting = ids(kiosk, "SELECT id FROM outbox WHERE sent_at IS NULL")
        if waiting:
            yield f"kiosk {origin[-6:]}: still waits after healing: {some(waiting)}"
    nowhere = set(world.told.saved) - _at_hub(world.hub) - world.told.erased
    if nowhere:
        yield f"called saved and not at the hub after healing: {some(nowhere)}"


def applied(world: Evidence) -> Iterator[str]:
    """After healing every message has had its effect: comments are there, the latest vote counts.

    The latest is the one with the kiosk's highest sequence number, whatever a clock said.
    """
    if not world.healed or world.hub is None:
        return
    aside = ids(world.hub, "SELECT id FROM quarantine")
    known = ids(world.hub, "SELECT id FROM comment") | ids(world.hub, "SELECT id FROM erased")
    for origin, kiosk in world.kiosks.items():
        comments = ids(kiosk, "SELECT id FROM outbox WHERE kind = 'comment'")
        if missing := comments - known - aside:
            yield f"kiosk {origin[-6:]}: comments without effect: {some(missing)}"
        latest = ids(kiosk, "SELECT id FROM ballot WHERE origin = :origin", origin=origin)
        sent = ids(kiosk, "SELECT id FROM outbox WHERE kind = 'ballot'")
        counted = ids(world.hub, "SELECT id FROM ballot WHERE origin = :origin", origin=origin)
        if missing := (latest & sent) - counted - aside:
            yield f"kiosk {origin[-6:]}: votes that do not count at the hub: {some(missing)}"


def _outbox(kiosk: Connection) -> set[str]:
    return ids(kiosk, "SELECT id FROM outbox")


def _at_hub(hub: Connection | None) -> set[str]:
    if hub is None:
        return set()
    return set().union(
        ids(hub, "SELECT id FROM inbox"),
        ids(hub, "SELECT id FROM quarantine"),
        ids(hub, "SELECT id FROM erased"),
        ids(hub, "SELECT id FROM comment"),
        ids(hub, "SELECT id FROM ballot"),
        ids(hub, "SELECT id FROM report"),
    )
