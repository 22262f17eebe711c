"""The bar at the foot of every screen: back, start, language and legal notice, always in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.locale.translator import native_name
from kiosk.screens.touch import step as steps
from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


class Bar:
    """Controls that would do nothing on the present step are not shown."""

    def __init__(self, visit: Visit) -> None:
        t = visit.t
        self.visit = visit
        with Tag("nav", None, "bar", aria_label=t("Ways through the exhibition")):
            self.back = button(
                "", visit.back, "knob round strong", "back", turns=True, aria_label=t("Back")
            )
            self.home = button(t("Start"), self._home, sign="home")
            self.finish = button(t("Finish"), visit.end, sign="finish")
            self.calls = Tag("div", None, "calls")
            Tag("span", None, "space")
            language = button(
                native_name(visit.step.language),
                sign="language",
                data_opens="language",
                aria_haspopup="dialog",
                aria_label=t("Language: {name}", name=native_name(visit.step.language)),
            )
            language.on("click", js_handler="(event) => kiosk.open(event)")
            self.language = language
            button(t("Legal notice"), self._legal, "knob quiet legal-knob", "legal")

    def fit(self) -> None:
        """Show what the present step can use."""
        screen = self.visit.step.screen
        attract, home = screen == steps.ATTRACT, screen == steps.HOME
        self.back.set_visibility(not attract and not home)
        self.home.set_visibility(not attract and not home)
        self.finish.set_visibility(home)
        self.calls.set_visibility(attract)
        self.language.set_visibility(not attract)

    async def _home(self) -> None:
        await self.visit.go(self.visit.step.to(steps.HOME))

    async def _legal(self) -> None:
        await self.visit.go(self.visit.step.to(steps.LEGAL, "imprint"))
