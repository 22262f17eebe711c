"""Whether everything that exhibits refer to is there, and whether codes can tell them apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from kiosk.exhibition.faults import Faults, nearest
from kiosk.exhibition.model import Exhibit, Exhibition, SessionDetails, TopicDetails
from kiosk.exhibition.reading import Placed
from kiosk.exhibition.scope import Reference

TARGET_OCTETS = 3
"""Octets by which a scanned code names a question or exhibit."""


def check_references(
    exhibition: Exhibition, references: Iterable[Reference], faults: Faults
) -> None:
    """Note each reference to what is not in *exhibition*, or is of another kind than it must be."""
    parts = _parts(exhibition)
    for reference in references:
        exhibit = exhibition.exhibits.get(reference.target)
        if reference.space == "source":
            _must_be_known(reference, exhibition.sources, faults)
        elif reference.space != "exhibit":
            known = parts[reference.space]
            _must_be_known(reference, known, faults)
        elif exhibit is None:
            _must_be_known(reference, exhibition.exhibits, faults)
        elif reference.kinds and exhibit.kind not in reference.kinds:
            kinds = " or ".join(reference.kinds)
            message = f"“{reference.target}” is a {exhibit.kind}, not a {kinds}."
            cure = f"Name a {kinds}."
            faults.error("wrong-kind", reference.path, reference.line, message, cure)


def _parts(exhibition: Exhibition) -> Mapping[str, set[str]]:
    subtopics: set[str] = set()
    guiding: set[str] = set()
    for exhibit in exhibition.exhibits.values():
        if isinstance(exhibit.details, TopicDetails):
            subtopics |= {f"{exhibit.id}/{part.id}" for part in exhibit.details.subtopics}
        elif isinstance(exhibit.details, SessionDetails):
            guiding |= {f"{exhibit.id}/{part.id}" for part in exhibit.details.guiding_questions}
    return {"subtopic": subtopics, "guiding question": guiding}


def _must_be_known(reference: Reference, known: Iterable[str], faults: Faults) -> None:
    if reference.target in known:
        return
    what = reference.space
    cure = nearest(reference.target, known, f"Correct the id, or add the {what}.")
    message = f"“{reference.key}” names the {what} “{reference.target}”, which is not there."
    faults.error("dangling-reference", reference.path, reference.line, message, cure)


def target_of_question(question_id: str) -> bytes:
    """Return the three octets by which a code names a question."""
    return hashlib.sha256(question_id.encode()).digest()[:TARGET_OCTETS]


def target_of_exhibit(exhibit_id: str) -> bytes:
    """Return the three octets by which a code names an exhibit."""
    return hashlib.sha256(f"exhibit:{exhibit_id}".encode()).digest()[:TARGET_OCTETS]


def check_targets(placed: Iterable[Placed], faults: Faults) -> None:
    """Note exhibits and questions whose codes would open one another.

    Three octets tell 16 million apart; with a thousand exhibits in one exhibition, one in 34
    exhibitions would have such a pair. Zero stands for the exhibition as a whole.
    """
    taken: dict[bytes, str] = {bytes(TARGET_OCTETS): "the whole exhibition"}
    for each in placed:
        for name, target in _targets(each.exhibit):
            other = taken.setdefault(target, name)
            if other != name:
                message = f"A scanned code could not tell {name} from {other}."
                cure = "Give this exhibit another id."
                line = each.table.line("id")
                faults.error("target-collision", each.table.path, line, message, cure)


def _targets(exhibit: Exhibit) -> Iterable[tuple[str, bytes]]:
    yield f"the exhibit “{exhibit.id}”", target_of_exhibit(exhibit.id)
    if exhibit.question:
        question = exhibit.question.id
        yield f"the question “{question}”", target_of_question(question)
