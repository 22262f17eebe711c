"""The bodies of messages and feed entries, and the voices they stand for (docs/protocol.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from kiosk import clock
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment, PublicAnswer, PublicComment
from kiosk.voice.place import Place
from kiosk.voice.report_store import Report
from kiosk.voice.support import Line as SupportLine
from kiosk.voice.support import Support
from kiosk.voice.tally import Line


class _Voice(msgspec.Struct, frozen=True, kw_only=True):
    exhibition: str
    city: str
    place: str
    channel: str

    def where(self, origin: str) -> Place:
        return Place(self.exhibition, self.city, self.place, self.channel, origin)


class Ballot(_Voice, frozen=True, kw_only=True):
    """Message ``ballot``: the latest choices of a participant; none withdraws."""

    question: str
    participant: str
    choices: list[str]
    cast_at: str

    def cast(self, message_id: str, seq: int, origin: str) -> Cast:
        """Return the ballot as one is counted by itself."""
        return Cast(
            id=message_id,
            question=self.question,
            participant=self.participant,
            choices=tuple(self.choices),
            place=self.where(origin),
            cast_at=clock.from_text(self.cast_at),
            seq=seq,
        )


read_ballot = msgspec.json.Decoder(Ballot).decode


class Comment(_Voice, frozen=True, kw_only=True):
    """Message ``comment``: a resident's comment, waiting for review."""

    exhibit: str
    question: str
    text: str
    language: str
    participant: str
    receipt_hash: str
    voice_number: str
    written_at: str
    example: bool = False

    def comment(self, message_id: str, origin: str) -> NewComment:
        """Return the comment as the hub keeps it."""
        return NewComment(
            id=message_id,
            exhibit=self.exhibit,
            question=self.question,
            text=self.text,
            language=self.language,
            participant=self.participant,
            receipt_hash=self.receipt_hash,
            voice_number=self.voice_number,
            place=self.where(origin),
            written_at=clock.from_text(self.written_at),
            example=self.example,
        )


class ReportMade(_Voice, frozen=True, kw_only=True):
    """Message ``report``: a visitor's notice about a published comment."""

    comment: str
    ground: str
    text: str
    made_at: str

    def report(self, message_id: str, origin: str) -> Report:
        """Return the report as the hub keeps it."""
        return Report(
            id=message_id,
            comment=self.comment,
            place=self.where(origin),
            ground=self.ground,
            text=self.text,
            made_at=clock.from_text(self.made_at),
            state="open",
            example=False,
        )


class SupportGiven(_Voice, frozen=True, kw_only=True):
    """Message ``support``: a participant's agreement with a comment, or that it is taken back."""

    comment: str
    participant: str
    given: bool
    given_at: str

    def support(self, message_id: str, seq: int, origin: str) -> Support:
        """Return the support as the hub counts it."""
        return Support(
            id=message_id,
            comment=self.comment,
            participant=self.participant,
            given=self.given,
            place=self.where(origin),
            given_at=clock.from_text(self.given_at),
            seq=seq,
        )


class TakenBack(msgspec.Struct, frozen=True):
    """Messages ``comment.withdrawn`` and ``comment.erased``."""

    comment: str


def _where(place: Place) -> dict[str, str]:
    row = place.as_row()
    del row["origin"]  # the hub knows from the credential who is speaking
    return row


def of_ballot(cast: Cast) -> dict[str, Any]:
    """Return the body of a ``ballot`` message."""
    return {
        **_where(cast.place),
        "question": cast.question,
        "participant": cast.participant,
        "choices": list(cast.choices),
        "cast_at": clock.to_text(cast.cast_at),
    }


def of_comment(new: NewComment) -> dict[str, Any]:
    """Return the body of a ``comment`` message."""
    return {
        **_where(new.place),
        "exhibit": new.exhibit,
        "question": new.question,
        "text": new.text,
        "language": new.language,
        "participant": new.participant,
        "receipt_hash": new.receipt_hash,
        "voice_number": new.voice_number,
        "written_at": clock.to_text(new.written_at),
        "example": new.example,
    }


def of_report(report: Report) -> dict[str, Any]:
    """Return the body of a ``report`` message."""
    return {
        **_where(report.place),
        "comment": report.comment,
        "ground": report.ground,
        "text": report.text,
        "made_at": clock.to_text(report.made_at),
    }


def of_support(support: Support) -> dict[str, Any]:
    """Return the body of a ``support`` message."""
    return {
        **_where(support.place),
        "comment": support.comment,
        "participant": support.participant,
        "given": support.given,
        "given_at": clock.to_text(support.given_at),
    }


def public_comment(body: dict[str, Any]) -> PublicComment:
    """Read a ``comment`` feed entry whose state is ``published``."""
    return PublicComment(
        id=body["id"],
        exhibition=body["exhibition"],
        exhibit=body["exhibit"],
        question=body["question"],
        city=body["city"],
        place=body["place"],
        channel=body["channel"],
        language=body["language"],
        text=body["text"],
        published_at=clock.from_text(body["published_at"]),
        voice_number=body["voice_number"],
        example=body["example"],
    )


def public_answer(body: dict[str, Any]) -> PublicAnswer:
    """Read an ``answer`` feed entry whose state is ``released``."""
    corrected: datetime | None = None
    if body.get("corrected_at"):
        corrected = clock.from_text(body["corrected_at"])
    return PublicAnswer(
        id=body["id"],
        text=body["text"],
        language=body["language"],
        author=body["author"],
        office=body["office"],
        city=body["city"],
        released_at=clock.from_text(body["released_at"]),
        corrected_at=corrected,
    )


def support_lines(body: dict[str, Any]) -> list[SupportLine]:
    """Read the lines of a ``support`` feed entry."""
    return [SupportLine(*row) for row in body["rows"]]


def tally_lines(body: dict[str, Any]) -> list[Line]:
    """Read the lines of a ``tally`` feed entry."""
    return [Line(*row) for row in body["rows"]]
