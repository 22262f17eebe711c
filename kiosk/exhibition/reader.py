"""A folder of files read into an exhibition: strictly, with every fault named at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from kiosk.exhibition.exhibit_reader import check_asks
from kiosk.exhibition.faults import ContentRefused, Fault, Faults
from kiosk.exhibition.folder import scan
from kiosk.exhibition.lengths import check_lengths
from kiosk.exhibition.localized import Localized
from kiosk.exhibition.model import CityDetails, Exhibition, Source
from kiosk.exhibition.overlay import PAGES, Overlay, exhibition_texts, merge, read_overlay
from kiosk.exhibition.reading import Reading, Shelf, Voice
from kiosk.exhibition.references import check_references, check_targets
from kiosk.exhibition.scope import Reference
from kiosk.exhibition.sizes import MADE
from kiosk.exhibition.toml_table import Table
from kiosk.exhibition.tour_reader import check_tour, read_tour

CORE = "core"
HEAD = "exhibition.toml"
_CONSEQUENCES = frozenset(
    {
        "city-unnamed",
        "dangling-reference",
        "missing-question",
        "misplaced-file",
        "unknown-id",
        "unused-file",
    }
)
"""Said of others where one TOML file cannot be read; their cures would lose what is right."""


@dataclass(frozen=True, slots=True)
class Views:
    """An exhibition without any city, and as each city with an overlay shows it."""

    core: Exhibition
    cities: Mapping[str, Exhibition]

    def of(self, city: str) -> Exhibition:
        """Return what *city* shows: its own view, or the core where it has no overlay."""
        return self.cities.get(city, self.core)

    def all(self) -> tuple[Exhibition, ...]:
        """The core, then every city's view."""
        return (self.core, *self.cities.values())


def read(folder: Path, city: str = "") -> Exhibition:
    """Read the exhibition in *folder* as *city* shows it; a city without overlay shows the core.

    Raises:
        ContentRefused: the files have faults, each named with its line and cure.
    """
    view = read_all(folder).of(city)
    return replace(view, city=city) if city else view


def read_all(folder: Path) -> Views:
    """Read the exhibition in *folder* as itself and as every city shows it.

    Raises:
        ContentRefused: the files have faults, each named with its line and cure.
    """
    views, faults = examine(folder)
    faults.refuse()
    if views is None:  # without a head there is an error as well
        raise ContentRefused(faults.in_order())
    return views


def faults_of(folder: Path) -> list[Fault]:
    """Read everything, open every picture completely, and return all faults and warnings."""
    return examine(folder, thorough=True)[1].in_order()


def examine(folder: Path, *, thorough: bool = False) -> tuple[Views | None, Faults]:
    """Return the views of the exhibition, None where it has no head, and the faults found."""
    faults = Faults()
    if not _is_exhibition(folder, faults):
        return None, faults
    reading = Reading(scan(folder, faults), faults, thorough)
    table = reading.table(HEAD)
    if table is None:
        return None, faults
    shelf: Shelf = {}
    core = _core(reading, table, shelf)
    check_references(core, reading.references, faults)
    overlays = [
        read_overlay(reading, city, core.sources) for city in reading.names_below("cities/")
    ]
    views = Views(core, {each.city: _view(core, shelf, each, faults) for each in overlays})
    for placed in shelf.values():
        check_asks(placed.exhibit, placed.table)
    check_targets(chain(shelf.values(), *(each.shelf.values() for each in overlays)), faults)
    check_lengths(core, shelf, faults)
    for each in overlays:
        check_lengths(views.cities[each.city], each.shelf, faults)
    _note_unused(reading)
    if reading.is_torn:
        faults.drop(_CONSEQUENCES)
    return views, faults


def _is_exhibition(folder: Path, faults: Faults) -> bool:
    """Tell whether this is the folder of an exhibition at all, before looking through it."""
    try:
        _note_missing(folder, faults)
    except OSError as error:  # such as a name that no disk takes
        message = f"The folder {folder} cannot be looked into: {error.strerror}."
        faults.error("no-folder", ".", 1, message, "Check the path and its permissions.")
    return not faults.found


def _note_missing(folder: Path, faults: Faults) -> None:
    if not folder.is_dir():
        faults.error("no-folder", ".", 1, f"There is no folder {folder}.", "Check the path.")
    elif not (folder / HEAD).is_file():
        within = sorted(str(head.parent) for head in folder.glob(f"*/{HEAD}"))
        cure = "Name the folder that holds it, such as content/example."
        if within:
            cure = f"Name one of: {', '.join(within)}."
        faults.error("missing-file", HEAD, 1, f"{folder} holds no {HEAD}.", cure)


def _core(reading: Reading, table: Table, shelf: Shelf) -> Exhibition:
    reading.exhibition = table.slug("id", required=True)
    languages, source_language = reading.languages(table)
    voice = Voice(CORE, languages, source_language)
    reading.example = table.flag("example")
    attract, order = table.slugs("attract"), table.slugs("topics")
    for key, targets in (("attract", attract), ("topics", order)):
        for target in targets:
            reference = Reference(table.path, table.line(key), key, target)
            reading.references.append(reference)
    tour = read_tour(reading, table)
    table.finish()
    texts = reading.texts("", voice)
    own = exhibition_texts(texts, required=True)
    texts.finish()
    if "sources.toml" not in reading.files:
        cure = "Write sources.toml with one [[source]] at least: this exhibition itself."
        reading.faults.error("missing-file", "sources.toml", 1, "There is no such file.", cure)
    sources = _captured_sources(reading, reading.sources("sources.toml"))
    _shelve_all(reading, shelf, voice, order)
    exhibits = {each.exhibit.id: each.exhibit for each in shelf.values()}
    check_tour(tour, exhibits)
    return Exhibition(
        id=reading.exhibition,
        example=reading.example,
        languages=languages,
        source_language=source_language,
        title=own.get("title", Localized()),
        motto=own.get("motto", Localized()),
        invitation=own.get("invitation", Localized()),
        exhibits=exhibits,
        sources=sources,
        pages={name: own[name] for name in PAGES if name in own},
        attract=attract,
        tour=tuple(each.stop for each in tour),
    )


def _shelve_all(reading: Reading, shelf: Shelf, voice: Voice, order: tuple[str, ...]) -> None:
    """Read topics in the order given (others follow by name), then exhibits, then captured ones."""
    topics = reading.names_below("topics/")
    ranked = sorted(topics, key=lambda name: order.index(name) if name in order else len(order))
    for name in ranked:
        reading.shelve(shelf, f"topics/{name}", voice, is_topic=True)
    for part in ("exhibits", "captured"):
        for name in reading.names_below(f"{part}/"):
            reading.shelve(shelf, f"{part}/{name}", voice)


def _captured_sources(reading: Reading, known: dict[str, Source]) -> dict[str, Source]:
    """Read the workshops' own records: each captured conclusion brings the source that it is."""
    found = dict(known)
    for name in reading.names_below("captured/"):
        found |= reading.sources(f"captured/{name}/sources.toml", found)
    return found


def _view(core: Exhibition, shelf: Shelf, overlay: Overlay, faults: Faults) -> Exhibition:
    view = merge(core, shelf, overlay)
    check_references(view, overlay.references, faults)
    for placed in overlay.shelf.values():
        check_asks(view.exhibits[placed.exhibit.id], placed.table)
    city = view.exhibits.get(overlay.city)
    if city is None or not isinstance(city.details, CityDetails):
        message = f"No exhibit of kind city has the id “{overlay.city}”."
        cure = "Add one, so that screens can show the city's name and place."
        faults.warning("city-unnamed", f"cities/{overlay.city}/city.toml", 1, message, cure)
    return view


def _is_made(path: str) -> bool:
    """Tell whether publication made this picture or clip; a plan says which are used."""
    return path.startswith(MADE) and path.endswith((".webp", ".mp3"))


def _note_unused(reading: Reading) -> None:
    for path in reading.files:
        if path in reading.used or _is_made(path):
            continue
        if path.endswith((".toml", ".md")):
            cure = "Move it to topics/<id>/, exhibits/<id>/ or cities/<id>/, or delete it."
            message = "Nothing is read from a file of this name in this place."
            reading.faults.error("misplaced-file", path, 1, message, cure)
        else:
            cure = "Name it under [[exhibit.media]], or delete it."
            reading.faults.warning("unused-file", path, 1, "No exhibit shows this file.", cure)
