"""An exhibit's pictures, sounds and films: named in exhibits.toml, kept in the same folder."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import PurePosixPath

from kiosk.exhibition import recordings
from kiosk.exhibition.captions import read_captions
from kiosk.exhibition.folder import CAPTIONS, FoundFile
from kiosk.exhibition.localized import Localized
from kiosk.exhibition.model import Media, Picture
from kiosk.exhibition.pictures import FORMATS, PictureRefused, measure
from kiosk.exhibition.plain_text import decode
from kiosk.exhibition.recordings import RecordingRefused
from kiosk.exhibition.scope import Row, Scope
from kiosk.exhibition.sizes import is_tiled, made_of, sizes
from kiosk.exhibition.toml_table import Table

FORMS = ("photograph", "graphic-recording", "drawing")
"""How a picture may have come about; visitors are told."""

_ENDINGS = {
    "image": tuple(FORMATS),
    "audio": (".mp3", ".ogg", ".wav"),
    "video": (".mp4", ".webm"),
}


def read_media(row: Row) -> tuple[Media, ...]:
    """Read ``[[exhibit.media]]``.

    Pictures need an alternative; sounds and films a transcript; films also captions in the
    language they are published from, and a still (WCAG 2.2: 1.1.1, 1.2.1, 1.2.2).
    """
    found = []
    for table in row.table.tables("media"):
        media = _one(row, table)
        table.finish()
        if media:
            found.append(media)
    return tuple(found)


def _one(row: Row, table: Table) -> Media | None:
    part = row.part_id(table, "media")
    kind = table.one_of("type", _ENDINGS, "unknown-media-type")
    path = media_path(row.scope, table, "path")
    form = _form(table, kind)
    if not part or not path:
        return None
    is_image = kind == "image"
    right = _is_of_type(row.scope, table, path, kind)
    shown: Picture | None = Picture(path)
    captions: Mapping[str, str] = {}
    if is_image and right:
        shown = _picture(row.scope, table, "path", path)
    elif not is_image:
        _look_at(row.scope, table, path, right=right)
        shown = _still(row.scope, table, required=kind == "video")
        captions = _captions(row.scope, table, path, required=kind == "video")
    return Media(
        id=part,
        path=path,
        type=kind,
        alternative=row.text(f"alt {part}", required=is_image or shown is not None),
        caption=row.text(f"caption {part}"),
        transcript=row.text(f"transcript {part}", required=not is_image) or Localized(),
        width=shown.width if shown is not None else 0,
        height=shown.height if shown is not None else 0,
        picture=shown,
        captions=captions,
        form=form,
    )


def _form(table: Table, kind: str) -> str:
    if kind != "image" or "form" not in table.data:
        return ""
    return table.one_of("form", FORMS, "unknown-media-form")


def media_path(scope: Scope, table: Table, key: str) -> str:
    """Read a path relative to the folder; return it relative to the exhibition's, or nothing."""
    path = table.text(key, required=True)
    if not path:
        return ""
    if path.startswith(("/", "~")) or "\\" in path or ":" in path:
        cure = "Name it as it lies in this folder, such as media/wall.webp."
        table.error("path-absolute", key, f"{path[:80]!r} is not a relative path.", cure)
        return ""
    if ".." in PurePosixPath(path).parts:
        cure = "Put the file into this folder; an exhibit names only files of its own."
        table.error("path-outside", key, f"{path[:80]!r} leaves this folder.", cure)
        return ""
    return posixpath.normpath(f"{scope.folder}/{path}")


def check_picture(scope: Scope, table: Table, key: str, path: str) -> tuple[int, int]:
    """Return a picture's size in pixels and note what is wrong with its file."""
    file = scope.files.get(path)
    if file is None:
        _missing(table, key, path)
        return 0, 0
    scope.used_files.add(path)
    try:
        return measure(file.on_disk, thorough=scope.thorough)
    except PictureRefused as refusal:
        cause = refusal.__cause__
        if isinstance(cause, OSError) and cause.errno:  # the disk's error, not the decoder's
            scope.faults.unreadable(path, cause)
        else:
            scope.faults.error(refusal.rule, path, 1, str(refusal), refusal.cure)
        return 0, 0


def _picture(scope: Scope, table: Table, key: str, path: str) -> Picture:
    """Return a picture with what publication made of it, as far as that is here."""
    width, height = check_picture(scope, table, key, path)
    there = tuple(size for size in sizes(path, width, height) if size.path in scope.files)
    made = made_of(path, width, height)
    tiled = is_tiled(width, height) and all(each in scope.files for each in made)
    return Picture(path, width, height, there, tiled)


def _is_of_type(scope: Scope, table: Table, path: str, kind: str, key: str = "path") -> bool:
    endings = _ENDINGS[kind]
    if PurePosixPath(path).suffix.lower() in endings:
        return True
    cure = f"A file of type {kind} ends in one of: {', '.join(endings)}."
    table.error("media-type", key, f"{path[:120]!r} is not of type {kind}.", cure)
    scope.used_files.add(path)
    return False


def _look_at(scope: Scope, table: Table, path: str, *, right: bool) -> None:
    """Note what is wrong with the file of a sound or film."""
    file = scope.files.get(path)
    scope.used_files.add(path)
    if file is None:
        if right:
            _missing(table, "path", path)
        return
    if right and scope.thorough:
        try:
            recordings.look(file.on_disk)
        except RecordingRefused as refusal:
            scope.faults.error(refusal.rule, path, 1, str(refusal), refusal.cure)
        except OSError as error:
            scope.faults.unreadable(path, error)


def _still(scope: Scope, table: Table, *, required: bool) -> Picture | None:
    if "still" not in table.data and not required:
        table.asked.add("still")
        return None
    if "still" not in table.data:
        table.asked.add("still")
        cure = (
            'Write still = "media/film.webp", a picture from the film; it is shown before it plays.'
        )
        table.error("missing-still", "path", "This film has no still.", cure)
        return None
    path = media_path(scope, table, "still")
    if not path or not _is_of_type(scope, table, path, "image", "still"):
        return None
    return _picture(scope, table, "still", path)


def _captions(scope: Scope, table: Table, path: str, *, required: bool) -> Mapping[str, str]:
    """Find the captions that lie beside a film: ``film.fr.vtt`` beside ``film.webm``."""
    stem = str(PurePosixPath(path).with_suffix(""))
    found = {}
    for language in scope.texts.languages:
        beside = f"{stem}.{language}{CAPTIONS}"
        file = scope.files.get(beside)
        if file is None:
            continue
        found[language] = beside
        scope.used_files.add(beside)
        _read_captions(scope, file)
    own = scope.texts.source_language
    if required and own not in found:
        cure = f"Put {stem}.{own}{CAPTIONS} beside it: what is said and heard, as WebVTT."
        table.error("missing-captions", "path", f"This film has no captions in “{own}”.", cure)
    lacking = [each for each in scope.texts.languages if found and each not in found]
    if lacking and own in found:
        cure = "Translate them; until then visitors read them in another language."
        message = f"Captions are missing in: {', '.join(lacking)}."
        table.warning("missing-language", "path", message, cure)
    return found


def _read_captions(scope: Scope, file: FoundFile) -> None:
    try:
        data = file.on_disk.read_bytes()
    except OSError as error:
        scope.faults.unreadable(file.path, error)
        return
    text = decode(data, file.path, scope.faults)
    if text is not None:
        read_captions(text, file.path, scope.faults)


def _missing(table: Table, key: str, path: str) -> None:
    cure = f"Put it at {path}, or correct the name."
    table.error("media-missing", key, f"There is no file {path[:120]!r}.", cure)
