"""The vote: a scanned code opens it, one tap counts it, another answer changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk import ids
from kiosk.errors import InvalidBallot, InvalidToken, QuestionClosed
from kiosk.exhibition.model import Exhibit, Question
from kiosk.exhibition.voting_period import has_begun, is_open
from kiosk.people import participant, thanks, tickets
from kiosk.people.enrolment import HUB_NUMBER
from kiosk.people.thanks import Thanks
from kiosk.people.tickets import Ticket
from kiosk.people.tokens import Kind
from kiosk.screens.phone import codes, home, sheet
from kiosk.screens.phone.asking import Result, asking, following, result, wrong
from kiosk.screens.phone.codes import Opened
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.forms import VOTE_OCTETS, Form, read_form
from kiosk.screens.phone.page import style
from kiosk.screens.phone.sheet import Sheet
from kiosk.screens.phone.visit import Visit, begin
from kiosk.screens.widgets import words
from kiosk.voice import actions, group_actions
from kiosk.voice.ballot import Cast
from kiosk.voice.group import Groups
from kiosk.voice.tally import Tally


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database knows for a page: the phone's own votes and, if it voted, the tally.

    Beside it, and never in it, what groups raised.
    """

    own: dict[str, tuple[str, ...]]
    tally: Tally | None
    groups: Groups | None = None


async def opened(request: Request) -> Response:
    """``GET /q/<code>``: the question that the code names, ready to be answered."""
    context: PublicContext = request.app.state.public
    code = codes.open_code(context, request.path_params["code"])
    found = context.hall.opened_by(code.target, code.screen)
    ticket = "" if code.expired else codes.carried_ticket(context, code)
    if found is None:
        view = context.hall.view(code.screen.exhibition or context.hall.first, code.screen.city)
        v = begin(request, view, ticket, code.screen.city)
        return await home.show(v, scanned=code.expired)
    exhibition = context.hall.holding(found.exhibition, found.exhibit, code.screen.city)
    v = begin(request, exhibition, ticket, code.screen.city)
    exhibit = exhibition.exhibits[found.exhibit]
    if exhibit.question is None:
        return RedirectResponse(v.link(exhibit.id), 303)
    done = just_voted(v, exhibit.question)
    known = await standing(v, exhibit.question, done)
    if known.tally and "change" not in request.query_params:
        return counted(v, exhibit, exhibit.question, known, v.ticket_read(ticket), done)
    if request.scope["query_string"]:
        chosen = known.own.get(exhibit.question.id, ())
        return form(v, exhibit, exhibit.question, code, chosen=chosen)
    own = ticket and codes.ticket_for(context, code)
    return sheet_of(v, exhibit, exhibit.question, code).filled(own, v.ticket, v.path)


def sheet_of(v: Visit, exhibit: Exhibit, question: Question, code: Opened) -> Sheet:
    """Return the page that asks, as it is set for all who stand before a screen."""
    key = (
        v.exhibition.id,
        exhibit.id,
        v.t.language,
        code.screen.place,
        v.city,
        code.expired,
        is_open(question, v.context.now()),
        has_begun(question, v.context.now()),
        v.cells(exhibit),
    )

    def make() -> Response:
        blank = replace(v, ticket=v.ticket and sheet.CARRIED, path=sheet.PATH)
        return form(blank, exhibit, question, code, ticket=v.ticket and sheet.TICKET)

    return v.context.sheets.get(key, make)


async def answered(request: Request) -> Response:
    """``POST /q/<code>``: counts the answer and leads to the thank-you (``?done=<proof>``)."""
    context: PublicContext = request.app.state.public
    code = codes.open_code(context, request.path_params["code"])
    found = context.hall.opened_by(code.target, code.screen)
    if found is None:
        raise InvalidToken("This code names no question.", "Choose a question on the first page.")
    exhibition = context.hall.holding(found.exhibition, found.exhibit, code.screen.city)
    v = begin(request, exhibition)
    return await cast(
        v, exhibition.exhibits[found.exhibit], await read_form(request, VOTE_OCTETS), code
    )


def form(
    v: Visit,
    exhibit: Exhibit,
    question: Question,
    code: Opened | None = None,
    *,
    ticket: str = "",
    chosen: tuple[str, ...] = (),
    errors: list[str] | None = None,
    status: int = 200,
) -> Response:
    """Return the page that asks; without a ticket it says how to get one.

    Its *ticket* is no other's and stands in no address; without one it is made of the visit's.
    """
    asked = asking(v, exhibit, question, code.screen.place if code else "")
    asked.chosen = chosen
    asked.wrong = errors or []
    return v.page(
        "vote.html",
        asked.text.text,
        exhibit=exhibit,
        look=style(v.colours(exhibit), more=asked.several or bool(errors)),
        status=status,
        q=asked,
        ticket=ticket or codes.form_ticket(v.context, v.ticket),
        shut=words.shut(v.t, question, v.context.now()),
        expired=code.expired if code else False,
        action=v.path,
        taken="taken" in v.request.query_params,
    )


async def cast(v: Visit, exhibit: Exhibit, fields: Form, code: Opened | None = None) -> Response:
    """Count the answer of a form and lead to the tally, or say what to do instead.

    The thank-you has an address of its own: a reload does not vote again, and under load the vote
    itself costs a fraction of a page (docs/performance.md).
    """
    question = exhibit.question
    ticket = v.ticket_read(fields.get("ticket"))
    if question is not None and fields.get("take-back"):
        return await _take_back(v, exhibit, question, ticket)
    if question is None or ticket is None or not codes.covers(ticket, exhibit):
        raise InvalidToken(
            "Your vote was not counted: this page was not opened by a screen’s code.",
            "Scan the code on the screen again, or type the six characters below it.",
        )
    chosen = fields.all("choice")
    if ticket.expired and ticket.kind is not Kind.CARD:
        return _late(v, exhibit, question, chosen, code)
    who, mark = _participant(v, ticket)
    v.context.limits.check("vote", mark, ticket.kiosk)
    vote = Cast(
        tickets.derived_id(ticket.nonce, question.id, *sorted(chosen)),
        question.id,
        who,
        chosen,
        v.place(ticket.kiosk, codes.channel_of(ticket.kind)),
        v.context.now(),
    )
    try:
        await v.context.office.count(vote)
    except InvalidBallot as error:
        v.ticket = codes.form_ticket(v.context, fields.get("ticket"))
        return form(v, exhibit, question, code, chosen=chosen, errors=wrong(v, error), status=422)
    except QuestionClosed as error:
        return await closed(v, exhibit, question, error)
    v.context.votes["full"] += 1
    done = thanks.issue(v.context.hub_key, ticket, question.id, vote.cast_at)
    response = RedirectResponse(f"{v.path}?done={done}", 303)
    if ticket.kind is not Kind.CARD:
        v.keep_mark(response, mark)
    return response


async def _take_back(
    v: Visit, exhibit: Exhibit, question: Question, ticket: Ticket | None
) -> Response:
    """Take a vote out of the count, also long after the scan: of a card, else of this phone.

    Raises:
        InvalidToken: neither the phone's mark nor a card's ticket tells whose vote it is.
        TooOften: this phone, or all at its screen, send too much.
    """
    card = ticket if ticket and ticket.kind is Kind.CARD else None
    if card is None and not v.cookie:
        raise InvalidToken("This phone has no vote to take back.", "Scan the code again.")
    who, mark = _participant(v, card) if card else (_phone(v), v.cookie)
    v.context.limits.check("vote", mark, ticket.kiosk if ticket else HUB_NUMBER)
    now = v.context.now()
    nothing = Cast(ids.new_id(), question.id, who, (), v.place(HUB_NUMBER), now)
    try:
        await v.context.database.write(partial(_withdraw, vote=nothing, now=now))
    except QuestionClosed as error:
        return await closed(v, exhibit, question, error)
    return RedirectResponse(f"{v.path}?taken=1", 303)


def counted(
    v: Visit,
    exhibit: Exhibit,
    question: Question,
    known: Standing,
    ticket: Ticket | None,
    done: Thanks | None = None,
) -> Response:
    """Return the page after the vote: the tally as a sentence, then a bar, then what to do next.

    Who voted is asked of the phone's own mark; without one the page says neither what was answered
    nor offers to change it.
    """
    asked = asking(v, exhibit, question)
    ticket = done.ticket if done else ticket
    fresh = done is not None and done.fresh
    asked.chosen = known.own.get(question.id, ())
    following_id = following(v, exhibit, list(known.own))
    following_exhibit = v.exhibition.exhibits.get(following_id)
    if ticket and not ticket.expired and following_exhibit:
        v.ticket = codes.next_ticket(v.context, ticket, following_exhibit)
    return v.page(
        "counted.html",
        asked.text.text,
        exhibit=exhibit,
        band=v.band(exhibit, mine=True),
        q=asked,
        own=[label for choice, label in asked.choices if choice in asked.chosen],
        result=result(v, question, known.tally or Tally(question.id), asked.chosen),
        thanks=fresh,
        open=is_open(question, v.context.now()),
        groups=hands(v, question, known.groups),
        following=v.link(following_id) if following_id else "",
        action=v.path,
        k=v.request.query_params.get("k", ""),
        ticket=_of_card(v, done) if fresh else "",
    )


async def closed(v: Visit, exhibit: Exhibit, question: Question, error: QuestionClosed) -> Response:
    """Return the page of a vote that is over: readable, with its result."""
    return v.page(
        "closed.html",
        v.pick(question.text).text,
        exhibit=exhibit,
        status=error.status,
        q=asking(v, exhibit, question),
        wrong=wrong(v, error),
        result=await tally(v, question),
        groups=hands(v, question, await v.context.database.read(partial(_groups, about=question))),
    )


def hands(v: Visit, question: Question, raised: Groups | None) -> str:
    """Say what groups raised, apart from the votes; empty where none did."""
    if raised is None:
        return ""
    return words.hands_sentence(v.t, raised, question, v.t.language, v.exhibition.fallbacks())


async def tally(v: Visit, question: Question) -> Result:
    """Return what a question's ballots add up to; for votes that are over."""
    counted_so_far = await v.context.database.read(partial(actions.tally_of, question=question.id))
    found = result(v, question, counted_so_far)
    # “No votes yet” would promise some.
    return found if counted_so_far.ballots else replace(found, sentence=found.total)


def _late(
    v: Visit, exhibit: Exhibit, question: Question, chosen: tuple[str, ...], code: Opened | None
) -> Response:
    """Say that ten minutes are over; a poster's code gives another ticket at once."""
    cure = v.t("Scan the code on the screen again, then tap your answer.")
    if code is not None and not code.expired:
        v.ticket = codes.carried_ticket(v.context, code)
        cure = v.t("Tap your answer once more.")
    lines = [v.t("This page was open for more than ten minutes; nothing was counted."), cure]
    return form(v, exhibit, question, code, chosen=chosen, errors=lines, status=409)


def _participant(v: Visit, ticket: Ticket) -> tuple[str, str]:
    """Return who votes, and the mark that the phone keeps."""
    if ticket.kind is Kind.CARD:
        return participant.of_card(ticket.cookie, v.exhibition.id), ticket.cookie
    mark = v.cookie or ticket.cookie
    return participant.of_phone(mark, v.exhibition.id), mark


def _phone(v: Visit) -> str:
    return participant.of_phone(v.cookie, v.exhibition.id)


def just_voted(v: Visit, question: Question) -> Thanks | None:
    """Return the proof of the vote that this page thanks for, None for any other page."""
    done = v.request.query_params.get("done", "")
    return thanks.read(done, v.context.hub_key, question.id, v.context.now()) if done else None


async def standing(v: Visit, question: Question, done: Thanks | None = None) -> Standing:
    """Return what this phone voted, and the tally if it voted on *question*.

    A phone that keeps no cookies sees the tally by what it has just *done*, and no answer: the
    address that says so may have been passed on.
    """
    fresh = done if done and done.fresh else None
    if fresh and fresh.card:
        who = _participant(v, fresh.ticket)[0]
    else:
        who = _phone(v) if v.cookie else ""
    if not who and fresh is None:
        return Standing({}, None)
    return await v.context.database.read(partial(_standing, who=who, about=question))


def _standing(connection: Connection, who: str, about: Question) -> Standing:
    own = actions.ballots_of_participant(connection, who) if who else {}
    if who and about.id not in own:
        return Standing(own, None)
    return Standing(own, actions.tally_of(connection, about.id), _groups(connection, about))


def _of_card(v: Visit, done: Thanks | None) -> str:
    """Return the ticket by which a card's vote is taken back; a phone's is by its mark."""
    if done is None or not done.card:
        return ""
    return tickets.reissue(v.context.hub_key, done.ticket, done.ticket.target, done.ticket.nonce)


def _groups(connection: Connection, about: Question) -> Groups:
    return group_actions.groups_on(connection, about.id)


def _withdraw(connection: Connection, vote: Cast, now: datetime) -> None:
    actions.withdraw_ballot(connection, vote, now)
