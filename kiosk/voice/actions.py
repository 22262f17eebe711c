"""What a participant does with a question: votes, changes the vote, withdraws it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk.errors import Conflict, KioskError, NotFound
from kiosk.exhibition.model import Exhibition
from kiosk.voice import ballot_store, batch_store, question_memory, question_store, tally_store
from kiosk.voice.ballot import Asked, Cast, Counted
from kiosk.voice.batch_store import Standing
from kiosk.voice.tally import Tally, difference

ballot_of = ballot_store.of
ballots_of_participant = ballot_store.of_participant


def register_questions(connection: Connection, exhibition: Exhibition, now: datetime) -> None:
    """Write down every question of an edition that is being released.

    Raises:
        Conflict: a question that has ballots would change its kind or choices (rule 12).
    """
    for exhibit in exhibition.exhibits.values():
        question = exhibit.question
        if question is None:
            continue
        before = question_store.get(connection, question.id)
        changed = before is not None and (before.kind, before.choices) != (
            str(question.kind),
            question.choice_ids(),
        )
        if changed and ballot_store.any_for(connection, question.id):
            raise Conflict(
                "The question {id} has votes and cannot change its choices.",
                "Give the new question an id of its own.",
                id=question.id,
            )
        question_store.keep(
            connection, exhibition.id, exhibit.id, question, example=exhibition.example, now=now
        )


def cast_ballot(connection: Connection, cast: Cast, now: datetime) -> Counted:
    """Count a ballot as its participant's latest on the question.

    Raises:
        NotFound: the question was never released here.
        QuestionClosed: *now* is outside the voting period.
        InvalidBallot: the choices are unknown, repeated, too many or none.
    """
    asked = _known(question_store.get(connection, cast.question))
    asked.check(cast.choices)
    asked.check_open(now)
    return _count(connection, cast, now, example=asked.example)


def cast_ballots(
    connection: Connection, sent: Sequence[tuple[Cast, datetime]]
) -> list[Counted | KioskError]:
    """Count many ballots as :func:`cast_ballot` does one, each with the moment of its arrival.

    Returns in the same order what became of each, or why it was refused. It is for
    ``database.write_each``: a hall that votes at once shares statements as well as a commit.
    """
    asked = {cast.question for cast, _ in sent}
    known = question_memory.recall(connection, asked)
    outcomes: list[Counted | KioskError | None] = [None] * len(sent)
    while waiting := [n for n, outcome in enumerate(outcomes) if outcome is None]:
        refused = dict(_refusals(sent, waiting, known.questions))
        if refused and known.recalled:  # what was remembered may count, but refuses nobody
            known = question_memory.look_up(connection, asked)
            continue
        for n, error in refused.items():
            outcomes[n] = error
        turn = _one_of_each_participant(sent, [n for n in waiting if n not in refused])
        ballots = [(*sent[n], known.questions[sent[n][0].question].example) for n in turn]
        stood = batch_store.count(connection, ballots, known.version) if ballots else {}
        if stood is None:
            known = question_memory.look_up(connection, asked)
            continue
        for index, n in enumerate(turn):
            outcomes[n] = _counted(connection, sent[n][0], stood.get(index))
    return [outcome for outcome in outcomes if outcome is not None]


def count_received(connection: Connection, cast: Cast, now: datetime) -> Counted:
    """Count at the hub what a kiosk already called counted, also when the vote is over by now.

    Raises:
        InvalidBallot: the choices are none of the question's.
    """
    asked = question_store.get(connection, cast.question)
    if asked is not None and cast.choices:
        asked.check(cast.choices)
    return _count(connection, cast, now, example=asked.example if asked else False)


def withdraw_ballot(connection: Connection, cast: Cast, now: datetime) -> Counted:
    """Take a participant's ballot out of the count; *cast* names it with no choices.

    A vote that is over stays as it was counted. Where none stands nothing is written: anyone can
    make up a phone's mark, and each row would keep the question's choices as they are.

    Raises:
        QuestionClosed: the vote is over.
    """
    asked = question_store.get(connection, cast.question)
    if asked is not None:
        asked.check_open(now)
    if ballot_store.of(connection, cast.question, cast.participant) is None:
        return Counted((), ())
    example = asked.example if asked else False
    return _count(connection, replace(cast, choices=()), now, example=example)


def _count(connection: Connection, cast: Cast, now: datetime, *, example: bool) -> Counted:
    """Write ballot and tally in the same transaction."""
    change = ballot_store.count(connection, cast, now, example=example)
    if change is None:
        standing = ballot_store.of(connection, cast.question, cast.participant)
        return Counted(standing or (), standing or ())
    moved = difference(change.before, cast.choices)
    tally_store.move(connection, cast.question, change.place, moved)
    return Counted(cast.choices, change.before)


def _refusals(
    sent: Sequence[tuple[Cast, datetime]], waiting: Sequence[int], known: Mapping[str, Asked]
) -> Iterator[tuple[int, KioskError]]:
    """Yield the waiting ballots that cannot be counted, each with the reason."""
    good: set[tuple[str, tuple[str, ...]]] = set()
    for n in waiting:
        cast, now = sent[n]
        key = (cast.question, cast.choices)
        if key in good:
            continue
        try:
            asked = _known(known.get(cast.question))
            asked.check(cast.choices)
            asked.check_open(now)
        except KioskError as error:
            yield n, error
        else:
            if asked.always_open:
                good.add(key)


def _known(asked: Asked | None) -> Asked:
    if asked is None:
        raise NotFound("This question is not known here.", "Scan the code on the screen again.")
    return asked


def _one_of_each_participant(
    sent: Sequence[tuple[Cast, datetime]], waiting: list[int]
) -> list[int]:
    """Return the first waiting ballot of each participant on each question."""
    first: dict[tuple[str, str], int] = {}
    for n in waiting:
        first.setdefault((sent[n][0].question, sent[n][0].participant), n)
    return list(first.values())


def _counted(connection: Connection, cast: Cast, stood: Standing | None) -> Counted:
    """Return what became of a ballot, given what stood before it."""
    if stood is None:
        return Counted(cast.choices, None)
    if stood.before is None:
        standing = ballot_store.of(connection, cast.question, cast.participant) or ()
        return Counted(standing, standing)
    return Counted(cast.choices, stood.before)


def tally_of(connection: Connection, question: str) -> Tally:
    """Return what the question's ballots add up to."""
    return tally_store.of(connection, question)


def seal_closed(connection: Connection, now: datetime) -> int:
    """Cut the ballots of questions that are over from their identifiers; return how many."""
    return sum(ballot_store.seal(connection, q.id) for q in question_store.closed(connection, now))
