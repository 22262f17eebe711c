"""The tables of groups' hands: one row a group and question, and others' sums at a kiosk."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Row, text

from kiosk import clock
from kiosk.voice.group import Hands, Line, from_text, to_text

# Within a kiosk its sequence decides which correction is the latest, as with ballots.
_RECORD = text(
    "INSERT INTO group_hands (question, group_id, id, size, raised, exhibition, city, place,"
    " channel, origin, seq, counted_at, example) VALUES (:question, :group, :id, :size, :raised,"
    " :exhibition, :city, :place, :channel, :origin, :seq, :counted_at, :example)"
    " ON CONFLICT (question, group_id) DO UPDATE SET id = excluded.id, size = excluded.size,"
    " raised = excluded.raised, seq = excluded.seq, counted_at = excluded.counted_at"
    " WHERE group_hands.origin = excluded.origin AND excluded.seq >= group_hands.seq"
)
_OF_QUESTION = text(
    "SELECT question, origin, city, place, 1 AS groups, size AS people, raised FROM group_hands"
    " WHERE question = :question AND raised <> ''"
    " UNION ALL SELECT question, origin, city, place, groups, people, raised FROM group_result"
    " WHERE question = :question"
)
_OF_EXHIBITION = text(
    "SELECT question, origin, city, place, 1 AS groups, size AS people, raised FROM group_hands"
    " WHERE exhibition = :exhibition AND raised <> '' AND (:examples OR NOT example)"
)
_FORGET_OTHERS = text("DELETE FROM group_result WHERE question = :question")
_FORGET_ALL_OTHERS = text("DELETE FROM group_result")
_SET = text(
    "INSERT INTO group_result (question, origin, city, place, groups, people, raised)"
    " VALUES (:question, :origin, :city, :place, :groups, :people, :raised)"
)
_UNFIT = text("SELECT question, size, raised FROM group_hands WHERE raised <> '' ORDER BY question")


def record(connection: Connection, hands: Hands, *, example: bool) -> None:
    """Write a group's hands on a question as its latest; a later one that stands stays."""
    connection.execute(
        _RECORD,
        {
            **hands.place.as_row(),
            "question": hands.question,
            "group": hands.group,
            "id": hands.id,
            "size": hands.size,
            "raised": to_text(hands.raised),
            "seq": hands.seq,
            "counted_at": clock.to_text(hands.counted_at),
            "example": example,
        },
    )


def lines(connection: Connection, question: str) -> list[Line]:
    """Return the hands on a question by origin, city and place, in a fixed order.

    At a kiosk: its own groups as it recorded them, all others as the hub last told.
    """
    return _summed(connection.execute(_OF_QUESTION, {"question": question}).all())


def of_exhibition(
    connection: Connection, exhibition: str, *, examples: bool = True
) -> dict[str, list[Line]]:
    """At a hub: the hands on each question of an exhibition that groups answered."""
    where = {"exhibition": exhibition, "examples": examples}
    by_question: dict[str, list[Row[tuple[object, ...]]]] = defaultdict(list)
    for row in connection.execute(_OF_EXHIBITION, where):
        by_question[row.question].append(row)
    return {question: _summed(rows) for question, rows in sorted(by_question.items())}


def replace_others(
    connection: Connection, question: str, own_origin: str, others: Iterable[Line]
) -> None:
    """At a kiosk: take every other origin's hands from the hub, keep its own as recorded here."""
    connection.execute(_FORGET_OTHERS, {"question": question})
    rows = [
        {
            "question": question,
            "origin": line.origin,
            "city": line.city,
            "place": line.place,
            "groups": line.groups,
            "people": line.people,
            "raised": to_text(line.raised),
        }
        for line in others
        if line.origin != own_origin
    ]
    if rows:
        connection.execute(_SET, rows)


def forget_others(connection: Connection) -> None:
    """At a kiosk: drop what the hub said of others' groups; it comes anew."""
    connection.execute(_FORGET_ALL_OTHERS)


def everything(connection: Connection) -> list[tuple[str, int, str]]:
    """Return question, size and hands (as kept) of each group's answer, for whoever checks them."""
    return [(r.question, int(r.size), r.raised) for r in connection.execute(_UNFIT)]


def _summed(rows: Sequence[Row[tuple[object, ...]]]) -> list[Line]:
    groups: Counter[tuple[str, str, str]] = Counter()
    people: Counter[tuple[str, str, str]] = Counter()
    raised: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        key = (row.origin, row.city, row.place)
        groups[key] += int(row.groups)
        people[key] += int(row.people)
        raised[key].update(dict(from_text(row.raised)))
    return [
        Line(*key, groups[key], people[key], tuple(sorted(raised[key].items())))
        for key in sorted(groups)
    ]
