"""What visitors and kiosks were told is kept, and when: the measure of every image."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.faults.power.recorder import Recorder


@dataclass
class Told:
    """Ids in the order in which somebody was told; each with the operations recorded by then."""

    recorder: Recorder
    kept: list[tuple[int, str]] = field(default_factory=list)
    erased: list[tuple[int, str]] = field(default_factory=list)

    def before_all(self, kept: set[str], erased: set[str]) -> None:
        """This had been told in an earlier life of the database."""
        self.kept += [(0, id) for id in kept]
        self.erased += [(0, id) for id in erased]

    def keeps(self, id: str) -> None:
        """Somebody was told just now that this is kept."""
        self.kept.append((len(self.recorder.done), id))

    def erases(self, comment: str) -> None:
        """Somebody was told just now that this comment is erased."""
        self.erased.append((len(self.recorder.done), comment))

    def kept_by(self, operations: int) -> set[str]:
        """Return what had been told when so many operations were done."""
        return {id for at, id in self.kept if at <= operations}

    def erased_by(self, operations: int) -> set[str]:
        """Return the comments that had been erased when so many operations were done."""
        return {id for at, id in self.erased if at <= operations}
