"""The staff corner: behind a gesture and a code, how the screen is, and what can be set on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from nicegui import ui
from sqlalchemy import Connection

from kiosk import __version__
from kiosk.errors import Forbidden
from kiosk.locale.translator import Translator, translator
from kiosk.messaging import heads, outbox_store
from kiosk.screens import theme
from kiosk.screens.touch import refusal
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.unattended import condition
from kiosk.screens.widgets.markup import Tag, button

KEYS = "123456789"
STEP = 10
DARKEST = 20
"""Percent: darker could not be read to be set back."""
MOST = 100

BRIGHTNESS, VOLUME = "touch-brightness", "touch-volume"


@dataclass(frozen=True, slots=True)
class State:
    """What staff are told of a screen."""

    waiting: int
    oldest: datetime | None
    heard: datetime | None
    brightness: int = MOST
    volume: int = MOST


def look(connection: Connection) -> State:
    """Read the queue to the hub, when that was heard, and what was set here."""
    waiting, oldest = outbox_store.waiting(connection)
    heard = heads.read(connection, "hub-heard-at")
    return State(
        waiting,
        oldest,
        datetime.fromisoformat(heard) if heard else None,
        setting(connection, BRIGHTNESS),
        setting(connection, VOLUME),
    )


def setting(connection: Connection, name: str) -> int:
    """Read brightness or volume in percent."""
    value = heads.read(connection, name, str(MOST))
    return int(value) if value.isdigit() else MOST


def ambience(context: TouchContext) -> dict[str, str]:
    """Return what the page's root says of brightness and volume."""
    read = context.database.read_now
    return {
        "data-brightness": str(read(lambda c: setting(c, BRIGHTNESS))),
        "data-volume": str(read(lambda c: setting(c, VOLUME))),
    }


def dialog(context: TouchContext) -> None:
    """Put the closed corner into a page; ``staff.js`` opens it by the gesture."""
    t = translator(context.languages[0])
    box = Tag(
        "dialog", None, "sheet staff", data_name="staff", lang=t.language, aria_label=t("For staff")
    )
    with box:
        pad = Tag("div", None, "staff-pad")

    async def tried(event: object) -> None:
        try:
            await context.staff_code.check(str(getattr(event, "args", "")))
        except Forbidden as error:
            _ask(t, pad, refusal.sentence(t, error))
            return
        box.clear()
        with box:
            await Corner(context, t).draw()

    _ask(t, pad, "")
    ui.on("kiosk-code", tried)


def _ask(t: Translator, pad: Tag, problem: str) -> None:
    pad.clear()
    with pad:
        Tag("h2", t("For staff"))
        Tag("p", problem or t("Type the code of this screen."), "lead", role="status")
        Tag("output", "", "staff-digits", aria_label=t("Code"))
        with Tag("div", None, "staff-keys"):
            for key in (*KEYS, "0"):
                made = button(key, None, "knob", data_often="")
                made.on("click", js_handler=f"() => kioskStaff.digit({int(key)})")
        with Tag("div", None, "row"):
            enter = button(t("Open"), None, "knob strong")
            enter.on("click", js_handler="() => kioskStaff.enter()")
            _closes(t)


def _closes(t: Translator) -> None:
    button(t("Close"), None, "knob").on("click", js_handler="() => kioskStaff.close()")


class Corner:
    """The open corner on one page."""

    def __init__(self, context: TouchContext, t: Translator) -> None:
        self.context = context
        self.t = t

    async def draw(self) -> None:
        """Show state and controls."""
        t = self.t
        state = await self.context.database.read(look)
        Tag("h2", t("For staff"))
        with Tag("dl", None, "staff-state"):
            for name, said in self._facts(state):
                Tag("dt", name)
                Tag("dd", said)
        self._level(BRIGHTNESS, t("Brightness"), state.brightness, DARKEST)
        self._level(VOLUME, t("Volume"), state.volume, 0)
        self._acts()

    def _facts(self, state: State) -> list[tuple[str, str]]:
        t, now = self.t, self.context.clock()
        queue = t.plural("{n} message waits", "{n} messages wait", state.waiting)
        if state.oldest:
            queue = t("{queue}, the oldest for {age}", queue=queue, age=_age(t, now - state.oldest))
        heard = t("never") if state.heard is None else _ago(t, now - state.heard)
        hung = [self.context.shelf.get(i) for i in self.context.shelf.ids()]
        editions = ", ".join(f"{h.exhibition.id} {h.edition[:8]}" for h in hung if h)
        return [
            (t("Screen"), f"{self.context.number} · {self.context.place}"),
            (t("To the hub"), queue if state.waiting else t("nothing waits")),
            (t("Hub last heard"), heard),
            (t("Edition"), editions or t("none yet")),
            (t("Fonts"), self._fonts()),
            (t("Disk"), self._disk()),
            (t("Software"), __version__),
        ]

    def _fonts(self) -> str:
        t, missing = self.t, theme.missing_fonts(self.context.front_end)
        if not missing:
            return t("all here")
        lacks = t.plural("{n} file is missing", "{n} files are missing", len(missing))
        return t("{lacks}; other fonts of this machine stand in. Set it up again.", lacks=lacks)

    def _disk(self) -> str:
        t, free = self.t, condition.room(self.context.staff_code.path.parent)
        left = t("{megabytes} MB free", megabytes=t.number(free // 1024**2))
        if free >= condition.LEAST_ROOM:
            return left
        return t("{left}: full. Make room, or no vote and no word can be kept.", left=left)

    def _level(self, name: str, label: str, level: int, least: int) -> None:
        with Tag("div", None, "staff-level", role="group", aria_label=label):
            Tag("span", label)
            shown = Tag("output", self.t.percent(level / 100), "staff-figure", aria_live="polite")

            def by(step: int) -> Callable[[], object]:
                async def change() -> None:
                    said = await self.context.database.write(lambda c: _set(c, name, step, least))
                    shown.say(self.t.percent(said / 100))
                    shown.props.update({"data-sets": name, "data-level": str(said)})
                    shown.update()

                return change

            less, more = self.t("Less"), self.t("More")
            button("−", by(-STEP), "knob round", aria_label=f"{label}: {less}", data_often="")
            button("+", by(STEP), "knob round", aria_label=f"{label}: {more}", data_often="")

    def _acts(self) -> None:
        t = self.t
        with Tag("div", None, "row"):
            for name, label in (
                ("pattern", t("Test pattern")),
                ("clean", t("Pause for cleaning, 30 seconds")),
                ("restart", t("Load the page again")),
            ):
                made = button(label, None, "knob")
                made.on("click", js_handler=_ACTS[name])
            _closes(t)


_ACTS = {
    "pattern": "(event) => kioskStaff.pattern(event)",
    "clean": "(event) => kioskStaff.clean(event)",
    "restart": "() => kioskStaff.restart()",
}


def _set(connection: Connection, name: str, step: int, least: int) -> int:
    level = max(least, min(setting(connection, name) + step, MOST))
    heads.write(connection, name, str(level))
    return level


def _age(t: Translator, age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 120:
        return t.plural("{n} minute", "{n} minutes", minutes)
    return t.plural("{n} hour", "{n} hours", minutes // 60)


def _ago(t: Translator, age: timedelta) -> str:
    return t("{age} ago", age=_age(t, age))
