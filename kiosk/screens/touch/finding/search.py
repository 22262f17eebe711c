"""The search: a field, the keyboard, and what is found while one types; then all of it, in groups.

What was typed is kept in the visit's memory until it ends, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.exhibition.search_index import Found
from kiosk.screens.touch.finding import search_groups, search_results
from kiosk.screens.touch.texts import reading
from kiosk.screens.widgets.keyboard import Keyboard, names
from kiosk.screens.widgets.markup import Tag, button, icon

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

FIELD = "search-field"

WORDS = "words"
"""Under which the visit's memory keeps what is looked for."""

LONGEST = 80
"""Characters of what is looked for."""

TYPED = """(event) => {
  const typed = event.target.value;
  if (typed.includes("\\n")) event.target.value = typed.replace(/\\s*\\n\\s*/g, " ").trim();
  emit(typed);
}"""
"""The key that would begin a new line shows everything instead."""


async def show(visit: Visit) -> None:
    """Show the field; who comes back finds what was found before."""
    await Search(visit).open()


class Search:
    """One screen in two states: *typing*, with the keyboard, and reading, without it."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.found = Found()
        self.typing = not self.query
        self._searching = False

    @property
    def query(self) -> str:
        """What this visit looks for."""
        return self.visit.session.looks_for.get(WORDS, "")

    async def open(self) -> None:
        """Draw the screen."""
        if self.query:
            await self._look()
        visit, t = self.visit, self.visit.t
        with visit.swap(t("Search"), "search") as self._screen:
            with Tag("search"):
                Tag("h1", t("What are you looking for?"), id="search-title")
                with Tag("div", None, "search-line"):
                    icon("search")
                    self._field_box = Tag("div", None, "search-box")
                    self._all = button("", self._read, "knob strong", data_all="")
                    # At the line's end: what comes and goes before it does not move it.
                    self._clear = button("", self._forget, "knob round", "close")
                    self._clear.props.update({"aria-label": t("Clear the field")})
            self._said = Tag("div", None, "search-said", role="status")
            with reading.column(visit):
                self._results = Tag("div", None, "search-results")
            with Tag("div", None, "search-keys") as self._keys:
                keyboard = Keyboard(t, FIELD)
                keyboard.props["names"] = {**names(t), "{enter}": t("Show everything found")}
        self._draw_field()
        self._draw()
        visit.dock.show(None)
        visit.on_change(self._changed)

    def _draw_field(self) -> None:
        """Draw the field anew: what another than the visitor writes into it is its first value."""
        self._field_box.clear()
        with self._field_box:
            field = Tag(
                "textarea",
                None,
                FIELD,
                rows="1",
                maxlength=str(LONGEST),
                spellcheck="false",
                autocomplete="off",
                inputmode="none",
                dir="auto",
                placeholder=self.visit.t("A word, a city, a topic"),
                aria_labelledby="search-title",
            )
        field.props.update({"defaultValue": self.query})
        if self.typing:
            field.props.update({"data-first-focus": ""})
        field.on("input", self._typed, js_handler=TYPED)
        field.on("pointerdown", self._write, js_handler="(event) => emit()")

    async def _typed(self, event: object) -> None:
        typed = str(getattr(event, "args", ""))[:LONGEST]
        self.visit.session.looks_for[WORDS] = " ".join(typed.split())
        self.typing = not ("\n" in typed and self.query)
        await self._look_again()

    async def _look_again(self) -> None:
        """Search for what stands in the field now; what was typed meanwhile is searched after."""
        if self._searching:
            return
        self._searching = True
        try:
            looked_for: str | None = None
            while looked_for != self.query:
                async with self.visit.in_turn():
                    looked_for = self.query
                    await self._look()
                    if looked_for == self.query:
                        self._draw()
        finally:
            self._searching = False

    async def _look(self) -> None:
        visit, query = self.visit, self.query
        context, exhibition = visit.context, visit.exhibition
        languages = (visit.step.language, *exhibition.fallbacks())
        found = await context.database.read(
            lambda connection: context.finder.find(
                connection, exhibition, query, languages, context.clock()
            )
        )
        if query == self.query:  # what was looked for before may be found later
            self.found = replace(found, hits=search_groups.ranked(found.hits))

    def _draw(self) -> None:
        self._screen.classes(
            add="seeking" if self.typing else "", remove="" if self.typing else "seeking"
        )
        self._keys.set_visibility(self.typing)
        hits = len(self.found.hits)
        self._clear.set_visibility(bool(self.query))
        self._all.set_visibility(self.typing and hits > search_results.BRIEF)
        self._all.say(self.visit.t.plural("Show {n} result", "Show all {n} results", hits))
        self._say()
        self._results.clear()
        with self._results:
            self._draw_results()

    def _draw_results(self) -> None:
        if not self.query:
            Tag("p", self.visit.t("Or begin with a topic:"), "hint")
            search_results.topics(self.visit)
        elif not self.found.hits:
            search_results.nothing(self.visit, self.query, self.found, self._other)
        elif self.typing:
            search_results.brief(self.visit, self.found)
        else:
            search_results.Groups(self.visit, self.found)

    def _say(self) -> None:
        """Say how much was found, and for which words where those typed stand nowhere."""
        t, hits = self.visit.t, len(self.found.hits)
        self._said.clear()
        if not self.query:
            return
        with self._said:
            Tag("p", t.plural("{n} result", "{n} results", hits), "strong" if hits else "unseen")
            if self.found.meant:
                meant = t.quote(" ".join(self.found.meant))
                said = t("Shown for {words}, which is spelt nearly so.", words=meant)
                Tag("p", said, data_unread="")  # nobody in the hall hears what was typed

    def _other(self, word: str) -> Callable[[], object]:
        async def look() -> None:
            self.visit.session.looks_for[WORDS] = word
            self._draw_field()
            await self._look_again()

        return look

    async def _forget(self) -> None:
        self.visit.session.looks_for.pop(WORDS, None)
        self.typing = True
        self._draw_field()
        await self._look_again()

    def _read(self) -> None:
        self.typing = False
        self._draw()

    def _write(self) -> None:
        if not self.typing:
            self.typing = True
            self._draw()

    async def _changed(self) -> None:
        """A voice that was taken down leaves at once; nothing else moves under a finger."""
        if not self.query:
            return
        shown = [hit.entry for hit in self.found.hits]
        await self._look()
        if [hit.entry for hit in self.found.hits] != shown:
            self._draw()
