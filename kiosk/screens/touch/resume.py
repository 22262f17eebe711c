"""The thread of a visit: signed, kept in the page's memory alone, it leads on after a restart."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from kiosk.screens.touch.group_party import Party
from kiosk.screens.touch.modes import LOUDEST, USUAL_RATE
from kiosk.screens.touch.session import GRACE_S, Receipt, Session
from kiosk.screens.touch.step import ATTRACT, Step
from kiosk.voice import actions, support_actions
from kiosk.voice.comment import LONGEST

if TYPE_CHECKING:
    from kiosk.screens.touch.context import TouchContext

PATH = "/resume"

LONGEST_S = 4 * 3600.0
"""Seconds after which a thread is worth nothing; a page signs a new one with each step."""

LONGEST_DRAFT = 3 * LONGEST
"""Characters of a draft that go on: as many as fit in a phone's code at most."""

STEPS_BACK = 8
"""Steps of the way that a thread remembers."""

EDITION_WITHIN_S = 10.0
"""Seconds within which a screen that starts again has hung its edition."""

Known = Callable[["TouchContext", Step], bool]

_PURPOSE = b"kiosk: thread of a visit"


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """What a page holds for its server: who visits, and what the page alone could not tell."""

    id: str
    signed: float
    trail: list[Step]
    drafts: dict[str, str]
    looks_for: dict[str, str]
    privacy_read: bool
    receipt: Receipt | None
    party: Party | None = None
    tour_begun: float | None = None


class Told(msgspec.Struct, frozen=True):
    """What the page adds when its server comes back: how it looks, and what was not heard."""

    thread: str
    modes: list[str] = []
    rate: int = USUAL_RATE
    loudness: int = LOUDEST
    idle: float = 0.0
    subject: str = ""
    draft: str | None = None


def thread(context: TouchContext, browser: str, session: Session) -> str:
    """Return the signed thread of a visit; worth something to this screen and browser only.

    What it holds of the visit stands in the page already or did so a moment ago. The receipt's
    code leaves it together with the screen.
    """
    kept = session.receipt
    if kept is not None and context.sessions.since_boot() >= kept.hidden_at:
        kept = replace(kept, code="")
    made = Thread(
        id=session.id,
        signed=context.sessions.since_boot(),
        trail=session.trail[-STEPS_BACK:],
        drafts=session.drafts,
        looks_for=session.looks_for,
        privacy_read=session.privacy_read,
        receipt=kept,
        party=session.party,
        tour_begun=session.tour_begun,
    )
    body = msgspec.json.encode(made)
    return f"{_text(body)}.{_text(_seal(context.key, browser, body))}"


def read(context: TouchContext, browser: str, text: str) -> Thread | None:
    """Return what :func:`thread` signed; None for anything forged, foreign or too old."""
    body, _, seal = text.partition(".")
    try:
        said, sealed = _octets(body), _octets(seal)
        if not hmac.compare_digest(sealed, _seal(context.key, browser, said)):
            return None
        found = msgspec.json.decode(said, type=Thread)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return None
    age = context.sessions.since_boot() - found.signed
    return found if 0 <= age <= LONGEST_S else None


def _seal(key: bytes, browser: str, body: bytes) -> bytes:
    own = hmac.digest(key, _PURPOSE, hashlib.sha256)
    return hmac.digest(own, browser.encode() + b"\0" + body, hashlib.sha256)


def _text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _octets(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def route(context: TouchContext, known: Known) -> Callable[[Request], Awaitable[Response]]:
    """Return the handler of ``POST /resume``, which a page calls right before it loads itself.

    *known* tells steps that the edition has. Answers 204 where the visit goes on, 410 where the
    next page begins a fresh one.
    """

    async def resume(request: Request) -> Response:
        goes_on = await _resume(context, known, request.scope["browser"], await request.body())
        return Response(status_code=204 if goes_on else 410)

    return resume


async def _resume(context: TouchContext, known: Known, browser: str, body: bytes) -> bool:
    try:
        told = msgspec.json.decode(body, type=Told)
    except msgspec.MsgspecError:
        return False
    found = read(context, browser, told.thread)
    if found is None or not 0 <= told.idle <= _longest_idle(context, found) + GRACE_S:
        return False
    present = context.sessions.present(browser, found.id)
    if present is not None:  # the server is the same: only the page is to be made anew
        _take(present, told)
        return True
    await _edition_hangs(context)
    session = _session(found, told, context.sessions.since_boot())
    session.trail = [step for step in found.trail if step.screen == ATTRACT or known(context, step)]
    for exhibition in context.shelf.ids():
        await context.database.read(partial(_recall, session=session, exhibition=exhibition))
    return context.sessions.resume(browser, session)


def _longest_idle(context: TouchContext, found: Thread) -> int:
    return context.idle_after if found.party is None else context.group_idle_after


async def _edition_hangs(context: TouchContext) -> None:
    """Wait for the exhibition: without one the page would only say that it is on its way."""
    for _ in range(int(EDITION_WITHIN_S / 0.05)):
        if context.shelf.first() is not None:
            return
        await asyncio.sleep(0.05)


def _session(found: Thread, told: Told, now: float) -> Session:
    made = Session(
        id=found.id,
        drafts=dict(found.drafts),
        looks_for=dict(found.looks_for),
        privacy_read=found.privacy_read,
        receipt=found.receipt,
        party=found.party,
        tour_begun=found.tour_begun,
        touched=now - told.idle,
        since=now,
    )
    for name in told.modes:
        made.modes.choose(name, on=True)
    made.modes.read_at(told.rate)
    made.modes.sound_at(told.loudness)
    _take(made, told)
    return made


def _take(session: Session, told: Told) -> None:
    """Take what was written while nobody heard it."""
    session.resumed = told.idle
    if told.draft is not None:
        session.drafts[told.subject] = told.draft[:LONGEST_DRAFT]


def _recall(connection: Connection, session: Session, exhibition: str) -> None:
    """Know again what this visit voted and agreed with: the database tells, not the page."""
    participant = session.participant(exhibition)
    session.ballots |= actions.ballots_of_participant(connection, participant)
    session.supported |= support_actions.given_by(connection, exhibition, participant)


def attributes(context: TouchContext, browser: str, session: Session) -> dict[str, Any]:
    """Return what the page's root says of a visit that may have to go on after a restart."""
    said = {
        "data_thread": thread(context, browser, session),
        "data_rate": str(session.modes.rate),
        "data_loudness": str(session.modes.loudness),
    }
    if session.resumed is not None:
        said["data_resumed"] = f"{session.resumed:.1f}"
        session.resumed = None
    return said
