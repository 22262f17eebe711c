"""Agreement with another's comment: one tap gives it, another takes it back; no script, no name."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk import ids
from kiosk.exhibition.localized import Localized
from kiosk.people import participant, tickets, tokens
from kiosk.people.enrolment import HUB_NUMBER
from kiosk.people.tickets import NONCE_OCTETS, Ticket
from kiosk.people.tokens import Kind
from kiosk.screens.phone import codes
from kiosk.screens.phone.forms import VOTE_OCTETS, read_form
from kiosk.screens.phone.said import published, voice
from kiosk.screens.phone.visit import Visit
from kiosk.voice import support_actions
from kiosk.voice.comment import PublicComment
from kiosk.voice.support import Support

READING_S = 6 * 3600
"""Seconds for which a page may be read before its buttons must be asked for anew."""

TAKES_BACK = "no"
"""What the button that takes agreement back sends as ``given``."""


async def ask(request: Request) -> Response:
    """``GET /agree/<comment>``: the comment with its button alone."""
    v, comment = await published(request)
    return await _page(v, comment, [])


async def take(request: Request) -> Response:
    """``POST /agree/<comment>``: counts it once for this phone, and leads back to the voice.

    Raises:
        NotFound: the comment is not on show any more.
        TooOften: this phone, or all at its screen, send too much.
        Unavailable: nothing was counted.
    """
    v, comment = await published(request)
    fields = await read_form(request, VOTE_OCTETS)
    ticket = v.ticket_read(fields.get("ticket"))
    if ticket is None or v.context.now().timestamp() - ticket.issued_at > READING_S:
        lines = [v.t("This page was open for very long."), v.t("Send it once more, please.")]
        return await _page(v, comment, lines)
    mark = v.cookie or ticket.cookie
    v.context.limits.check("support", mark, ticket.kiosk)
    given = fields.get("given") != TAKES_BACK
    support = _support(v, comment, ticket, mark, given=given)
    await v.context.database.write(
        partial(support_actions.give, support=support, now=v.context.now())
    )
    v.carry(fields.get("k"))
    response = RedirectResponse(v.reading(comment.exhibit, comment.id), 303)
    v.keep_mark(response, mark)
    return response


def ticket_for(v: Visit) -> str:
    """Return the ticket of a page's buttons: it remembers the screen that was scanned, if any."""
    scanned = v.ticket_read(v.ticket) if v.ticket else None
    kind, kiosk = (scanned.kind, scanned.kiosk) if scanned else (Kind.POSTER, HUB_NUMBER)
    now, nonce = v.context.now(), ids.secret(NONCE_OCTETS)
    return tickets.issue(v.context.hub_key, kind, kiosk, tokens.WHOLE, now, nonce)


def phone(v: Visit) -> str:
    """Return who this phone is in the exhibition, empty for one that was given no mark yet."""
    return participant.of_phone(v.cookie, v.exhibition.id) if v.cookie else ""


def _support(
    v: Visit, comment: PublicComment, ticket: Ticket, mark: str, *, given: bool
) -> Support:
    return Support(
        id=tickets.derived_id(ticket.nonce, "support", comment.id, str(given)),
        comment=comment.id,
        participant=participant.of_phone(mark, v.exhibition.id),
        given=given,
        place=v.place(ticket.kiosk, codes.channel_of(ticket.kind)),
        given_at=v.context.now(),
    )


async def _page(v: Visit, comment: PublicComment, errors: list[str]) -> Response:
    given = await v.context.database.read(
        partial(support_actions.given_by, exhibition=v.exhibition.id, participant=phone(v))
    )
    return v.page(
        "agree.html",
        v.t("You agree") if comment.id in given else v.t("Do you agree?"),
        exhibit=v.exhibition.exhibits.get(comment.exhibit),
        status=409 if errors else 200,
        voice=voice(v, comment, given),
        wrong=errors,
        ticket=ticket_for(v),
        action=v.path,
        about=v.pick(_about(v, comment)),
        back=v.reading(comment.exhibit, comment.id),
    )


def _about(v: Visit, comment: PublicComment) -> Localized:
    """Return what the comment answers: what was asked, or the exhibit's title."""
    exhibit = v.exhibition.exhibits.get(comment.exhibit)
    if exhibit is None:
        return v.exhibition.title
    return exhibit.question.text if exhibit.question else exhibit.title
