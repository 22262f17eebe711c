"""One conclusion: typed in, saved, approved, translated; each step tells what comes next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from nicegui import ui
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import KioskError, NotFound
from kiosk.exhibition import capture, draft_store
from kiosk.exhibition.draft import Content, Draft, State
from kiosk.locale.translator import LANGUAGES, native_name
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk import conclusion_fields, conclusion_form, fields, names
from kiosk.screens.desk.buttons import button, link
from kiosk.screens.desk.photo import PhotoField
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import heading
from kiosk.screens.widgets.markup import Tag


async def draw(seat: Seat, request: Request) -> None:
    """Draw the conclusion named in the address, or an empty form.

    Raises:
        NotFound: there is none, or it is not of her city.
    """
    wanted = request.path_params["id"]
    draft = None if wanted == "new" else await seat.read(_find(seat.exhibition.id, wanted))
    _Conclusion(seat, draft).draw()


def _find(exhibition: str, wanted: str) -> Act[Draft]:
    def find(c: Connection, actor: Actor, _: datetime) -> Draft:
        found = draft_store.get(c, wanted)
        hers = found is not None and actor.may(Permission.EDIT, found.exhibition, found.city)
        if found is None or not hers or found.exhibition != exhibition:
            raise NotFound("This conclusion is not known here.", "Go back to the conclusions.")
        return found

    return find


class _Conclusion:
    """One open page of a conclusion."""

    def __init__(self, seat: Seat, draft: Draft | None) -> None:
        self.seat = seat
        self.draft = draft
        source = seat.language if seat.language in seat.exhibition.languages else ""
        self.content = draft.content if draft else Content("", source or LANGUAGES[0])
        self.forms: dict[str, Tag] = {}
        """The form of each translation by its language, that of the conclusion itself by ""."""
        self._turn = asyncio.Lock()
        """Two forms sent at once would take each other for somebody else's change."""
        self.states: dict[str, Tag] = {}
        """How far each translation is."""

    def draw(self) -> None:
        """Draw what has been done, the form, and the translations."""
        t, draft = self.seat.t, self.draft
        heading(t("Type a conclusion in") if draft is None else t("Conclusion"))
        self.stands = Tag("div", None, "stands")
        self._show_steps()
        with fields.form(self._sent, "form conclusion", data_keep=self._kept()) as self.forms[""]:
            with Tag("div", None, "two"):
                with Tag("div", None, "column"):
                    conclusion_fields.text(self.seat, self.content)
                with Tag("div", None, "column"):
                    conclusion_fields.origin(self.seat, self.content)
                    self.photo = PhotoField(self.seat, self.content)
                    conclusion_fields.wanted(self.seat, self.content)
            self._buttons()
        if draft is not None:
            self._translations()

    def _kept(self, language: str = "") -> str:
        """Name the form of the conclusion, or of its translation, for what is typed there."""
        return f"{self.draft.id}-{language or 'source'}" if self.draft else "new"

    def _show_steps(self) -> None:
        self.stands.clear()
        with self.stands:
            if self.draft is not None:
                self._steps(self.draft)

    def _steps(self, draft: Draft) -> None:
        """Where the conclusion stands between table and screen."""
        t = self.seat.t
        order = (State.DRAFT, State.APPROVED, State.PUBLISHED)
        if draft.state is State.WITHDRAWN:
            Tag("p", t("Given up: it leaves the screens with the next publication."), "state")
            return
        with Tag("ol", None, "steps", aria_label=t("State")):
            for state in order:
                here = state is draft.state
                attributes = {"aria_current": "step"} if here else {}
                done = "done" if order.index(state) <= order.index(draft.state) else ""
                Tag("li", names.draft_state(t, state), done, **attributes)
        if draft.state is State.APPROVED:
            approved = t("Approved by {name}.", name=draft.approved_by)
            with Tag("p", None, "told"):
                Tag("span", approved)
                link(t("Publish it"), self.seat.path("editions"))

    def _buttons(self) -> None:
        t, draft = self.seat.t, self.draft
        with Tag("div", None, "row sticky-end"):
            fields.submit(t("Save and approve"), "approve", "knob strong")
            fields.submit(t("Save the draft"), "save", "knob")
            if draft is not None and draft.state is not State.WITHDRAWN:
                button(t("Give it up"), self._give_up, "knob quiet")
            link(t("Back"), self.seat.path("conclusions"), "knob quiet")

    def _translations(self) -> None:
        t, content = self.seat.t, self.content
        Tag("h2", t("Translations"))
        others = [x for x in self.seat.exhibition.languages if x != content.source_language]
        for language in others:
            with Tag("details", None, "translation"):
                with Tag("summary"):
                    Tag("span", native_name(language), lang=language)
                    self.states[language] = Tag("span", self._state_of(language), "state")
                kept, translated = self._kept(language), self._translated(language)
                with fields.form(translated, data_keep=kept) as self.forms[language]:
                    conclusion_fields.translation(self.seat, content, language)
                    with Tag("div", None, "row"):
                        words = t("Save in {language}", language=t.language_name(language))
                        fields.submit(words, "translate", "knob strong")

    def _state_of(self, language: str) -> str:
        t, content = self.seat.t, self.content
        if content.texts.get(language) is None:
            wanted = language in content.wanted
            return t("marked for translation") if wanted else t("not translated")
        left = conclusion_form.missing(content, language)
        if left:
            return t.plural("{n} passage missing", "{n} passages missing", left)
        return t("complete")

    def _translated(self, language: str) -> Callable[[fields.Values], Awaitable[None]]:
        async def sent(values: fields.Values) -> None:
            async with self._turn:
                content = conclusion_form.translated_content(values, self.content, language)
                await self._save(content, language, approve=False)

        return sent

    async def _sent(self, values: fields.Values) -> None:
        async with self._turn:
            content = conclusion_form.source_content(values, self.content)
            await self._save(self.photo.applied(content), "", approve=values.get("do") == "approve")

    async def _save(self, content: Content, language: str, *, approve: bool) -> None:
        """Save it from the form of this *language*, empty for that of the conclusion itself."""
        draft, seat = self.draft, self.seat
        city = draft.city if draft else seat.actor.scope_city(Permission.EDIT, seat.exhibition.id)

        def save(c: Connection, actor: Actor, now: datetime) -> Draft:
            actor.require(Permission.EDIT, seat.exhibition.id, city)
            if draft is None:
                saved = capture.begin(
                    c,
                    seat.exhibition.id,
                    content,
                    actor.display_name,
                    now,
                    city=city,
                    example=seat.exhibition.example,
                )
            else:
                saved = capture.save(c, draft.id, draft.revision, content, now)
            if not approve:
                return saved
            return capture.approve(c, saved.id, saved.revision, actor.display_name, now)

        done = seat.t("Approved.") if approve else seat.t("Saved.")
        if not await self._do(save, done):
            return
        fields.saved(self.forms[language], self._path(), self._kept(language))
        if not language:
            ui.navigate.to(self._path())
            return
        # The page stays: what is chosen, ticked or sent in the other forms is in no store yet.
        self._show_steps()
        self.states[language].say(self._state_of(language))

    async def _give_up(self) -> None:
        draft = self.draft
        assert draft is not None

        def withdraw(c: Connection, actor: Actor, now: datetime) -> Draft:
            actor.require(Permission.EDIT, draft.exhibition, draft.city)
            return capture.withdraw(c, draft.id, draft.revision, now)

        if await self._do(withdraw, self.seat.t("Given up.")):
            ui.navigate.to(self._path())

    async def _do(self, act: Act[Draft], done: str) -> bool:
        """Do it, and say what was done or why not; return whether it was.

        Whoever presses once more before the page has gone saves the same conclusion, no second one.
        """
        try:
            self.draft = await self.seat.write(act)
        except KioskError as error:
            self.seat.refused(error)
            return False
        self.content = self.draft.content
        self.seat.say(done)
        return True

    def _path(self) -> str:
        assert self.draft is not None
        return self.seat.path("conclusions", self.draft.id)
