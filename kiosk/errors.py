"""The few ways in which a request can be refused, each with a cure for the person who made it."""

from __future__ import annotations


class KioskError(Exception):
    """A refusal that a person can act on: *message* says what is wrong, *cure* what to do next.

    Both are English sentences that screens hand to the translator, with *values* for their
    placeholders in braces. *code* is stable and machine-readable; the API sends it.
    """

    code = "refused"
    status = 400

    def __init__(self, message: str, cure: str = "", **values: object) -> None:
        super().__init__(message.format_map(values) if values else message)
        self.message = message
        self.cure = cure
        self.values = values

    @property
    def remedy(self) -> str:
        """The cure in English with its placeholders filled, for the command line and the API."""
        return self.cure.format_map(self.values) if self.values else self.cure


class NotFound(KioskError):
    """What was asked for does not exist, or the asker may not know that it does."""

    code = "not-found"
    status = 404


class Forbidden(KioskError):
    """The asker is known but may not do this."""

    code = "forbidden"
    status = 403


class Conflict(KioskError):
    """Someone else changed it meanwhile, or the same id came with another body."""

    code = "conflict"
    status = 409


class QuestionClosed(KioskError):
    """The voting period has not begun or is over."""

    code = "question-closed"
    status = 409


class InvalidBallot(KioskError):
    """The choices are unknown, repeated, too many or none."""

    code = "invalid-ballot"
    status = 422


class InvalidText(KioskError):
    """A typed text is empty, too long or holds what cannot be shown."""

    code = "invalid-text"
    status = 422


class InvalidToken(KioskError):
    """A code is unknown, mistyped, forged or expired."""

    code = "invalid-token"
    status = 404


class Unavailable(KioskError):
    """The database, disk or hub cannot take it now; nothing was kept."""

    code = "unavailable"
    status = 503


class Overloaded(Unavailable):
    """Too many wait already: this was refused before anything of it was begun."""

    code = "overloaded"
