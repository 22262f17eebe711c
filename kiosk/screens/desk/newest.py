"""What was read earlier and arrives later changes nothing any more."""

from __future__ import annotations


class Newest:
    """Counts the looks of a page: its own each second, and one after each thing that is done.

    They read beside each other. Drawn last, the older one would show what is over: a wall that has
    its name would be gone again, and the host's choice of it with it.
    """

    def __init__(self) -> None:
        self._begun = 0
        self._shown = 0

    def begin(self) -> int:
        """Return the number of a look that begins to read now."""
        self._begun += 1
        return self._begun

    def shows(self, look: int) -> bool:
        """Whether to show what a look has read: only where nothing newer is shown."""
        if look < self._shown:
            return False
        self._shown = look
        return True
