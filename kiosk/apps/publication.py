"""How content goes out: checked, frozen, its questions written down, released; or taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from kiosk.database.connection import Database
from kiosk.errors import Conflict
from kiosk.exhibition import actions, draft_store, edition_store
from kiosk.exhibition.checks import check
from kiosk.exhibition.draft import Draft, State, captured_with, city_file
from kiosk.exhibition.edition import Edition, FileRecord, Manifest
from kiosk.exhibition.faults import ERROR, ContentRefused
from kiosk.exhibition.library import Library
from kiosk.exhibition.media_sizes import with_sizes
from kiosk.exhibition.reader import Views, read_all
from kiosk.exhibition.rendering import PHOTO, render, render_city
from kiosk.exhibition.speech_clips import Clipper, with_speech
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.voice.actions import register_questions


def publish_folder(
    database: Database,
    library: Library,
    folder: Path,
    by: str,
    now: datetime,
    note: str = "",
    clipper: Clipper | None = None,
    *,
    spoken_anew: bool = False,
) -> Edition:
    """Publish an exhibition's folder; conclusions captured at the desk stay in it.

    What is released is read from the frozen copy, so that a folder edited meanwhile cannot slip
    through. All in the database happens in one transaction, after the files are on the disk.

    Raises:
        ContentRefused: the files have faults; nothing was published.
        Conflict: a question with votes would change its choices, or somebody published meanwhile.
        Unavailable: the disk is full; nothing was published.
    """
    _refuse(folder)
    frozen = library.freeze(folder)
    exhibition = read_all(folder).core.id
    current = database.read_now(lambda c: edition_store.current(c, exhibition))
    before = current.manifest if current else {}
    files = {**{path: before[path] for path in captured_with(before)}, **frozen}
    return _publish(database, library, files, current, by, now, note, None, clipper, spoken_anew)


def publish_drafts(
    database: Database,
    library: Library,
    exhibition: str,
    by: Actor,
    now: datetime,
    clipper: Clipper | None = None,
) -> Edition:
    """Publish the approved drafts of *by*'s cities, and take those off that were given up.

    Everything else stays as it is in the current edition.

    Raises:
        Forbidden: she publishes for no city of this exhibition.
        Conflict: nothing waits, a draft was changed or somebody published meanwhile.
        ContentRefused: a draft names what the exhibition no longer has.
        Unavailable: the disk is full; nothing was published.
    """
    by.require_anywhere(Permission.PUBLISH, exhibition)
    current = database.read_now(lambda c: edition_store.current(c, exhibition))
    if current is None:
        raise Conflict("The exhibition was never published.", "Publish its folder first.")
    scope = by.scope(Permission.PUBLISH, exhibition)

    def hers(state: State) -> list[Draft]:
        drafts = database.read_now(lambda c: draft_store.in_state(c, exhibition, state))
        return [draft for draft in drafts if scope.reaches(draft.city)]

    approved, withdrawn = hers(State.APPROVED), hers(State.WITHDRAWN)
    files = _without(current.manifest, (*approved, *withdrawn))
    views = library.open(current).views
    for draft in approved:
        languages = views.of(draft.city).languages
        files |= _files(library, draft, languages)
        if draft.city and city_file(draft.city) not in files:
            named = render_city(draft.city, languages, draft.content.source_language)
            files[city_file(draft.city)] = library.files.put(named)
    if files == current.manifest and not approved:
        raise Conflict("No approved conclusion waits.", "Approve one first.")

    def mark(connection: Connection, edition: Edition) -> None:
        for draft in approved:
            if not draft_store.mark_published(connection, draft, edition.id):
                raise Conflict(
                    "A conclusion was changed while it was published; nothing went out.",
                    "Look at it, approve it, then publish again.",
                )

    return _publish(database, library, files, current, by.display_name, now, "", mark, clipper)


def roll_back(
    database: Database, library: Library, exhibition: str, by: str, now: datetime, edition: str = ""
) -> Edition:
    """Release an older edition again: the one before the current, or the one named.

    Raises:
        NotFound: there is none.
        CorruptEdition: a file of it is damaged; the current edition stays.
        Conflict: somebody published meanwhile.
    """
    current = database.read_now(lambda c: edition_store.current(c, exhibition))
    older = database.read_now(lambda c: actions.to_roll_back_to(c, exhibition, edition))
    views = library.open(older).views

    def release(connection: Connection) -> Edition:
        actions.must_be_current(connection, exhibition, current.id if current else "")
        return _release(connection, older, views, by, now)

    return database.write_now(release)


def _refuse(folder: Path) -> None:
    errors = [fault for fault in check(folder) if fault.severity == ERROR]
    if errors:
        raise ContentRefused(errors)


def _without(manifest: Manifest, drafts: Iterable[Draft]) -> dict[str, FileRecord]:
    """Return the files of an edition without those of some drafts."""
    folders = tuple(draft.folder() for draft in drafts)
    return {path: each for path, each in manifest.items() if not path.startswith(folders)}


def _files(library: Library, draft: Draft, languages: Collection[str]) -> dict[str, FileRecord]:
    """Keep a draft's files and return them by path."""
    folder = draft.folder()
    rendered = render(draft, languages)
    files = {f"{folder}{path}": library.files.put(data) for path, data in rendered.items()}
    if draft.content.photo:
        files[f"{folder}{PHOTO}"] = library.files.record(draft.content.photo)
    return files


def _publish(
    database: Database,
    library: Library,
    files: Manifest,
    current: Edition | None,
    by: str,
    now: datetime,
    note: str,
    also: Callable[[Connection, Edition], None] | None = None,
    clipper: Clipper | None = None,
    spoken_anew: bool = False,
) -> Edition:
    before = current.manifest if current else {}
    files = with_sizes(library.files, files, before)
    folder = library.materialise(files)
    _refuse(folder)
    views = read_all(folder)
    spoken = with_speech(library.files, files, before, views.all(), clipper, anew=spoken_anew)
    if spoken != files:
        library.materialise(spoken)
    exhibition = views.core.id

    def publish(connection: Connection) -> Edition:
        actions.must_be_current(connection, exhibition, current.id if current else "")
        edition = actions.keep(connection, exhibition, spoken, by, now, note)
        if current is None or current.id != edition.id:
            _release(connection, edition, views, by, now)
        if also:
            also(connection, edition)
        return edition

    return database.write_now(publish)


def _release(
    connection: Connection, edition: Edition, views: Views, by: str, now: datetime
) -> Edition:
    for view in views.all():
        register_questions(connection, view, now)
    actions.release(connection, edition, by, now)
    return edition
