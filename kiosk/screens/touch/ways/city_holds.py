"""What an exhibition holds of a city: what it does, says and signed, and who its twins are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.exhibition.model import (
    CityDetails,
    CommitmentDetails,
    DeclarationDetails,
    Exhibit,
    Exhibition,
    Kind,
    Moment,
    PracticeDetails,
    TimelineDetails,
    TopicDetails,
    WordDetails,
)


@dataclass(slots=True)
class Holds:
    """Exhibits of one city; nothing in it is more than the content says."""

    practices: list[Exhibit] = field(default_factory=list)
    commitments: list[Exhibit] = field(default_factory=list)
    words: list[Exhibit] = field(default_factory=list)
    twins: list[Exhibit] = field(default_factory=list)
    topics: list[Exhibit] = field(default_factory=list)
    """Topics that it spoke on."""
    declarations: list[Exhibit] = field(default_factory=list)
    """Declarations that it signed."""
    summits: list[tuple[Exhibit, Moment]] = field(default_factory=list)
    """Timelines and their moments at which a summit met in it."""

    def exhibits(self) -> tuple[str, ...]:
        """Ids of the exhibits that are about this city and nothing else."""
        return tuple(e.id for e in (*self.practices, *self.commitments, *self.words))


def of_every(exhibition: Exhibition) -> Mapping[str, Holds]:
    """Return what the exhibition holds of each city, by the city's id."""
    held = {city.id: Holds() for city in exhibition.of_kind(Kind.CITY)}
    for exhibit in exhibition.exhibits.values():
        _gather(held, exhibit)
        _pair(held, exhibition, exhibit)
    return held


def of(exhibition: Exhibition, city: str) -> Holds:
    """Return what the exhibition holds of one city."""
    return of_every(exhibition).get(city) or Holds()


def _gather(held: Mapping[str, Holds], exhibit: Exhibit) -> None:
    details = exhibit.details
    nobody = Holds()
    if isinstance(details, PracticeDetails):
        held.get(details.city, nobody).practices.append(exhibit)
    elif isinstance(details, CommitmentDetails):
        held.get(details.city, nobody).commitments.append(exhibit)
    elif isinstance(details, WordDetails):
        held.get(details.city, nobody).words.append(exhibit)
    elif isinstance(details, TopicDetails):
        for city in details.cities:
            held.get(city, nobody).topics.append(exhibit)
    elif isinstance(details, DeclarationDetails):
        for city in details.signatories:
            held.get(city, nobody).declarations.append(exhibit)
    elif isinstance(details, TimelineDetails):
        for moment in details.moments:
            held.get(moment.summit, nobody).summits.append((exhibit, moment))


def _pair(held: Mapping[str, Holds], exhibition: Exhibition, city: Exhibit) -> None:
    """Note a city's twins with both, whichever of the two names the other."""
    details = city.details
    if not isinstance(details, CityDetails):
        return
    for twin in (exhibition.exhibits[id_] for id_ in details.twins if id_ in held):
        for one, other in ((city, twin), (twin, city)):
            if other not in held[one.id].twins:
                held[one.id].twins.append(other)


def nearest(exhibition: Exhibition, city: Exhibit, most: int) -> tuple[Exhibit, ...]:
    """Return the cities nearest to a city on the Earth, the nearest first."""
    others = [e for e in exhibition.of_kind(Kind.CITY) if e.id != city.id]
    return tuple(sorted(others, key=lambda other: _away(city, other))[:most])


def _away(one: Exhibit, other: Exhibit) -> float:
    """Return the angle between two cities seen from the middle of the Earth (haversine)."""
    a, b = one.details, other.details
    assert isinstance(a, CityDetails)
    assert isinstance(b, CityDetails)
    south, north = math.radians(a.latitude), math.radians(b.latitude)
    across = math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * across
    return 2 * math.asin(min(1.0, math.sqrt(half)))
