"""What staff do with kiosks: let one in by a code, shut one out, settle what it sent; logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from kiosk.errors import Conflict, NotFound
from kiosk.messaging import gap_store, quarantine_store
from kiosk.messaging.gap_store import Gap
from kiosk.messaging.quarantine_store import SetAside
from kiosk.moderation import decision_store
from kiosk.moderation.decision_store import Judged
from kiosk.people import enrolment, enrolment_codes, kiosk_store
from kiosk.people.enrolment_codes import Made
from kiosk.people.kiosk_store import Kiosk
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor

CODE_MADE = "make-enrolment-code"
SHUT_OUT = "shut-kiosk-out"
SETTLED = "settle-message"
GAP_SEEN = "see-gap"
ACTIONS = frozenset({CODE_MADE, SHUT_OUT, SETTLED, GAP_SEEN})
"""What the log says of kiosks; what it names there is a kiosk's or a message's id."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a new kiosk will stand, and what it will show (*exhibition* empty: all)."""

    name: str
    exhibition: str
    city: str
    place: str


def make_code(connection: Connection, spot: Spot, staff: Actor, log_of: str, now: datetime) -> Made:
    """Make a code for a new kiosk; *log_of* is the exhibition whose log says so.

    Raises:
        Forbidden: she may not let kiosks in there.
        InvalidText: the name is empty.
    """
    grant = staff.require(Permission.ADMIT, log_of, spot.city)
    made = enrolment_codes.make(
        connection, staff.id, spot.name, spot.exhibition, spot.city, spot.place, now
    )
    about = Judged(f"code:{spot.name.strip()}", log_of, spot.city, spot.place)
    decision_store.append(connection, about, CODE_MADE, staff.id, grant.role, now)
    return made


def shut_out(connection: Connection, kiosk: str, staff: Actor, log_of: str, now: datetime) -> Kiosk:
    """Shut a kiosk out at once; what it sent stays. Return it as it was.

    Raises:
        NotFound: there is no such kiosk.
        Forbidden: it is none of hers.
        Conflict: it is shut out already.
    """
    found = next((k for k in kiosk_store.everyone(connection) if k.id == kiosk), None)
    if found is None:
        raise NotFound("This kiosk is not known here.", "Look at the list of kiosks again.")
    grant = staff.require(Permission.ADMIT, found.exhibition or log_of, found.city)
    if not enrolment.revoke(connection, kiosk, now):
        raise Conflict("This kiosk is shut out already.", "Nothing more is to be done.")
    about = Judged(kiosk, log_of, found.city, found.name)
    decision_store.append(connection, about, SHUT_OUT, staff.id, grant.role, now)
    return found


def settle(
    connection: Connection, aside: SetAside, staff: Actor, log_of: str, now: datetime
) -> None:
    """Note that someone has looked at a message that was set aside; the first one stands.

    Raises:
        Forbidden: she may not.
        Conflict: somebody settled it before.
    """
    city = _city_of(connection, aside.origin)
    grant = staff.require(Permission.SETTLE_MESSAGES, log_of, city)
    how = quarantine_store.KEEP_FIRST if aside.first else quarantine_store.SEEN
    if not quarantine_store.settle(connection, aside, how, staff.id, now):
        raise _settled_before()
    about = Judged(aside.id, log_of, city, aside.hash)
    decision_store.append(connection, about, SETTLED, staff.id, grant.role, now)


def see_gap(connection: Connection, gap: Gap, staff: Actor, log_of: str, now: datetime) -> None:
    """Note that someone has seen which numbers of a kiosk are lost.

    Raises:
        Forbidden: she may not.
        Conflict: somebody has seen it before.
    """
    city = _city_of(connection, gap.origin)
    grant = staff.require(Permission.SETTLE_MESSAGES, log_of, city)
    if not gap_store.settle(connection, gap, staff.id, now):
        raise _settled_before()
    about = Judged(gap.origin, log_of, city, f"{gap.first}-{gap.last}")
    decision_store.append(connection, about, GAP_SEEN, staff.id, grant.role, now)


def _city_of(connection: Connection, origin: str) -> str:
    cities = {k.id: k.city for k in kiosk_store.everyone(connection)}
    return cities.get(origin, "")


def _settled_before() -> Conflict:
    return Conflict("Somebody settled this before.", "Look at the list again.")
