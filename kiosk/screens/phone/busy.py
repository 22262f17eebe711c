"""The page for who comes while too many wait: set once a language, for it must cost very little.

A hub that refuses by a page of half a millisecond can be kept busy with refusing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from kiosk.errors import Overloaded
from kiosk.screens.phone import problems
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.hall import Hall
from kiosk.screens.phone.visit import begin


@dataclass(eq=False)
class BusyPages:
    """The pages of one state of the hall, by language; they lead to the first page."""

    context: PublicContext
    _hall: Hall | None = None
    _kept: dict[str, Response] = field(default_factory=dict)

    async def of(self, scope: Scope, error: Overloaded) -> Response:
        """Return the page in the visitor's language, as :func:`problems.refused` makes it."""
        if self._hall is not self.context.hall:
            self._kept, self._hall = {}, self.context.hall
        anybody = Request({**scope, "path": "/", "raw_path": b"/", "query_string": b""})
        language = begin(anybody).t.language
        if language not in self._kept:
            self._kept[language] = await problems.refused(anybody, error)
        return self._kept[language]
