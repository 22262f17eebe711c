"""Leading a debate: which walls, which scene, about what; they follow within a second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nicegui import ui
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import InvalidText, KioskError
from kiosk.exhibition.model import Exhibit
from kiosk.moderation import leading
from kiosk.moderation.wall import ALL, SceneKind, SceneName, Wall
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk import fields, wall_rows, wall_voices, wall_words
from kiosk.screens.desk.newest import Newest
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import heading
from kiosk.screens.desk.wall_rows import WallRows
from kiosk.screens.desk.wall_voices import WallVoices
from kiosk.screens.widgets.markup import Tag

LOOK_EVERY_S = 1.0
ITSELF = "itself"


async def draw(seat: Seat, request: Request) -> None:
    """Draw the page, and keep what the walls show fresh."""
    del request
    t = seat.t
    heading(
        t("Walls"),
        t("What walls show in a debate. It is there within a second, and what you take down goes."),
    )
    page = _Walls(seat)
    await page.look()
    ui.timer(LOOK_EVERY_S, page.look, immediate=False)


class _Walls:
    """One open page."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.question = ""
        self._looks = Newest()
        t = seat.t
        with Tag("div", None, "leading-page"):
            with fields.form(self._sent, "leading") as form:
                with Tag("div", None, "leading-walls"):
                    self.rows = WallRows(seat, self._forget)
                with Tag("div", None, "leading-scenes"):
                    fields.choice(t("About"), "question", self._questions())
                    self._scenes()
                    self.voices = WallVoices(seat)
            form.on("change", lambda event: self._chosen(event.args), js_handler=fields.TYPED)
            self._naming()

    def _questions(self) -> list[tuple[str, str]]:
        """Every question of the exhibition: a closed one's tally can be shown, too."""
        every = self.seat.exhibition.exhibits.values()
        asked = [e.question for e in every if e.question is not None]
        whole = self.seat.t("The whole exhibition")
        return [("", whole), *((q.id, wall_words.text_of(self.seat, q)) for q in asked)]

    def _scenes(self) -> None:
        t = self.seat.t
        scenes = (
            (SceneKind.QUESTION, t("Ask the question"), "q"),
            (SceneKind.TALLY, t("Show its tally"), "t"),
            (SceneKind.VOICES, t("Show the ticked voices"), "v"),
            (SceneKind.ANSWER, t("Show the ticked one’s answer"), "a"),
            (SceneKind.MAP, t("Show the map"), "m"),
        )
        with Tag("div", None, "controls scenes", role="group", aria_label=t("Show")):
            for kind, words, key in scenes:
                _submit(words, str(kind), "knob strong", key)
            _submit(t("By itself"), ITSELF, "knob quiet", "p")

    def _naming(self) -> None:
        t = self.seat.t
        with Tag("details", None, "naming"):
            Tag("summary", t("Give a wall a name, to lead it apart"))
            with fields.form(self._named):
                hint = t("Where it hangs: “Great hall”. It then has an address of its own.")
                fields.line(t("Name"), "name", hint=hint, maxlength=str(leading.LONGEST_NAME))
                fields.choice(
                    t("City"), "city", self.seat.cities(Permission.LEAD_WALLS, t("no city"))
                )
                fields.submit(t("Give it this name"), "name", "knob")

    async def look(self) -> bool:
        """Read afresh what the walls show, and which voices are public; return whether it could."""
        look = self._looks.begin()
        try:
            found = await self.seat.read(wall_rows.find(self.seat))
            voices = await self.seat.read(wall_voices.find(self.seat, self.question))
        except KioskError as error:
            self.seat.refused(error)
            return False
        if self._looks.shows(look):
            self.rows.tell(found)
            self.voices.tell(voices)
        return True

    async def _chosen(self, values: fields.Values) -> None:
        self.rows.chosen = str(values.get("wall") or self.rows.chosen)
        question = str(values.get("question", ""))
        if question != self.question:
            self.question = question
            await self.look()

    async def _sent(self, values: fields.Values) -> None:
        # None is chosen where hers has lost its name: that is what she is told then.
        self.rows.chosen = str(values.get("wall") or self.rows.chosen)
        city, _, wall = self.rows.chosen.partition("/")
        exhibition = self.seat.exhibition.id
        try:
            scene = self._scene(values)

            def lead(c: Connection, actor: Actor, now: datetime) -> None:
                leading.lead(c, city, wall, scene, actor, exhibition, now)

            t = self.seat.t
            told = t("The walls show it now.") if scene else t("The walls go on by themselves.")
            await self._do(lead, told)
        except KioskError as error:
            self.seat.refused(error)

    def _scene(self, values: fields.Values) -> SceneName | None:
        """Return what the form asks for; None: by itself.

        Raises:
            InvalidText: a question is to be chosen first.
        """
        do, question = str(values.get("do", "")), str(values.get("question", ""))
        ticked: Sequence[str] = values.get("voices") or ()
        if do == ITSELF:
            return None
        kind = SceneKind(do)
        if kind is SceneKind.VOICES:
            return SceneName.of_voices(tuple(ticked)) if ticked else SceneName(kind, ",")
        if kind is SceneKind.ANSWER:
            return SceneName(kind, ticked[0] if ticked else "-")
        if not _is_asked(wall_words.asking(self.seat, question)):
            if kind is SceneKind.MAP:
                return SceneName(kind, ALL)
            raise InvalidText("No question is chosen.", "Choose what it is about.")
        return SceneName(kind, question)

    async def _named(self, values: fields.Values) -> None:
        name, city = str(values.get("name", "")), str(values.get("city", ""))
        exhibition = self.seat.exhibition.id

        def give(c: Connection, actor: Actor, now: datetime) -> Wall:
            return leading.name_wall(c, name, city, actor, exhibition, now)

        try:
            wall = await self.seat.write(give)
        except KioskError as error:
            self.seat.refused(error)
            return
        t = self.seat.t
        if await self.look():
            self.seat.say(t("{name} can be led apart. Open its address there.", name=wall.name))

    async def _forget(self, wall: Wall) -> None:
        def forget(c: Connection, actor: Actor, now: datetime) -> None:
            leading.forget_wall(c, wall.city, wall.id, actor, wall.exhibition, now)

        try:
            await self._do(forget, self.seat.t("This wall has no name here any more."))
        except KioskError as error:
            self.seat.refused(error)

    async def _do(self, act: Act[None], done: str) -> None:
        await self.seat.write(act)
        if await self.look():
            self.seat.say(done)


def _is_asked(exhibit: Exhibit | None) -> bool:
    return exhibit is not None and exhibit.question is not None


def _submit(words: str, do: str, css: str, key: str) -> None:
    """A button that sends the form, pressed by its key from anywhere on the page."""
    made = Tag("button", None, css, type="submit", name_="do", value=do, data_key=key)
    made.props["aria-keyshortcuts"] = key.upper()
    with made:
        Tag("span", words)
        Tag("kbd", key.upper(), aria_hidden="true")
