"""A report: anyone may say, without a login, that a published comment should not stand."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from kiosk.errors import InvalidText
from kiosk.locale.translator import Translator
from kiosk.people import tickets
from kiosk.screens.phone import agreeing
from kiosk.screens.phone.asking import wrong
from kiosk.screens.phone.forms import TEXT_OCTETS, Form, read_form
from kiosk.screens.phone.said import published, voice
from kiosk.screens.phone.visit import Visit
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicComment
from kiosk.voice.comment_actions import LONGEST_REPORT, REPORT_GROUNDS
from kiosk.voice.report_store import Report


async def ask(request: Request) -> Response:
    """``GET /report/<comment>``: the comment and the reasons to choose from."""
    v, comment = await published(request)
    return _form(v, comment, Form([]), [])


async def take(request: Request) -> Response:
    """``POST /report/<comment>``: keeps the report for the moderators."""
    v, comment = await published(request)
    fields = await read_form(request, TEXT_OCTETS)
    ticket = v.ticket_read(fields.get("ticket"))
    if ticket is None:
        lines = [v.t("This page was open for very long."), v.t("Send it once more, please.")]
        return _form(v, comment, fields, lines)
    v.context.limits.check("report", v.cookie or ticket.cookie, ticket.kiosk)
    ground, text = fields.get("ground"), fields.get("text")
    report = Report(
        id=tickets.derived_id(ticket.nonce, "report", comment.id, ground, text),
        comment=comment.id,
        place=v.place(ticket.kiosk),
        ground=ground,
        text=text,
        made_at=v.context.now(),
        state="open",
        example=comment.example,
    )
    try:
        await v.context.database.write(
            partial(comment_actions.report_comment, report=report, now=v.context.now())
        )
    except InvalidText as error:
        return _form(v, comment, fields, wrong(v, error))
    return v.page(
        "reported.html",
        v.t("Reported, thank you"),
        exhibit=v.exhibition.exhibits.get(comment.exhibit),
        voice=voice(v, comment),
        back=v.reading(comment.exhibit, comment.id),
    )


def _form(v: Visit, comment: PublicComment, fields: Form, errors: list[str]) -> Response:
    return v.page(
        "report.html",
        v.t("Report this comment"),
        exhibit=v.exhibition.exhibits.get(comment.exhibit),
        status=422 if errors else 200,
        voice=voice(v, comment),
        grounds=[(code, ground_label(v.t, code)) for code in REPORT_GROUNDS],
        ground=fields.get("ground"),
        typed=fields.get("text"),
        longest=LONGEST_REPORT,
        wrong=errors,
        ticket=agreeing.ticket_for(v),
        action=v.path,
        back=v.reading(comment.exhibit, comment.id),
    )


def ground_label(t: Translator, ground: str) -> str:
    """Return a reason as a visitor would say it."""
    return {
        "insult": t("It insults somebody"),
        "discrimination": t("It runs people down for what they are"),
        "private-data": t("It tells private things about somebody"),
        "unlawful": t("It is against the law"),
        "advertising": t("It advertises something"),
        "other": t("Another reason"),
    }[ground]
