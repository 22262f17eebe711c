"""Guiding questions as residents answer them: what addresses name them by, and comments."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.exhibition.model import Exhibit, Exhibition, Kind, Passage, SessionDetails

PART = "_"
"""Parts an exhibit's id from that of one of its parts, such as a guiding question of a session."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A guiding question: its session, its words, and the exhibit with its vote, if any."""

    session: Exhibit
    passage: Passage
    put_as: str

    @property
    def subject(self) -> str:
        """How addresses name it: ``session_question``."""
        return f"{self.session.id}{PART}{self.passage.id}"

    @property
    def key(self) -> str:
        """What a comment on it carries as its question."""
        return f"{self.session.id}/{self.passage.id}"


def exhibit_of(subject: str) -> str:
    """Return the id of the exhibit that a subject names, without that of a part of it."""
    return subject.partition(PART)[0]


def of_session(session: Exhibit) -> tuple[Asked, ...]:
    """Return the guiding questions of a session."""
    details = session.details
    if not isinstance(details, SessionDetails):
        return ()
    return tuple(Asked(session, p, details.put_as.get(p.id, "")) for p in details.guiding_questions)


def every(exhibition: Exhibition) -> tuple[Asked, ...]:
    """Return the guiding questions of all sessions, in the order of the files."""
    return tuple(a for session in exhibition.of_kind(Kind.SESSION) for a in of_session(session))


def find(exhibition: Exhibition, subject: str) -> Asked | None:
    """Return the guiding question that a subject names."""
    return next((a for a in every(exhibition) if a.subject == subject), None)


def question_of(exhibition: Exhibition, subject: str) -> str:
    """Return what a comment answers there: a guiding question, the exhibit's own, or nothing."""
    guiding = find(exhibition, subject)
    if guiding is not None:
        return guiding.key
    exhibit = exhibition.exhibits.get(exhibit_of(subject))
    return exhibit.question.id if exhibit is not None and exhibit.question else ""
