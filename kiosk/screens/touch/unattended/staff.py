"""The staff corner: behind a gesture and a code, how the screen is, and what can be set on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from nicegui import ui
from sqlalchemy import Connection

from kiosk.errors import Forbidden
from kiosk.exhibition.localized import direction
from kiosk.locale.translator import Translator, translator
from kiosk.messaging import heads, outbox_store
from kiosk.screens.touch import refusal
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.unattended import told
from kiosk.screens.widgets.markup import Tag, button, icon

KEYS = "123456789"
STEP = 10
DARKEST = 20
"""Percent: darker could not be read to be set back."""
MOST = 100

BRIGHTNESS, VOLUME = "touch-brightness", "touch-volume"


def look(connection: Connection) -> told.State:
    """Read the queue to the hub, when that was heard, and what was set here."""
    waiting, oldest = outbox_store.waiting(connection)
    heard = heads.read(connection, "hub-heard-at")
    return told.State(
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
        "dialog",
        None,
        "sheet staff",
        data_name="staff",
        lang=t.language,
        dir=direction(t.language),
        aria_label=t("For staff"),
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
        with Tag("p", None, "lead staff-problem" if problem else "lead", role="status"):
            if problem:
                icon("alert")
            Tag("span", problem or t("Type the code of this screen."))
        Tag("output", "", "staff-digits", aria_label=t("Code"))
        with Tag("div", None, "staff-keys"):
            for key in KEYS:
                _key(key)
            erase = button("", None, "knob key", "backspace", aria_label=t("Delete"), data_often="")
            erase.on("click", js_handler="() => kioskStaff.erase()")
            _key("0")
        with Tag("div", None, "row"):
            enter = button(t("Open"), None, "knob strong")
            enter.on("click", js_handler="() => kioskStaff.enter()")
            _closes(t)


def _key(digit: str) -> None:
    made = button(digit, None, "knob key", data_often="")
    made.on("click", js_handler=f"() => kioskStaff.digit({int(digit)})")


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
            for fact in told.facts(self.context, t, state):
                Tag("dt", fact.name)
                with Tag("dd", None, "" if fact.is_well else "amiss"):
                    if not fact.is_well:
                        icon("alert")
                    Tag("span", fact.said)
        self._level(BRIGHTNESS, t("Brightness"), state.brightness, DARKEST)
        self._level(VOLUME, t("Volume"), state.volume, 0)
        self._acts()

    def _level(self, name: str, label: str, level: int, least: int) -> None:
        with Tag("div", None, "staff-level", role="group", aria_label=label):
            Tag("span", label)
            shown = Tag("output", self.t.percent(level / 100), "staff-figure", aria_live="polite")

            less, more = self.t("Less"), self.t("More")
            made: dict[int, Tag] = {}

            def reached(said: int) -> None:
                for step, limit in ((-STEP, least), (STEP, MOST)):
                    made[step].props["aria-disabled"] = str(said == limit).lower()
                    made[step].update()

            def by(step: int) -> Callable[[], object]:
                async def change() -> None:
                    said = await self.context.database.write(lambda c: _set(c, name, step, least))
                    shown.say(self.t.percent(said / 100))
                    shown.props.update({"data-sets": name, "data-level": str(said)})
                    shown.update()
                    reached(said)

                return change

            for step, sign, words in ((-STEP, "−", less), (STEP, "+", more)):
                made[step] = button(
                    sign, by(step), "knob round", aria_label=f"{label}: {words}", data_often=""
                )
            reached(level)

    def _acts(self) -> None:
        t = self.t
        with Tag("div", None, "row"):
            for name, label, says in (
                ("pattern", t("Test pattern"), self._of_the_pattern()),
                ("clean", t("Pause for cleaning, 30 seconds"), self._of_the_pause()),
                ("restart", t("Load the page again"), {}),
            ):
                made = button(label, None, "knob", **says)
                made.on("click", js_handler=_ACTS[name])
            _closes(t)

    def _of_the_pattern(self) -> dict[str, Any]:
        """What the pattern says of itself, which ``staff.js`` draws."""
        t = self.t
        says = t("Each touch leaves a dot. This picture closes by itself after a minute.")
        return {"data_says": says, "data_closes": t("Close")}

    def _of_the_pause(self) -> dict[str, Any]:
        """What the pause says to whoever comes by meanwhile."""
        t = self.t
        return {"data_says": t("The glass is being cleaned. The exhibition goes on in a moment.")}


_ACTS = {
    "pattern": "(event) => kioskStaff.pattern(event)",
    "clean": "(event) => kioskStaff.clean(event)",
    "restart": "() => kioskStaff.restart()",
}


def _set(connection: Connection, name: str, step: int, least: int) -> int:
    level = max(least, min(setting(connection, name) + step, MOST))
    heads.write(connection, name, str(level))
    return level
