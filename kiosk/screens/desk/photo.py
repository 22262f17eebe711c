"""The photograph of a conclusion: sent on its own, made fit to be shown, described in words."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from http import HTTPStatus

from nicegui import app, ui
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kiosk.errors import Forbidden, KioskError
from kiosk.exhibition.capture import keep_photograph
from kiosk.exhibition.draft import Content
from kiosk.exhibition.pictures import LARGEST_UPLOAD
from kiosk.locale.translator import LANGUAGES, translator
from kiosk.people import staff_sessions
from kiosk.people.permissions import Permission
from kiosk.screens.desk import fields
from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.context import DeskContext
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets.markup import Tag

_SHA256 = re.compile(r"[0-9a-f]{64}")


class PhotoField:
    """The field: the photograph, a button to choose another, and what it shows in words."""

    def __init__(self, seat: Seat, content: Content) -> None:
        self._seat = seat
        self.photo = content.photo
        t = seat.t
        with Tag("fieldset", None, "photo"):
            Tag("legend", t("Photograph"))
            self._place = Tag("div", None, "photo-place")
            with Tag("div", None, "row"):
                self._choose()
                self._off = button(t("Take it off"), self._take_off, "knob quiet small")
            Tag("p", "", "hint", data_photo_status="yes", role="status")
            fields.area(
                t("What it shows, in words"),
                "photo_alternative",
                content.source().photo_alternative,
                t("Required with a photograph, for those who cannot see it."),
                rows=2,
                dir="auto",
            )
        ui.on("desk-photo", self._came)
        self._draw()

    def _choose(self) -> None:
        t, seat = self._seat.t, self._seat
        with Tag("label", None, "knob small choose-photo"):
            Tag("span", t("Choose a photograph"))
            Tag(
                "input", None, "unseen", type="file", accept="image/jpeg,image/png,image/webp",
                data_to=f"/photo/{seat.exhibition.id}?language={seat.language}",
                data_most=str(LARGEST_UPLOAD),
                data_sending=t("Sending …"),
                data_too_large=t("This photograph is too large. Choose one of at most 25 MB."),
                data_failed=t("It did not arrive. Try again."),
            )  # fmt: skip

    def applied(self, content: Content) -> Content:
        """Return the content with this photograph."""
        return replace(content, photo=self.photo)

    def _came(self, event: object) -> None:
        kept = str(getattr(event, "args", ""))
        if _SHA256.fullmatch(kept):
            self.photo = kept
            self._draw()

    def _take_off(self) -> None:
        self.photo = ""
        self._draw()

    def _draw(self) -> None:
        t = self._seat.t
        self._place.clear()
        self._off.set_visibility(bool(self.photo))
        with self._place:
            if self.photo:
                Tag("img", src=f"/photo/{self.photo}", alt=t("The photograph that was chosen"))


def register(context: DeskContext) -> None:
    """Add the routes that take a photograph in and show it to those who edit."""

    async def take(request: Request) -> Response:
        asked = request.query_params.get("language", "")
        t = translator(asked if asked in LANGUAGES else "en")
        exhibition = request.path_params["exhibition"]
        try:
            await _require(context, request, exhibition)
            data = await request.body()
            kept = await asyncio.to_thread(keep_photograph, context.library.files, data)
        except KioskError as error:
            told = f"{t(error.message, **error.values)} {t(error.cure, **error.values)}"
            return JSONResponse({"message": told}, error.status)
        return JSONResponse({"message": t("It has arrived."), "photo": kept.sha256})

    async def show(request: Request) -> Response:
        if not _SHA256.fullmatch(request.path_params["photo"]):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        try:
            await _require(context, request, "")
            data = await asyncio.to_thread(context.library.files.read, request.path_params["photo"])
        except KioskError:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return Response(data, media_type="image/webp", headers={"Cache-Control": "private"})

    app.add_route("/photo/{exhibition}", take, methods=["POST"], include_in_schema=False)
    app.add_route("/photo/{photo}", show, methods=["GET"], include_in_schema=False)


async def _require(context: DeskContext, request: Request, exhibition: str) -> None:
    """Raise unless the request comes from someone who edits this exhibition, or any.

    Raises:
        Forbidden: it does not.
    """
    token, now = request.cookies.get(context.cookie, ""), context.clock()
    actor = await context.database.read(lambda c: staff_sessions.actor_of(c, token, now))
    wanted = [exhibition] if exhibition else [g.exhibition for g in actor.grants] if actor else []
    if actor is None or not any(actor.anywhere(Permission.EDIT, e) for e in wanted):
        raise Forbidden("Your role does not include this.", "Log in as an editor.")
