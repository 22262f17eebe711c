"""What only some kinds of exhibit have: ``[exhibit.<kind>]`` read into the model's details."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from zoneinfo import available_timezones

from kiosk.exhibition.countries import COUNTRIES, MADE_UP
from kiosk.exhibition.faults import nearest
from kiosk.exhibition.model import (
    CityDetails,
    CommitmentDetails,
    ConclusionDetails,
    DeclarationDetails,
    Details,
    Kind,
    Moment,
    Passage,
    PracticeDetails,
    SessionDetails,
    TimelineDetails,
    WordDetails,
)
from kiosk.exhibition.scope import Row
from kiosk.exhibition.toml_table import Table

FORMS = ("dialogue", "workshop", "plenary")
ROLES = ("signatory", "host", "spoke", "observatory", "twin", "partner")
STATUSES = ("unknown", "planned", "begun", "done", "dropped")


def read_details(row: Row, kind: Kind) -> Details:
    """Read the table named after the exhibit's kind, where that kind has one."""
    reader = _READERS.get(kind)
    if reader is None:
        return None
    table = row.table.table(str(kind))
    if table is None:
        if kind is not Kind.CONCLUSION:
            message = f"A {kind} needs a table [exhibit.{kind}]."
            row.table.error("missing-details", "", message, "See docs/editor.md for its keys.")
            return None
        return ConclusionDetails()
    details = reader(row, table)
    table.finish()
    return details


def _conclusion(row: Row, table: Table) -> ConclusionDetails:
    session = row.scope.refer(table, "session", Kind.SESSION)
    guiding_question = table.slug("guiding_question")
    if guiding_question:
        target = f"{session}/{guiding_question}"
        row.scope.refer_to_part(table, "guiding_question", target, "guiding question")
    return ConclusionDetails(
        statements=row.passages(table, "statements", "statement"),
        dissent=row.passages(table, "dissent", "dissent"),
        session=session,
        guiding_question=guiding_question,
        approved_by=table.text("approved_by"),
        approved_at=table.moment("approved_at"),
    )


def _declaration(row: Row, table: Table) -> DeclarationDetails:
    signatories = row.scope.refer_to_all(table, "signatories", Kind.CITY)
    return DeclarationDetails(table.day("signed_on"), signatories)


def _session(row: Row, table: Table) -> SessionDetails | None:
    day = table.day("day", required=True)
    starts_at, ends_at = table.moment("starts_at"), table.moment("ends_at")
    if starts_at and ends_at and starts_at >= ends_at:
        table.error("date-order", "ends_at", "The session ends before it starts.", "Correct it.")
    if day and starts_at and abs(starts_at.date() - day) > timedelta(days=1):
        table.error("date-order", "starts_at", "The session starts on another day.", "Correct it.")
    zones = table.strings("zones")
    for zone in zones:
        if zone not in _zones():
            cure = nearest(zone, _zones(), "Write it like Europe/Paris.")
            table.error("unknown-zone", "zones", f"There is no time zone {zone[:80]!r}.", cure)
    places = row.scope.refer_to_all(table, "zone_places", Kind.CITY)
    if len(places) != len(zones):
        message = f"{len(zones)} zones, but {len(places)} places."
        table.error("zones-unbalanced", "zone_places", message, "Name one city per zone.")
    form = table.one_of("form", FORMS, "unknown-form", "workshop")
    guiding, put_as = _guiding_questions(row, table)
    if day is None:
        return None
    return SessionDetails(day, starts_at, ends_at, zones, places, form, guiding, put_as)


@cache
def _zones() -> frozenset[str]:
    """Python opens some six hundred files for each look at them."""
    return frozenset(available_timezones())


def _guiding_questions(row: Row, table: Table) -> tuple[tuple[Passage, ...], dict[str, str]]:
    """Read the guiding questions, and the exhibits that put some of them to residents."""
    found, put_as = [], {}
    for each in table.tables("guiding_questions"):
        passage = row.passage(each, "guiding")
        exhibit = row.scope.refer(each, "exhibit", Kind.QUESTION, Kind.STATEMENT)
        if exhibit:
            put_as[passage.id] = exhibit
        found.append(passage)
        each.finish()
    return tuple(found), put_as


def _timeline(row: Row, table: Table) -> TimelineDetails:
    found = []
    for each in table.tables("moments"):
        moment = _moment(row, each)
        each.finish()
        if moment:
            found.append(moment)
    return TimelineDetails(tuple(sorted(found, key=lambda moment: moment.day)))


def _moment(row: Row, table: Table) -> Moment | None:
    passage = row.passage(table, "moment", required=False)
    day, last_day = table.day("day", required=True), table.day("last_day")
    if day and last_day and last_day <= day:
        table.error("date-order", "last_day", "The last day is not after the first.", "Correct it.")
    exhibit = row.scope.refer(table, "exhibit")
    summit = row.scope.refer(table, "summit", Kind.CITY)
    if not passage.id or day is None:
        return None
    title = row.text(f"moment-title {passage.id}", required=True)
    return Moment(passage.id, day, last_day, passage, title, exhibit, summit)


def _commitment(row: Row, table: Table) -> CommitmentDetails:
    return CommitmentDetails(
        city=row.scope.refer(table, "city", Kind.CITY, required=True),
        body=row.text("body", required=True),
        decided_on=table.day("decided_on"),
        status=table.one_of("status", STATUSES, "unknown-status", "unknown"),
        follows_from=row.scope.refer_to_all(table, "follows_from", Kind.CONCLUSION),
    )


def _city(row: Row, table: Table) -> CityDetails:
    latitude = table.number("latitude", -90, 90)
    longitude = table.number("longitude", -180, 180)
    country = table.text("country", required=True)
    known = COUNTRIES | MADE_UP if row.scope.example else COUNTRIES
    if country and country not in known:
        cure = "Write the two capital letters of ISO 3166, such as FR."
        table.error("unknown-country", "country", f"There is no country {country[:20]!r}.", cure)
    roles = table.strings("roles")
    for role in roles:
        if role not in ROLES:
            cure = nearest(role, ROLES, f"Write any of: {', '.join(ROLES)}.")
            table.error("unknown-role", "roles", f"There is no role {role[:80]!r}.", cure)
    twins = row.scope.refer_to_all(table, "twins", Kind.CITY)
    return CityDetails(latitude, longitude, country, roles, twins)


def _word(row: Row, table: Table) -> WordDetails | None:
    speaker = table.text("speaker", required=True)
    office = row.text("office", required=True)
    city = row.scope.refer(table, "city", Kind.CITY, required=True)
    said_on = table.day("said_on", required=True)
    return WordDetails(speaker, office, city, said_on) if said_on else None


def _practice(row: Row, table: Table) -> PracticeDetails:
    city = row.scope.refer(table, "city", Kind.CITY, required=True)
    return PracticeDetails(city, table.slugs("fields"))


_READERS: dict[Kind, Callable[[Row, Table], Details]] = {
    Kind.CONCLUSION: _conclusion,
    Kind.DECLARATION: _declaration,
    Kind.SESSION: _session,
    Kind.TIMELINE: _timeline,
    Kind.COMMITMENT: _commitment,
    Kind.CITY: _city,
    Kind.WORD: _word,
    Kind.PRACTICE: _practice,
}
