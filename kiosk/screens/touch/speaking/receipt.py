"""The receipt: received, waiting for review, and the code to take home."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit
from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.session import Receipt
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
        _ways(visit, receipt)
    _light(visit, about, filled)
    _Hiding(visit, receipt, box)


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

    def __init__(self, visit: Visit, receipt: Receipt, box: Tag) -> None:
        self.visit = visit
        self.receipt = receipt
        self.box = box
        self._hidden = True
        if visit.context.sessions.since_boot() < receipt.hidden_at:
            self._hidden = False
            visit.dock.show_receipt(f"{visit.context.public_url}/r/{plain(receipt.code)}".upper())
            visit.on_tick(self._tick)
        self._draw()

    @property
    def _left(self) -> float:
        return self.receipt.hidden_at - self.visit.context.sessions.since_boot()

    async def _tick(self) -> None:
        if not self._hidden and self._left <= 0:
            self._hidden = True
            self._draw()
            self.visit.sign()
            about = self.visit.exhibition.exhibits.get(self.receipt.exhibit)
            _light(self.visit, about, await _filled(self.visit, about))

    def _draw(self) -> None:
        t = self.visit.t
        self.box.clear()
        with self.box:
            if self._hidden:
                Tag("p", t("The code is hidden now. Anyone may know this number:"), "hint")
                Tag(
                    "p",
                    t("Voice {number}", number=f"V-{self.receipt.voice_number}"),
                    "voice-number",
                )
                return
            Tag("p", t("Scan the code at the side, or write this one down:"), "hint")
            Tag("p", self.receipt.code, "code-groups", dir="ltr")
            with Tag("div", None, "countdown", aria_hidden="true"):
                Tag("div").style(f"animation-duration:{max(self._left, 0):.0f}s")
            Tag(
                "p",
                t("With it you follow your comment, withdraw or delete it. Keep it to yourself."),
                "hint",
            )
            Tag(
                "p",
                t("Voice {number}", number=f"V-{self.receipt.voice_number}"),
                "voice-number small",
            )


def plain(code: str) -> str:
    """Return a receipt's code without its hyphens, as it stands in an address."""
    return code.replace("-", "")


def _ways(visit: Visit, receipt: Receipt) -> None:
    t = visit.t

    with Tag("div", None, "row"):
        to = visit.way(steps.EXHIBIT, receipt.exhibit)
        button(t("Back to the exhibit"), to, "knob strong", "back", turns=True)
        button(t("What others said"), visit.way(steps.VOICES, receipt.exhibit), "knob", "say")
