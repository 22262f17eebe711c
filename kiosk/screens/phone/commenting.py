"""Saying something: a form, a comment that waits for review, and the receipt that leads back."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256

from markupsafe import Markup
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from kiosk import ids
from kiosk.errors import Conflict, InvalidText, InvalidToken, KioskError
from kiosk.exhibition import guiding
from kiosk.exhibition.localized import Localized
from kiosk.exhibition.model import Exhibit
from kiosk.moderation.actions import receive
from kiosk.people import participant, tickets, tokens
from kiosk.people.enrolment import HUB_NUMBER
from kiosk.people.tickets import NONCE_OCTETS, Ticket
from kiosk.people.tokens import Kind
from kiosk.screens.phone import codes
from kiosk.screens.phone.asking import wrong
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.forms import TEXT_OCTETS, read_form
from kiosk.screens.phone.limiting import TooOften
from kiosk.screens.phone.page import ENVIRONMENT, FOLDER
from kiosk.screens.phone.problems import AGAIN_AFTER_S
from kiosk.screens.phone.said import quoted
from kiosk.screens.phone.visit import Visit, begin
from kiosk.screens.widgets.qr import qr_svg
from kiosk.voice import comment_actions, comment_store, receipt
from kiosk.voice.comment import LONGEST, Comment, NewComment, Status, tidy

WRITING_S = 6 * 3600
"""Seconds that a person may take to write; after that the page is sent once more."""


SCRIPT = (FOLDER / "draft.js").read_text(encoding="utf-8").strip()
TAKES_DRAFT = f"'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
"""How the policy of the draft's page names its only script."""

ENVIRONMENT.globals["draft_script"] = Markup(SCRIPT)  # noqa: S704 - our own script


@dataclass(frozen=True, slots=True)
class Written:
    """A comment on its way in, with the receipt that its author gets."""

    new: NewComment
    receipt: bytes


@dataclass(frozen=True, slots=True)
class Subject:
    """What a comment is about: an exhibit, or one guiding question of a session."""

    exhibit: Exhibit
    guiding: guiding.Asked | None
    question: str
    """What the comment answers: the guiding question, the exhibit's own, or nothing."""

    @property
    def name(self) -> str:
        """How addresses name it."""
        return self.guiding.subject if self.guiding else self.exhibit.id

    @property
    def words(self) -> Localized:
        """What the form asks to speak on."""
        if self.guiding is not None:
            return self.guiding.passage.text
        return self.exhibit.question.text if self.exhibit.question else self.exhibit.title


async def ask(request: Request) -> Response:
    """``GET /say/<exhibition>/<exhibit>``: the form; no code is needed to say something.

    ``<session>_<question>`` names a guiding question, as the touchscreen's addresses do.
    """
    v, subject = _visit(request)
    return _form(v, subject, v.ticket_read(request.query_params.get("k", "")))


async def draft(request: Request) -> Response:
    """``GET /draft/<exhibition>/<subject>#d=…``: the form for a text begun at a touchscreen.

    What stands behind ``#`` never comes here; the page's own script, the only one on any phone's
    page and allowed by its hash alone, puts it into the field. It is kept when it is sent.
    """
    v, subject = _visit(request)
    response = _form(v, subject, None, template="draft.html")
    policy = response.headers["Content-Security-Policy"]
    response.headers["Content-Security-Policy"] = f"{policy}; script-src {TAKES_DRAFT}"
    return response


async def take(request: Request) -> Response:
    """``POST /say/<exhibition>/<subject>``: keeps the comment as waiting and gives the receipt."""
    v, subject = _visit(request)
    fields = await read_form(request, TEXT_OCTETS)
    typed = fields.get("text")
    ticket = v.ticket_read(fields.get("ticket"))
    try:
        if ticket is None or v.context.now().timestamp() - ticket.issued_at > WRITING_S:
            raise InvalidToken("This page was open for very long.", "Send it once more, please.")
        text = tidy(typed)
        mark = v.cookie or ticket.cookie
        v.context.limits.check("comment", mark, ticket.kiosk)
    except (InvalidToken, InvalidText, TooOften) as error:
        return _form(v, subject, ticket, typed, error)
    written = _written(v, subject, ticket, text, mark)
    try:
        kept = await v.context.database.write(partial(_keep, written=written, now=v.context.now()))
    except KioskError as error:
        return _form(v, subject, ticket, typed, error)
    response = _received(v, subject.exhibit, kept, written.receipt)
    v.keep_mark(response, mark)
    return response


def _visit(request: Request) -> tuple[Visit, Subject]:
    """Return the visit and what it speaks on; of a guiding question that is gone, its session."""
    context: PublicContext = request.app.state.public
    exhibition, named = request.path_params["exhibition"], request.path_params["subject"]
    wanted = guiding.exhibit_of(named)
    view = context.hall.holding(exhibition, wanted)
    v = begin(request, view, city=view.exhibits[wanted].owner)
    question = guiding.question_of(v.exhibition, named)
    return v, Subject(v.exhibition.exhibits[wanted], guiding.find(v.exhibition, named), question)


def _form(
    v: Visit,
    subject: Subject,
    ticket: Ticket | None,
    typed: str = "",
    error: KioskError | None = None,
    template: str = "say.html",
) -> Response:
    """Return the form, with what was typed in it when something was wrong."""
    exhibit = subject.exhibit
    response = v.page(
        template,
        v.t("Say something"),
        exhibit=exhibit,
        status=error.status if error else 200,
        about=v.pick(subject.words),
        typed=typed,
        action="" if template == "say.html" else f"/say/{v.exhibition.id}/{subject.name}",
        longest=LONGEST,
        wrong=wrong(v, error) if error else [],
        kept=bool(typed.strip()),
        ticket=_new_ticket(v, exhibit, ticket),
        back=v.link(exhibit.id),
    )
    if response.status_code == 503:
        response.headers["Retry-After"] = str(AGAIN_AFTER_S)
    return response


def _new_ticket(v: Visit, exhibit: Exhibit, ticket: Ticket | None) -> str:
    """Return a fresh ticket that remembers the screen, so that the form can be sent again."""
    kind = ticket.kind if ticket else Kind.POSTER
    kiosk = ticket.kiosk if ticket else HUB_NUMBER
    target = tokens.target_of(exhibit=exhibit.id)
    nonce = ids.secret(NONCE_OCTETS)
    return tickets.issue(v.context.hub_key, kind, kiosk, target, v.context.now(), nonce)


def _written(v: Visit, subject: Subject, ticket: Ticket, text: str, mark: str) -> Written:
    """Put the comment together; sent twice, it has the same id and the same receipt."""
    seed = ticket.nonce + text.encode()
    made = receipt.new_receipt(HUB_NUMBER, v.context.hub_key, seed)
    new = NewComment(
        id=tickets.derived_id(ticket.nonce, "comment", text),
        exhibit=subject.exhibit.id,
        text=text,
        language=v.language_of(text),
        participant=participant.of_phone(mark, v.exhibition.id),
        receipt_hash=receipt.stored(made),
        voice_number="",
        place=v.place(ticket.kiosk, codes.channel_of(ticket.kind)),
        written_at=v.context.now(),
        question=subject.question,
        example=v.exhibition.example,
    )
    return Written(new, made)


def _keep(connection: Connection, written: Written, now: datetime) -> Comment:
    """Keep the comment once; a double tap finds it there with its number.

    Raises:
        Conflict: its author took it back meanwhile; sent anew, the same words are another comment.
    """
    kept = comment_store.get(connection, written.new.id)
    if kept is None:
        number = comment_actions.next_voice_number(connection, HUB_NUMBER)
        kept = receive(connection, replace(written.new, voice_number=number), now)
    if kept is None or kept.status in {Status.WITHDRAWN, Status.ERASED}:
        raise Conflict("You took these words back before.", "Send it once more, please.")
    return kept


def _received(v: Visit, exhibit: Exhibit, kept: Comment, made: bytes) -> Response:
    code = ids.to_code(made)
    address = f"{v.context.public_url}/r/{code}".upper()
    picture = qr_svg(address, v.t("Your receipt as a QR code"), swift=True)
    return v.page(
        "received.html",
        v.t("Received, waiting for review"),
        exhibit=exhibit,
        band=v.band(exhibit),
        code=receipt.shown(made),
        address=f"/r/{code}",
        qr=Markup(picture),  # noqa: S704 - drawn by us
        number=kept.voice_number,
        words=quoted(kept.text, kept.language),
        language=kept.language,
        back=v.link(exhibit.id),
    )
