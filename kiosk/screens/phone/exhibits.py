"""An exhibit's page: what was concluded or asked, by whom, what residents say, one thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from kiosk.exhibition.model import Exhibit, Kind
from kiosk.exhibition.voting_period import has_ended
from kiosk.screens.phone import agreeing, codes, voting
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.forms import VOTE_OCTETS, read_form
from kiosk.screens.phone.said import Voice, voices
from kiosk.screens.phone.views import view_of
from kiosk.screens.phone.visit import Visit, begin
from kiosk.screens.widgets import words
from kiosk.voice import comment_actions, support_actions
from kiosk.voice.comment import PublicComment

MOST_VOICES = 12
"""Voices on one page; below the last one a link leads to older ones."""


@dataclass(frozen=True, slots=True)
class Said:
    """Voices of an exhibit, newest first, and the id of the next older one if there is one."""

    voices: list[Voice]
    older: str


async def show(request: Request) -> Response:
    """``GET /e/<exhibit>``: its page; with a ticket (``k``) its question can be answered."""
    v, exhibit = _visit(request, request.query_params.get("k", ""))
    question = exhibit.question
    ticket = v.ticket_read(v.ticket) if v.ticket else None
    may_vote = ticket is not None and not ticket.expired and codes.covers(ticket, exhibit)
    if question is not None and "more" not in request.query_params:
        done = voting.just_voted(v, question)
        known = await voting.standing(v, question, done)
        if known.tally and "change" not in request.query_params:
            return voting.counted(v, exhibit, question, known, ticket, done)
        if may_vote:
            return voting.form(v, exhibit, question, chosen=known.own.get(question.id, ()))
    return await read(v, exhibit, expired=ticket is not None and ticket.expired)


async def answered(request: Request) -> Response:
    """``POST /e/<exhibit>``: counts the answer of a form with a ticket."""
    v, exhibit = _visit(request, "")
    return await voting.cast(v, exhibit, await read_form(request, VOTE_OCTETS))


async def read(v: Visit, exhibit: Exhibit, *, expired: bool = False) -> Response:
    """Return the page to read: everything but the vote form."""
    question = exhibit.question
    over = question is not None and has_ended(question, v.context.now())
    heard = await said_on(v, exhibit, v.request.query_params.get("voice", ""))
    view = view_of(v, exhibit)
    return v.page(
        "exhibit.html",
        view.title.text,
        exhibit=exhibit,
        x=view,
        ask=v.pick(question.text) if question else None,
        leads=exhibit.kind in {Kind.STATEMENT, Kind.QUESTION},
        voices=heard.voices,
        older=v.reading(exhibit.id, heard.older) if heard.older else "",
        ticket=agreeing.ticket_for(v) if heard.voices else "",
        k=v.ticket,
        say_address=f"/say/{v.exhibition.id}/{exhibit.id}",
        expired=expired,
        taken="taken" in v.request.query_params,
        shut=words.shut(v.t, question, v.context.now()) if question is not None else [],
        result=await voting.tally(v, question) if question is not None and over else None,
    )


async def said_on(v: Visit, exhibit: Exhibit, wanted: str) -> Said:
    """Return what residents said here, and what was answered; the voice *wanted* is among it."""
    listed, given = await v.context.database.read(
        partial(
            _published,
            exhibition=v.exhibition.id,
            exhibit=exhibit.id,
            wanted=wanted,
            phone=agreeing.phone(v),
        )
    )
    older = listed[MOST_VOICES].id if len(listed) > MOST_VOICES else ""
    return Said(voices(v, listed[:MOST_VOICES], given), older)


def _published(
    connection: Connection, exhibition: str, exhibit: str, wanted: str, phone: str
) -> tuple[list[PublicComment], frozenset[str]]:
    """Return a page of voices and one more: the newest, or from an older one that is *wanted*."""
    published = partial(comment_actions.published_comments, connection, exhibition, exhibit)
    listed = published(most=MOST_VOICES + 1)
    if wanted and all(wanted != each.id for each in listed[:MOST_VOICES]):
        first = comment_actions.published_comment(connection, wanted)
        if first is not None and (first.exhibition, first.exhibit) == (exhibition, exhibit):
            listed = [first, *published(most=MOST_VOICES, before=first)]
    return listed, support_actions.given_by(connection, exhibition, phone)


def _visit(request: Request, ticket: str) -> tuple[Visit, Exhibit]:
    context: PublicContext = request.app.state.public
    wanted = request.path_params["exhibit"]
    exhibition = request.path_params.get("exhibition", context.hall.first)
    view = context.hall.holding(exhibition, wanted)
    v = begin(request, view, ticket, view.exhibits[wanted].owner)
    return v, v.exhibition.exhibits[wanted]
