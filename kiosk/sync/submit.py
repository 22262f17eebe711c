"""What a visitor does at a kiosk: kept in its own database and put in the outbox, in one go."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from msgspec import structs
from sqlalchemy import Connection

from kiosk import ids
from kiosk.errors import Forbidden, NotFound, QuestionClosed
from kiosk.messaging import outbox_store
from kiosk.sync import bodies
from kiosk.voice import actions, comment_actions, comment_store, support_actions, support_store
from kiosk.voice.ballot import Cast, Counted
from kiosk.voice.comment import Comment, NewComment, Status
from kiosk.voice.report_store import Report
from kiosk.voice.support import Support


def cast_ballot(connection: Connection, cast: Cast, now: datetime) -> Counted:
    """Count a ballot here and tell the hub; the same id again changes nothing.

    Raises:
        NotFound, QuestionClosed, InvalidBallot: as :func:`kiosk.voice.actions.cast_ballot`.
    """
    if outbox_store.has(connection, cast.id):
        standing = actions.ballot_of(connection, cast.question, cast.participant) or ()
        return Counted(standing, standing)
    numbered = structs.replace(cast, seq=outbox_store.next_seq(connection))
    counted = actions.cast_ballot(connection, numbered, now)
    body = bodies.of_ballot(numbered)
    outbox_store.add(connection, numbered.seq, numbered.id, "ballot", body, now)
    return counted


def withdraw_ballot(connection: Connection, cast: Cast, now: datetime) -> Counted:
    """Take a ballot out of the count here and at the hub; *cast* names it.

    Raises:
        QuestionClosed: the vote is over.
    """
    empty = structs.replace(cast, choices=(), seq=outbox_store.next_seq(connection))
    counted = actions.withdraw_ballot(connection, empty, now)
    outbox_store.add(connection, empty.seq, empty.id, "ballot", bodies.of_ballot(empty), now)
    return counted


def submit_comment(
    connection: Connection, new: NewComment, kiosk_number: int, now: datetime
) -> Comment:
    """Keep a comment as waiting and tell the hub; the same id again returns the one kept.

    Its public voice number is given here.

    Raises:
        InvalidText: it is empty or too long.
    """
    known = comment_store.get(connection, new.id)
    if known is not None:
        return known
    numbered = replace(
        new, voice_number=comment_actions.next_voice_number(connection, kiosk_number)
    )
    kept = comment_actions.submit_comment(connection, numbered, now)
    body = bodies.of_comment(replace(numbered, text=kept.text))
    seq = outbox_store.next_seq(connection)
    outbox_store.add(connection, seq, new.id, "comment", body, now)
    return kept


def report_comment(connection: Connection, report: Report, now: datetime) -> None:
    """Keep a visitor's notice and tell the hub; the same id again changes nothing.

    Raises:
        NotFound: this comment is not public.
        InvalidText: the ground is unknown, or the words are too long.
    """
    if outbox_store.has(connection, report.id):
        return
    comment_actions.report_comment(connection, report, now)
    seq = outbox_store.next_seq(connection)
    outbox_store.add(connection, seq, report.id, "report", bodies.of_report(report), now)


def support(connection: Connection, given: Support, now: datetime) -> None:
    """Count a visitor's agreement with a comment (or take it back) and tell the hub.

    The same id again changes nothing.

    Raises:
        NotFound: the comment is not public any more.
    """
    if outbox_store.has(connection, given.id):
        return
    numbered = replace(given, seq=outbox_store.next_seq(connection))
    support_actions.give(connection, numbered, now)
    body = bodies.of_support(numbered)
    outbox_store.add(connection, numbered.seq, numbered.id, "support", body, now)


def take_back(connection: Connection, receipt_hash: str, now: datetime, *, erase: bool) -> None:
    """Withdraw, or erase, the comment behind a receipt here and at the hub.

    Raises:
        Forbidden: no comment of this kiosk has this receipt.
    """
    comment = comment_store.by_receipt(connection, receipt_hash)
    if comment is None:
        raise Forbidden("This code was not given out here.", "Open it on your phone.")
    status = Status.ERASED if erase else Status.WITHDRAWN
    if comment.status == status:
        return
    comment_store.empty(connection, comment.id, status)
    if erase:
        _erase_what_goes_with_it(connection, comment, now)
    seq = outbox_store.next_seq(connection)
    kind = "comment.erased" if erase else "comment.withdrawn"
    outbox_store.add(connection, seq, ids.new_id(), kind, {"comment": comment.id}, now)


def _erase_what_goes_with_it(connection: Connection, comment: Comment, now: datetime) -> None:
    """The words that wait in the outbox go; open votes and what was agreed with are taken back."""
    gone = {"comment": comment.id}
    outbox_store.replace_body(connection, comment.id, "comment.erased", gone)
    for question in actions.ballots_of_participant(connection, comment.participant):
        vote = Cast(ids.new_id(), question, comment.participant, (), comment.place, now)
        with suppress(QuestionClosed):  # a vote that is over stays as it was counted
            withdraw_ballot(connection, vote, now)
    support_store.forget(connection, comment.id)
    agreed = support_store.given_by(connection, comment.place.exhibition, comment.participant)
    for other in sorted(agreed):
        back = Support(ids.new_id(), other, comment.participant, False, comment.place, now)
        with suppress(NotFound):  # what is not shown any more is counted nowhere
            support(connection, back, now)
