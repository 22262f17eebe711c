"""A page that says its own language and direction, whichever languages Quasar has a pack for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast, get_args

from nicegui import app, ui
from nicegui.language import Language
from nicegui.translations import translations

from kiosk.locale.languages import direction

PATIENCE_S = 20.0
"""Seconds that a page may take to be built. The framework's three are an error page on a machine
that is starting everything at once, or does something else meanwhile."""

PACKS: tuple[str, ...] = get_args(Language)
NO_PACK: Language = "en-US"
"""Quasar's own words, which none of our pages shows, for a language that it has no pack for."""


def pack(language: str) -> Language:
    """Return the name of the Quasar pack that is nearest to a language.

    The language's own; else that of one region (``bs-BA`` for ``bs``); else that of the language
    without its script (``sr`` for ``sr-Latn``); else English.
    """
    for wanted in (language, language.partition("-")[0]):
        regional = (name for name in PACKS if name.startswith(f"{wanted}-"))
        found = wanted if wanted in PACKS else next(regional, "")
        if found:
            return cast("Language", found)
    return NO_PACK


class Page(ui.page):
    """A route of a NiceGUI screen in one language.

    *said* is put in place of NiceGUI's own words, by NiceGUI's names of them.
    """

    def __init__(
        self, path: str, language: str, said: Mapping[str, str] | None = None, **options: Any
    ) -> None:
        super().__init__(path, language=pack(language), response_timeout=PATIENCE_S, **options)
        # Else Quasar names its pack on the page: "en-US" for whatever it has no pack for.
        app.config.quasar_config["lang"] = {"noHtmlAttrs": True}
        own = json.dumps({"lang": language, "dir": direction(language)})
        self._head = f"<script>Object.assign(document.documentElement, {own})</script>"
        self._pack, self._said = pack(language), said

    def __call__(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Make *func* build the page."""

        @wraps(func)
        async def build(*values: Any, **named: Any) -> Any:
            ui.add_head_html(self._head)
            return await func(*values, **named)

        return super().__call__(build)

    def resolve_language(self) -> Language:
        """Return the pack; NiceGUI looks its words up by it next, and languages may share one."""
        if self._said is not None:
            translations[self._pack] = dict(self._said)
        return self._pack
