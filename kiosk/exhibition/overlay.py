"""A city's overlay: what it adds to an exhibition or says in its own words, and what it may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.exhibition.exhibit_reader import read_colour
from kiosk.exhibition.localized import Localized
from kiosk.exhibition.media_reader import check_picture, media_path
from kiosk.exhibition.model import Exhibit, Exhibition, Kind, Source
from kiosk.exhibition.reading import Placed, Reading, Shelf, Voice
from kiosk.exhibition.scope import Reference, Scope
from kiosk.exhibition.texts import Texts
from kiosk.exhibition.toml_table import Table

FIELDS = ("title", "motto", "invitation")
PAGES = ("imprint", "privacy", "accessibility", "counting")


@dataclass(slots=True)
class Overlay:
    """What lies under ``cities/<city>/``."""

    city: str
    voice: Voice
    accent: str = ""
    logo: str = ""
    own: Mapping[str, Localized] = field(default_factory=dict)
    """Its own texts of the exhibition, by field."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    shelf: Shelf = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)


def read_overlay(reading: Reading, city: str, known_sources: Mapping[str, Source]) -> Overlay:
    """Read one city's folder; what it replaces is looked at in :func:`merge`."""
    folder = f"cities/{city}"
    table = reading.table(f"{folder}/city.toml")
    if table is None:
        path = f"{folder}/city.toml"
        if path not in reading.files:
            cure = "Write city.toml with id, languages and source_language."
            reading.faults.error("missing-file", path, 1, "The city has no city.toml.", cure)
        return Overlay(city, Voice(city, ("en",), "en"))
    overlay = _head(reading, table, city, folder)
    core_references, reading.references = reading.references, []
    texts = reading.texts(folder, overlay.voice)
    overlay.own = exhibition_texts(texts, required=False)
    texts.finish()
    overlay.sources = _sources(reading, folder, known_sources)
    for part in (f"{folder}/exhibits", f"{folder}/captured"):
        for name in reading.names_below(f"{part}/"):
            reading.shelve(overlay.shelf, f"{part}/{name}", overlay.voice)
    overlay.references, reading.references = reading.references, core_references
    return overlay


def _sources(reading: Reading, folder: str, known: Mapping[str, Source]) -> dict[str, Source]:
    found = reading.sources(f"{folder}/sources.toml", known)
    for name in reading.names_below(f"{folder}/captured/"):
        path = f"{folder}/captured/{name}/sources.toml"
        found |= reading.sources(path, {**known, **found})
    return found


def _head(reading: Reading, table: Table, city: str, folder: str) -> Overlay:
    found = table.slug("id", required=True)
    if found and found != city:
        message = f"The city's id “{found}” is not the name of its folder, “{city}”."
        table.error("city-id", "id", message, f'Write id = "{city}", or rename the folder.')
    if city == "core":
        message = "“core” is what the exhibition itself is called."
        table.error("city-id", "id", message, "Choose another id.")
    languages, source_language = reading.languages(table)
    voice = Voice(city, languages, source_language)
    overlay = Overlay(city, voice)
    if "accent" in table.data:
        overlay.accent = read_colour(table, "accent")
    if "logo" in table.data:
        texts = Texts(folder, languages, source_language, reading.faults)
        scope = Scope(
            folder, "", city, texts, reading.faults, reading.files, [], reading.used,
            thorough=reading.thorough,
        )  # fmt: skip
        overlay.logo = media_path(scope, table, "logo")
        if overlay.logo:
            check_picture(scope, table, "logo", overlay.logo)
    table.asked |= {"accent", "logo"}
    table.finish()
    return overlay


def exhibition_texts(texts: Texts, *, required: bool) -> dict[str, Localized]:
    """Return the texts under ``# exhibition`` by field; only those that are there."""
    found = {}
    for name in (*FIELDS, *PAGES):
        needed = required and name not in ("motto", "invitation")
        text = texts.take("exhibition", name, required=needed, markdown=name in PAGES)
        if text:
            found[name] = text
    return found


def merge(core: Exhibition, shelf: Shelf, overlay: Overlay) -> Exhibition:
    """Return the exhibition as the overlay's city shows it, noting what it may not replace.

    A field or exhibit that the city writes replaces the core's wholly, in all languages: an
    imprint half from one body and half from another would be wrong in both. A question of the
    core stays the core's, so that votes from all cities answer the same words.
    """
    exhibits = dict(core.exhibits)
    for placed in overlay.shelf.values():
        theirs = shelf.get(placed.exhibit.id)
        exhibits[placed.exhibit.id] = _replaced(placed, theirs) if theirs else placed.exhibit
    own = overlay.own
    pages = {name: own.get(name, text) for name, text in core.pages.items()}
    pages |= {name: own[name] for name in PAGES if name in own}
    return replace(
        core,
        languages=overlay.voice.languages,
        source_language=overlay.voice.source_language,
        title=own.get("title", core.title),
        motto=own.get("motto", core.motto),
        invitation=own.get("invitation", core.invitation),
        exhibits=exhibits,
        sources={**core.sources, **overlay.sources},
        pages=pages,
        city=overlay.city,
        accent=overlay.accent,
        logo=overlay.logo,
    )


def _replaced(placed: Placed, theirs: Placed) -> Exhibit:
    exhibit, core, table = placed.exhibit, theirs.exhibit, placed.table
    if exhibit.kind is not core.kind or core.kind is Kind.TOPIC:
        message = f"“{exhibit.id}” is a {core.kind} of the exhibition; a city cannot change that."
        table.error("overlay-kind", "kind", message, "Give your exhibit another id.")
    if exhibit.question is None or core.question is None:
        return replace(exhibit, question=exhibit.question or core.question)
    cure = "Delete [exhibit.question]: the exhibition's own is kept. Or use another id for yours."
    if exhibit.question.choice_ids() != core.question.choice_ids():
        message = f"The city changes the choices of “{core.question.id}”."
        table.error("overlay-choices", "question", message, cure)
    else:
        message = f"The city asks “{core.question.id}” anew; all cities answer the same words."
        table.error("overlay-question", "question", message, cure)
    return replace(exhibit, question=core.question)
