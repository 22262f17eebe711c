"""Someone who stands before a touchscreen in a simulated browser: reads, touches, goes on."""

from __future__ import annotations

from nicegui.element import Element
from nicegui.testing import User

from kiosk import ids
from kiosk.screens.touch import modes
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.visit import Visit
from tests.screens.reading import Reading


class Standing(Reading):
    """One browser before one screen; its stage is read, not the bar."""

    def __init__(self, user: User, context: TouchContext) -> None:
        super().__init__(user)
        self.context = context

    async def open(
        self, path: str, *, language: str = "en", exhibition: str = "vivre-ensemble"
    ) -> None:
        """Open a step of an exhibition."""
        await self.user.open(f"/{language}/{exhibition}/{path}".rstrip("/"))

    def root(self) -> Element:
        """The stage."""
        return next(e for e in super().root().descendants() if "stage" in e.classes)

    @property
    def path(self) -> str:
        """The address of the step that is shown."""
        return str(self.root().props["data-path"])

    def touch(self, words: str) -> None:
        """Touch the first button with these words."""
        self.touch_on(self.button(words))

    def touch_on(self, element: Element, tap: str = "") -> None:
        """Touch something; *tap* is the id made on the first tap."""
        self.happens(element, "click", tap or str(ids.new_id()))

    async def comes_to(self, end: str) -> None:
        """Wait until the shown step's address ends so."""
        await self.until(lambda: self.path.endswith(end), end)

    async def in_other_words(self, page: Visit) -> None:
        """Have the page said in easy language, or as it was before: it is drawn anew."""
        chosen, step = page.session.modes, page.stage.props["data-step"]
        chosen.choose(modes.EASY, on=modes.EASY not in chosen)
        await page.reword()
        assert page.stage.props["data-step"] != step, "the page was not drawn anew"

    async def second(self, page: Visit) -> None:
        """Let a second of the page pass (its fixture is ``visits``)."""
        assert self.user.client is not None
        with self.user.client:
            await page.tick()
