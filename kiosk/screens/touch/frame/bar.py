"""The bar at the foot of every screen: accessibility, back, start, the end, language, notice."""

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
        with Tag("nav", None, "bar", aria_label=t("Controls of this screen")):
            self._access()
            self.back = button(
                "",
                visit.back,
                "knob round strong",
                "back",
                turns=True,
                aria_label=t("Back"),
                data_back="",
            )
            self.home = button(t("Start"), visit.way(steps.HOME), sign="home", data_home="")
            self.group = button("", visit.way(steps.GROUP), "knob", "group", data_group="")
            with self.group:
                self._size = Tag("span", "")
            self.done = button(t("I am done"), visit.end, sign="finish", data_done="")
            self.search = button(
                "",
                visit.way(steps.SEARCH),
                "knob round",
                "search",
                aria_label=t("Search"),
                data_search="",
            )
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
            button(
                t("Legal notice"),
                visit.way(steps.LEGAL, "imprint"),
                "knob quiet legal-knob",
                "legal",
                aria_label=t("Legal notice"),
            )

    def _access(self) -> None:
        """The control that stays in the same corner of every screen, for who sees or reaches less.

        Held for a second and a half it has the screen read aloud (aloud.js).
        """
        made = button(
            "",
            css="knob round access-knob",
            sign="access",
            data_opens="access",
            aria_haspopup="dialog",
            aria_label=self.visit.t("Accessibility"),
        )
        made.on("click", js_handler="(event) => kiosk.open(event)")

    def fit(self) -> None:
        """Show what the present step can use."""
        screen = self.visit.step.screen
        attract, home = screen == steps.ATTRACT, screen == steps.HOME
        self.back.set_visibility(not attract and not home)
        self.home.set_visibility(not home)
        party = self.visit.party
        self.group.set_visibility(party is not None and bool(party.size) and not attract)
        if party is not None:
            self._size.say(self.visit.t("Group: {n}", n=self.visit.t.number(party.size)))
        # A group's session is ended on its own page, where nobody does it by mistake.
        self.done.set_visibility(not attract and party is None)
        self.search.set_visibility(not attract and screen != steps.SEARCH)
        self.calls.set_visibility(attract)
        self.language.set_visibility(not attract)
