"""What is amiss with backups and kiosks: warnings above the list, each with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk import clock
from kiosk.locale.translator import Translator
from kiosk.messaging import gap_store, heads, quarantine_store
from kiosk.people.kiosk_store import Kiosk
from kiosk.screens.desk.buttons import link
from kiosk.screens.desk.kiosk_row import CLOCK_OFF_MS
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets.markup import Tag

BACKUP_AFTER = timedelta(days=20)
"""The last verified backup should be younger: kiosks keep for 35 days what it lacks (rule 7)."""

SILENT_AFTER = timedelta(days=1)

TAKEN_AT = "backup-taken-at"
"""Where the hub notes when its newest verified backup was taken (kiosk.apps.backup)."""


@dataclass(frozen=True, slots=True)
class Amiss:
    """One thing: its *kind*, how many or how many days (*n*), and the names of kiosks."""

    kind: str
    n: int = 0
    names: tuple[str, ...] = ()


def find(connection: Connection, kiosks: Sequence[Kiosk], now: datetime) -> list[Amiss]:
    """Return what is amiss with the hub's backups and these kiosks."""
    found = _backup(connection, now)
    mine = [k for k in kiosks if k.revoked_at is None]
    silent = [k.name for k in mine if now - (k.last_seen_at or k.enrolled_at) > SILENT_AFTER]
    off = [k.name for k in mine if abs(k.clock_offset_ms) >= CLOCK_OFF_MS]
    damaged = [k for k in mine if k.damaged]
    ids = {k.id for k in kiosks}
    aside = sum(a.origin in ids for a in quarantine_store.waiting(connection))
    gaps = sum(g.last - g.first + 1 for g in gap_store.waiting(connection) if g.origin in ids)
    if silent:
        found.append(Amiss("silent", len(silent), tuple(silent)))
    if off:
        found.append(Amiss("clock", len(off), tuple(off)))
    if damaged:
        rows = sum(k.damaged for k in damaged)
        found.append(Amiss("damaged", rows, tuple(k.name for k in damaged)))
    if gaps:
        found.append(Amiss("gaps", gaps))
    if aside:
        found.append(Amiss("aside", aside))
    return found


def draw(seat: Seat, found: Sequence[Amiss]) -> None:
    """Draw the warnings; nothing where nothing is amiss."""
    if not found:
        return
    with Tag("ul", None, "warnings", aria_label=seat.t("What is amiss")):
        for each in found:
            with Tag("li"):
                _draw(seat, each)


def _backup(connection: Connection, now: datetime) -> list[Amiss]:
    taken = heads.read(connection, TAKEN_AT)
    if not taken:
        return [Amiss("no-backup")]
    age = now - clock.from_text(taken)
    return [Amiss("old-backup", age.days)] if age > BACKUP_AFTER else []


def _draw(seat: Seat, each: Amiss) -> None:
    Tag("strong", _said(seat.t, each))
    cure = _cure(seat.t, each.kind)
    if cure:
        Tag("span", cure)
    else:
        link(seat.t("Look at it"), seat.path("set-aside"))


def _said(t: Translator, each: Amiss) -> str:
    n, names = each.n, t.list(each.names)
    match each.kind:
        case "no-backup":
            return t("No backup of this hub was ever verified.")
        case "old-backup":
            return t.plural(
                "The last verified backup is {n} day old.",
                "The last verified backup is {n} days old.",
                n,
            )
        case "silent":
            return t.plural(
                "{n} kiosk was not heard for a day: {names}.",
                "{n} kiosks were not heard for a day: {names}.",
                n,
                names=names,
            )
        case "clock":
            return t.plural(
                "The clock of {n} kiosk is wrong: {names}.",
                "The clocks of {n} kiosks are wrong: {names}.",
                n,
                names=names,
            )
        case "damaged":
            return t.plural(
                "{n} message was damaged on a kiosk’s disk: {names}.",
                "{n} messages were damaged on kiosks’ disks: {names}.",
                n,
                names=names,
            )
        case "gaps":
            return t.plural(
                "{n} message of a kiosk will never come.",
                "{n} messages of kiosks will never come.",
                n,
            )
    return t.plural("{n} message was set aside.", "{n} messages were set aside.", n)


def _cure(t: Translator, kind: str) -> str:
    """Return what to do; empty where it is to be looked at on a page of its own."""
    return {
        "no-backup": t("Run “kiosk backup --into FOLDER” at the hub, each night by its timer."),
        "old-backup": t("Kiosks can give back 35 days. Run “kiosk backup --into FOLDER”."),
        "silent": t("Look at its power and its network. It goes on, and sends everything later."),
        "clock": t("Set it. Votes count all the same, but codes for phones may not open."),
        "damaged": t("They are kept there as they are. Exchange the disk; enrol the kiosk anew."),
    }.get(kind, "")
