"""The code of the staff corner: six digits or more, kept as a hash, guessed in vain."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import Forbidden
from kiosk.people import passwords, secret_file

DIGITS = 8
TRIES = 5
"""Wrong codes before the corner is locked."""

LOCKED_S = 300.0
"""Seconds for which it is; twice as long after each further wrong code, an hour at most."""


def new_code() -> str:
    """Return a random code, which is typed on a screen in public."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def keep(path: Path, code: str) -> None:
    """Write a code's hash to a file that its owner alone can read.

    Raises:
        Unavailable: it cannot be written; the code before stays.
    """
    secret_file.write(path, passwords.hash_password(f"corner-{code}").encode("ascii"))


@dataclass(slots=True)
class StaffCode:
    """Checks codes; counts by a clock that no setting moves."""

    path: Path
    seconds: Callable[[], float] = time.monotonic
    wrong: int = 0
    locked_until: float = 0.0

    def is_set(self) -> bool:
        """Whether a code was made for this screen."""
        return self.path.is_file()

    async def check(self, code: str) -> None:
        """Return where *code* is right.

        Raises:
            Forbidden: it is wrong, none was made, or too many were tried.
        """
        left = self.locked_until - self.seconds()
        if left > 0:
            raise Forbidden(
                "Too many wrong codes.", "Try again in {n} minutes.", n=int(left // 60) + 1
            )
        stored = self.path.read_text(encoding="ascii") if self.is_set() else None
        if await passwords.matches_aside(stored, f"corner-{code}"):
            self.wrong = 0
            return
        self.wrong += 1
        if self.wrong >= TRIES:
            doublings = min(self.wrong - TRIES, 4)
            self.locked_until = self.seconds() + min(LOCKED_S * 2**doublings, 3_600)
        if stored is None:
            raise Forbidden(
                "No code was made for this screen.", "An operator makes one: kiosk corner."
            )
        raise Forbidden("This code is wrong.", "Type it again.")
