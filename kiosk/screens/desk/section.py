"""The desk's sections: where each is, which permission opens it, and what it is called."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request

from kiosk.locale.translator import Translator
from kiosk.people.permissions import Permission
from kiosk.screens.desk.seat import Seat


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the desk at ``/<language>/<exhibition>/<path>``; *path* may hold ``{id}``.

    *title* names it in the navigation; pages below a section name it in *below* and stay out.
    """

    path: str
    permission: Permission
    title: Callable[[Translator], str]
    draw: Callable[[Seat, Request], Awaitable[None]]
    below: str = ""
    wide: bool = False
    """Whether its content fills the window."""
