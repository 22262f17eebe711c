"""A group before this screen: opened by a facilitator's code, known by a number, then forgotten."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk import ids
from kiosk.voice.group import Raised


@dataclass(slots=True)
class Party:
    """What a group's session holds beside the visit's: nothing of anybody in it.

    *code* is the id of the code that opened it, *id* an opaque one under which its hands are
    recorded, made anew each time; *hands* what was recorded, by question, with the size it had.
    """

    exhibition: str
    code: str
    id: str = field(default_factory=ids.new_id)
    size: int = 0
    hands: dict[str, tuple[int, Raised]] = field(default_factory=dict)
    correcting: str = ""
    """The question whose recorded numbers are being put right."""
