"""One official answer: written beside what it answers, seen as on the screen, then released."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from nicegui import ui
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk import clock, ids
from kiosk.errors import KioskError, NotFound
from kiosk.locale.translator import LANGUAGES, native_name
from kiosk.moderation import answers, queue_store
from kiosk.moderation.answers import LONGEST, Draft
from kiosk.people import staff_store
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor, Scope
from kiosk.screens.desk import fields
from kiosk.screens.desk.buttons import button, link
from kiosk.screens.desk.preview import Preview
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import heading
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, foreign
from kiosk.voice import answer_store
from kiosk.voice.answer_store import OfficialAnswer
from kiosk.voice.comment import Comment, Status


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer, or None while it is new, with what it answers and every wording it has had."""

    answer: OfficialAnswer | None
    comments: list[Comment]
    wordings: list[tuple[str, str, str, datetime]]
    """Language, text, who wrote it, when."""


async def draw(seat: Seat, request: Request) -> None:
    """Draw the answer named in the address, or a new one to the comments named there.

    Raises:
        NotFound: there is none, or it is not of her city.
    """
    wanted = request.path_params["id"]
    asked = request.query_params.getlist("c")
    found = await seat.read(_find(seat.exhibition.id, wanted, asked))
    _Answer(seat, found, ids.new_id() if wanted == "new" else wanted, asked).draw()


def _find(exhibition: str, wanted: str, asked: list[str]) -> Act[_Found]:
    def find(c: Connection, actor: Actor, _: datetime) -> _Found:
        scope = actor.scope(Permission.READ_ANSWERS, exhibition)
        if wanted == "new":
            return _Found(None, _public(c, scope, asked), [])
        answer = answer_store.get(c, wanted)
        hers = answer is not None and answer.exhibition == exhibition
        if answer is None or not hers or not scope.reaches(answer.city):
            raise NotFound("This answer is not known here.", "Go back to the answers.")
        comments = _public(c, scope, answer_store.comments_of(c, wanted))
        staff = staff_store.names(c)
        wordings = [
            (w.language, w.text, staff.get(w.written_by, ""), clock.from_text(w.written_at))
            for w in answer_store.revisions(c, wanted)
        ]
        return _Found(answer, comments, wordings)

    return find


def _public(connection: Connection, scope: Scope, comments: Sequence[str]) -> list[Comment]:
    """Return those that are public now: an office reads no others, whatever an address names."""
    found = queue_store.several(connection, scope, comments)
    return [comment for comment in found if comment.status is Status.PUBLISHED]


class _Answer:
    """One open page of an answer."""

    def __init__(self, seat: Seat, found: _Found, id: str, asked: list[str]) -> None:
        self.seat = seat
        self.found = found
        self.id = id
        self.asked = asked
        self.answer = found.answer

    @property
    def revision(self) -> int:
        """The revision that she reads."""
        return self.answer.revision if self.answer else 0

    @property
    def state(self) -> str:
        """``new``, ``draft``, ``released`` or ``withdrawn``."""
        return self.answer.state if self.answer else "new"

    def _kept(self) -> str:
        """Name the form for what is typed there: each page of a new answer draws another id."""
        if self.answer is None:
            return f"new-{ids.digest(' '.join(sorted(self.asked)))}"
        return self.id

    def draw(self) -> None:
        """Draw what is answered, the form and the preview."""
        t = self.seat.t
        titles = {"new": t("New answer"), "draft": t("Draft of an answer")}
        heading(titles.get(self.state, t("Official answer")))
        with Tag("div", None, "two answer-page"):
            with Tag("section", None, "column"):
                self._form()
                self._history()
            with Tag("section", None, "column"):
                Tag("h2", t("As on the screen"))
                self.place = Tag("div")
                text = self.answer.text if self.answer else ""
                language = self.answer.language if self.answer else self.seat.language
                self._show_asked(text, language)

    def _show_asked(self, text: str, language: str) -> None:
        """Tell how many it answers, and show it below their words."""
        t, asked = self.seat.t, self.found.comments
        if self.state != "withdrawn":
            many = t.plural("It answers {n} resident.", "It answers {n} residents.", len(asked))
            self.many.say(many)
        self.place.clear()
        with self.place:
            self.preview = Preview(self.seat, asked, self._signed())
        self.preview.show(text, language)

    def _signed(self) -> tuple[str, str]:
        if self.answer is not None and self.answer.author:
            return self.answer.author, self.answer.office
        exhibition, city = self.seat.exhibition.id, self._city()
        grant = self.seat.actor.grant_for(Permission.RELEASE_ANSWER, exhibition, city)
        if grant is not None:
            return self.seat.actor.display_name, grant.office
        return self.seat.t("The mayor who releases it"), ""

    def _city(self) -> str:
        if self.answer is not None:
            return self.answer.city
        return self.found.comments[0].place.city if self.found.comments else ""

    def _form(self) -> None:
        t, answer = self.seat.t, self.answer
        if self.state == "withdrawn":
            Tag("p", t("This answer was taken off the screens."), "state")
            return
        self.many = Tag("p", "", "told")
        with fields.form(self._sent, data_keep=self._kept()) as self.form:
            self.form.on("input", lambda e: self._typed(e.args), js_handler=fields.TYPED)
            options = [(code, native_name(code)) for code in LANGUAGES]
            fields.choice(
                t("Written in"), "language", options, answer.language if answer else self._spoken()
            )
            fields.area(
                t("Answer"),
                "text",
                answer.text if answer else "",
                t(
                    "What you will do, by when, or why not. At most {most} characters.",
                    most=LONGEST,
                ),
                rows=9,
                maxlength=str(LONGEST),
                dir="auto",
            )
            self._buttons()

    def _spoken(self) -> str:
        """The language that most of those who asked wrote in, as far as the desk speaks it."""
        spoken = [c.language for c in self.found.comments if c.language in LANGUAGES]
        return max(spoken, key=spoken.count) if spoken else self.seat.language

    def _buttons(self) -> None:
        t, seat = self.seat.t, self.seat
        releases = seat.actor.may(Permission.RELEASE_ANSWER, seat.exhibition.id, self._city())
        with Tag("div", None, "row"):
            if self.state in {"new", "draft"}:
                if releases:
                    fields.submit(t("Release in my name"), "release", "knob strong")
                fields.submit(t("Save the draft"), "save", "knob" if releases else "knob strong")
            elif releases:
                fields.submit(t("Release the correction"), "correct", "knob strong")
                button(t("Take off the screens"), self._withdraw, "knob quiet")
            link(t("Back"), seat.path("answers"), "knob quiet")
        if not releases:
            told = t("The mayor releases it; until then nobody outside reads it.")
            Tag("p", told, "hint")

    def _history(self) -> None:
        t = self.seat.t
        if len(self.found.wordings) < 2:
            return
        Tag("h2", t("Earlier wordings"))
        with Tag("ol", None, "decisions"):
            for language, text, who, at in reversed(self.found.wordings[:-1]):
                with Tag("li"):
                    foreign("p", text, language)
                    Tag("p", f"{who} · {words.moment(t, at)}", "by")

    def _typed(self, values: fields.Values) -> None:
        self.preview.show(str(values.get("text", "")), str(values.get("language", "")))

    async def _sent(self, values: fields.Values) -> None:
        text, language = str(values.get("text", "")), str(values.get("language", ""))
        draft = Draft(
            self.id, language, text, tuple(c.id for c in self.found.comments), self.revision
        )
        acts: dict[str, tuple[Act[OfficialAnswer], str]] = {
            "save": (
                lambda c, actor, now: answers.save_draft(c, draft, actor, now),
                self.seat.t("The draft is saved."),
            ),
            "release": (_save_and_release(draft), self.seat.t("Released.")),
            "correct": (
                lambda c, actor, now: answers.correct(c, self.id, self.revision, text, actor, now),
                self.seat.t("The correction is released."),
            ),
        }
        do = str(values.get("do", "save"))
        if not await self._do(*acts.get(do, acts["save"])):
            await self._look_again(text, language)

    async def _withdraw(self) -> None:
        await self._do(
            lambda c, actor, now: answers.withdraw(c, self.id, self.revision, actor, now),
            self.seat.t("Taken off the screens."),
        )

    async def _look_again(self, text: str, language: str) -> None:
        """Leave out what is not public any more; what she typed stays as it is."""
        ids = [comment.id for comment in self.found.comments]
        exhibition = self.seat.exhibition.id

        def look(c: Connection, actor: Actor, _: datetime) -> list[Comment]:
            return _public(c, actor.scope(Permission.READ_ANSWERS, exhibition), ids)

        with suppress(KioskError):  # why it was refused is told already
            self.found = replace(self.found, comments=await self.seat.read(look))
            self._show_asked(text, language)

    async def _do(self, act: Act[OfficialAnswer], done: str) -> bool:
        """Do it, and say what was done or why not; return whether it was."""
        before = self.state
        try:
            self.answer = await self.seat.write(act)
        except KioskError as error:
            self.seat.refused(error)
            return False
        path = self.seat.path("answers", self.id)
        fields.saved(self.form, path, self._kept())
        self.seat.say(done)
        if before != self.state or self.state == "released":
            ui.navigate.to(path)
        return True


def _save_and_release(draft: Draft) -> Act[OfficialAnswer]:
    def act(c: Connection, actor: Actor, now: datetime) -> OfficialAnswer:
        saved = answers.save_draft(c, draft, actor, now)
        return answers.release(c, saved.id, saved.revision, actor, now)

    return act
