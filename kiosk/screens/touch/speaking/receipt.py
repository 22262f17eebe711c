"""The receipt: received, waiting for review, and the code to take home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit
from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.session import Receipt
from kiosk.screens.touch.speaking.countdown import Countdown, longer
from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


async def show(visit: Visit) -> None:
    """Show the receipt of this visit's last comment; the code leaves after a while."""
    receipt, t = visit.session.receipt, visit.t
    if receipt is None:
        await visit.go(visit.step.to(steps.HOME))
        return
    about = visit.exhibition.exhibits.get(receipt.exhibit)
    filled = await _filled(visit, about)
    topic = visit.topic_of(about)
    with visit.swap(t("Received"), "receipt", topic):
        Tag("h1", t("Received. Waiting for review."))
        Tag("p", t("A person reads it before others see it. Your receipt tells you when."), "lead")
        with Tag("div", None, "receipt-code") as box:
            pass
        row = _ways(visit, receipt)
    light = partial(_light, visit, about, filled)
    light()
    _Hiding(visit, receipt, box, row, light)


async def _filled(visit: Visit, about: Exhibit | None) -> int:
    if about is None:
        return 0
    count = partial(fill.of_exhibit, exhibition=visit.exhibition, exhibit=about)
    return await visit.context.database.read(count)


def _light(visit: Visit, about: Exhibit | None, filled: int) -> None:
    """Fill the topic's pattern, and light the cell that this visit's voice will fill.

    It is lit before the voice is public: it says “yours is here”, in this visit alone.
    """
    visit.dock.show(visit.topic_of(about), filled + 1, filled, about=about)


class _Hiding:
    """Draws the code, and hides it when its time is over."""

    def __init__(
        self, visit: Visit, receipt: Receipt, box: Tag, row: Tag, light: Callable[[], None]
    ) -> None:
        self.visit = visit
        self.receipt = receipt
        self.box = box
        self._light = light
        self._countdown: Countdown | None = None
        if visit.context.sessions.since_boot() < receipt.hidden_at:
            visit.dock.show_receipt(f"{visit.context.public_url}/r/{plain(receipt.code)}".upper())
            visit.on_tick(self._tick)
            with row:
                self._longer = longer(visit, self._shown_for, self._prolong)
            self._show()
        else:
            self._hide()

    @property
    def _shown_for(self) -> float:
        return self.visit.context.code_shown_for.total_seconds()

    async def _tick(self) -> None:
        if self._countdown is None:
            return
        if self._countdown.left > 0:
            self._countdown.tick()
            return
        self._countdown = None
        self._longer.delete()
        # Both at once, by what is known here: the page hides the one at the side only for as long
        # as the other stands.
        self._hide()
        self._light()
        self.box.client.run_javascript("kiosk.goOn()")
        self.visit.sign()

    async def _prolong(self) -> None:
        if self._countdown is None or self._countdown.left <= 0:
            return
        now = self.visit.context.sessions.since_boot()
        self.receipt = replace(self.receipt, hidden_at=now + self._shown_for)
        self.visit.session.receipt = self.receipt
        self._show()
        self.visit.sign()

    def _hide(self) -> None:
        t = self.visit.t
        self.box.clear()
        # Only now: the seconds before would be said one by one.
        self.box.props["role"] = "status"
        with self.box:
            Tag("p", t("The code is hidden now. Anyone may know this number:"), "hint")
            self._number("voice-number")

    def _show(self) -> None:
        """Draw the code; anew when it is kept, since the page hides each by a clock of its own."""
        t = self.visit.t
        self.box.clear()
        with self.box:
            Tag("p", t("Scan the code at the side, or write this one down:"), "hint")
            code = Tag("p", self.receipt.code, "code-groups", dir="ltr")
            self._countdown = Countdown(self.visit, self.receipt.hidden_at, self._shown_for)
            code.props["data-hides-in"] = f"{self._countdown.left:.1f}"
            Tag(
                "p",
                t("With it you follow your comment, withdraw or delete it. Keep it to yourself."),
                "hint",
            )
            self._number("voice-number small")

    def _number(self, css: str) -> None:
        number = f"V-{self.receipt.voice_number}"
        Tag("p", self.visit.t("Voice {number}", number=number), css)


def plain(code: str) -> str:
    """Return a receipt's code without its hyphens, as it stands in an address."""
    return code.replace("-", "")


def _ways(visit: Visit, receipt: Receipt) -> Tag:
    t = visit.t

    with Tag("div", None, "row") as row:
        to = visit.way(steps.EXHIBIT, receipt.exhibit)
        button(t("Back to the exhibit"), to, "knob strong", "back", turns=True, data_goes_on="")
        button(t("What others said"), visit.way(steps.VOICES, receipt.exhibit), "knob", "say")
    return row
