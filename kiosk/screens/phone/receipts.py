"""What became of a comment, behind its receipt; with it the author withdraws or erases."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.errors import InvalidToken, KioskError
from kiosk.locale.translator import Translator
from kiosk.moderation import erasure
from kiosk.moderation.decision import Ground
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.forms import VOTE_OCTETS, read_form
from kiosk.screens.phone.said import answer, quoted
from kiosk.screens.phone.visit import Visit, begin
from kiosk.voice import comment_actions, comment_store, funnel_store, receipt
from kiosk.voice.comment import Comment, PublicAnswer, Status
from kiosk.voice.funnel import Count, Day, Stage
from kiosk.voice.place import Place

ACTS = ("withdraw", "erase")
DONE = "done"
"""After an act the receipt is open still: it was not opened once more."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a receipt: the comment with its answers, or only that it is genuine."""

    comment: Comment | None
    answers: tuple[PublicAnswer, ...]
    kiosk: int


async def show(request: Request) -> Response:
    """``GET /r/<receipt>``: where the comment stands; ``?do=…`` asks before acting."""
    context: PublicContext = request.app.state.public
    behind = await _behind(context, request.path_params["receipt"])
    v = _visit(request, behind)
    act = request.query_params.get("do", "")
    if behind.comment is not None and act in ACTS:
        return _confirm(v, behind.comment, act)
    if behind.comment is not None and not act:
        with suppress(KioskError):  # a count that cannot be kept keeps nobody from her receipt
            opened = partial(_opened, place=behind.comment.place, now=context.now())
            await context.database.write(opened)
    return _status(v, behind)


def _opened(connection: Connection, place: Place, now: datetime) -> None:
    """Count that a receipt was opened, by the screen that gave it; not which, nor by whom."""
    opened = (Count(Stage.RECEIPT, "", 1),)
    day = Day(now.date().isoformat(), place.origin, place.exhibition, opened)
    funnel_store.add(connection, day)


async def act_on(request: Request) -> Response:
    """``POST /r/<receipt>``: withdraws or erases, then shows where it stands."""
    context: PublicContext = request.app.state.public
    behind = await _behind(context, request.path_params["receipt"])
    fields = await read_form(request, VOTE_OCTETS)
    act = fields.get("do")
    if behind.comment is not None and act in ACTS:
        take = erasure.erase if act == "erase" else erasure.withdraw
        comment = behind.comment.id
        await context.database.write(partial(take, comment=comment, now=context.now()))
    return RedirectResponse(f"{request.url.path}?do={DONE}", 303)


async def _behind(context: PublicContext, code: str) -> Behind:
    """Find what a receipt leads to.

    Raises:
        InvalidToken: it is mistyped, or nobody wrote it.
    """
    unknown = InvalidToken(
        "This receipt is not known.",
        "Compare the 24 characters with those you were given. Nothing else leads to your comment.",
    )
    try:
        number, octets = receipt.read(code)
    except ValueError:
        raise unknown from None
    found = await context.database.read(partial(_found, stored=receipt.stored(octets)))
    if found[0] is not None:
        return Behind(found[0], found[1], number)
    key = context.hall.key_of(number)
    if key is None or not receipt.is_ours(octets, key) or number == 0:
        raise unknown
    return Behind(None, (), number)


def _found(connection: Connection, stored: str) -> tuple[Comment | None, tuple[PublicAnswer, ...]]:
    comment = comment_store.by_receipt(connection, stored)
    if comment is None or comment.status is not Status.PUBLISHED:
        return comment, ()
    public = comment_actions.published_comment(connection, comment.id)
    return comment, public.answers if public else ()


def _visit(request: Request, behind: Behind) -> Visit:
    context: PublicContext = request.app.state.public
    comment = behind.comment
    if comment is None or comment.place.exhibition not in context.hall.editions:
        return begin(request)
    place = comment.place
    return begin(request, context.hall.view(place.exhibition, place.city))


def _confirm(v: Visit, comment: Comment, act: str) -> Response:
    return v.page(
        "confirm.html",
        v.t("Erase it for good?") if act == "erase" else v.t("Take it off the screens?"),
        exhibit=v.exhibition.exhibits.get(comment.exhibit),
        act=act,
        comment=comment,
        words=quoted(comment.text, comment.language),
        action=v.path,
    )


def _status(v: Visit, behind: Behind) -> Response:
    comment = behind.comment
    exhibit = v.exhibition.exhibits.get(comment.exhibit) if comment else None
    screen = v.hall.screens.get(behind.kiosk)
    gone = comment is not None and comment.status in {Status.WITHDRAWN, Status.ERASED}
    return v.page(
        "receipt.html",
        v.t("Your voice’s way"),
        exhibit=exhibit,
        comment=comment,
        words=quoted(comment.text, comment.language) if comment else ("", ""),
        state=state_of(comment, behind.answers),
        place=screen.place if screen else "",
        received=v.t.date(comment.received_at.date()) if comment else "",
        published=v.t.date(comment.published_at.date()) if comment and comment.published_at else "",
        ground=ground_text(v.t, comment.ground) if comment else "",
        answers=[answer(v, each) for each in behind.answers],
        back=v.reading(exhibit.id, _on_show(comment)) if exhibit else "",
        action=v.path,
        may_act=comment is not None and not gone and comment.status is not Status.REFUSED,
        may_erase=comment is not None and comment.status is not Status.ERASED,
    )


def _on_show(comment: Comment | None) -> str:
    """Return the id of a comment that is public; another is on no page."""
    return comment.id if comment and comment.status is Status.PUBLISHED else ""


def state_of(comment: Comment | None, answers: tuple[PublicAnswer, ...]) -> str:
    """Return the word that the page is built around; a hold is still a waiting to its author."""
    if comment is None:
        return "at-screen"
    if comment.status is Status.HELD:
        return str(Status.WAITING)
    if comment.status is Status.PUBLISHED and answers:
        return "answered"
    return str(comment.status)


def ground_text(t: Translator, ground: str) -> str:
    """Return why a comment was not published, in a sentence for its author."""
    sentences = {
        Ground.INSULT: t("It insults somebody."),
        Ground.DISCRIMINATION: t("It runs people down for what they are."),
        Ground.PRIVATE_DATA: t("It tells private things about somebody."),
        Ground.OFF_TOPIC: t("It is not about this subject."),
        Ground.ADVERTISING: t("It advertises something."),
        Ground.UNLAWFUL: t("The law forbids to publish it."),
        Ground.DUPLICATE: t("The same text was sent before."),
        Ground.UNREADABLE: t("It cannot be read or understood."),
    }
    return sentences.get(Ground(ground), "") if ground in set(Ground) else ""
