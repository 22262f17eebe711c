"""``[[tour]]``: the five exhibits that a guided tour leads through, and the minutes for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.exhibition.model import Exhibit, Stop
from kiosk.exhibition.reading import Reading
from kiosk.exhibition.scope import Reference
from kiosk.exhibition.toml_table import Table

STOPS = 5
MINUTES = 30
"""A tour is five exhibits in thirty minutes: what fits a lesson with the way there and back."""

LONGEST_STOP = 15


@dataclass(frozen=True, slots=True)
class Planned:
    """A stop as it was read, with the table that says so."""

    stop: Stop
    table: Table


def read_tour(reading: Reading, head: Table) -> tuple[Planned, ...]:
    """Read the stops of an exhibition's tour; none where it offers none."""
    tables = head.tables("tour")
    planned = tuple(_stop(reading, table) for table in tables)
    if planned and len(planned) != STOPS:
        message = f"A guided tour has {STOPS} exhibits; this one has {len(planned)}."
        cure = f"Write {STOPS} times [[tour]], or leave all of them out: then no tour is offered."
        tables[0].error("tour-stops", "", message, cure)
    _check_minutes(planned)
    _check_repeated(planned)
    return planned


def check_tour(planned: Sequence[Planned], exhibits: Mapping[str, Exhibit]) -> None:
    """Note a stop at which a group could raise no hands."""
    for each in planned:
        exhibit = exhibits.get(each.stop.exhibit)
        if exhibit is not None and exhibit.question is None:
            message = f"“{exhibit.id}” asks nothing, so a group has nothing to raise hands for."
            cure = "Name an exhibit with a question."
            each.table.error("tour-asks-nothing", "exhibit", message, cure)


def _stop(reading: Reading, table: Table) -> Planned:
    target = table.slug("exhibit", required=True)
    if target:
        line = table.line("exhibit")
        reading.references.append(Reference(table.path, line, "exhibit", target))
    minutes = table.whole("minutes", 1, LONGEST_STOP)
    table.finish()
    return Planned(Stop(target, minutes), table)


def _check_minutes(planned: Sequence[Planned]) -> None:
    together = sum(each.stop.minutes for each in planned)
    if len(planned) == STOPS and together != MINUTES:
        message = f"The stops of the tour take {together} minutes together."
        cure = f"Let their minutes add up to {MINUTES}."
        planned[0].table.error("tour-minutes", "", message, cure)


def _check_repeated(planned: Sequence[Planned]) -> None:
    seen: set[str] = set()
    for each in planned:
        if each.stop.exhibit in seen:
            message = f"The tour comes to “{each.stop.exhibit}” twice."
            each.table.error("tour-repeated", "exhibit", message, "Name another exhibit.")
        seen.add(each.stop.exhibit)
