"""An exhibit's pictures, sounds and films: named in exhibits.toml, kept in the same folder."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath

from kiosk.exhibition.localized import Localized
from kiosk.exhibition.model import Media
from kiosk.exhibition.pictures import FORMATS, PictureRefused, measure
from kiosk.exhibition.scope import Row, Scope
from kiosk.exhibition.toml_table import Table

_ENDINGS = {
    "image": tuple(FORMATS),
    "audio": (".mp3", ".ogg"),
    "video": (".mp4", ".webm"),
}


def read_media(row: Row) -> tuple[Media, ...]:
    """Read ``[[exhibit.media]]``; pictures need an alternative, sounds and films a transcript."""
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
    if not part or not path:
        return None
    width, height = _check_file(row.scope, table, path, kind)
    is_image = kind == "image"
    return Media(
        id=part,
        path=path,
        type=kind,
        alternative=row.text(f"alt {part}", required=is_image),
        caption=row.text(f"caption {part}"),
        transcript=row.text(f"transcript {part}", required=not is_image) or Localized(),
        width=width,
        height=height,
    )


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
        cure = f"Put it at {path}, or correct the name."
        table.error("media-missing", key, f"There is no file {path[:120]!r}.", cure)
        return 0, 0
    scope.used_files.add(path)
    try:
        return measure(file.on_disk, thorough=scope.thorough)
    except PictureRefused as refusal:
        scope.faults.error(refusal.rule, path, 1, str(refusal), refusal.cure)
        return 0, 0


def _check_file(scope: Scope, table: Table, path: str, kind: str) -> tuple[int, int]:
    endings = _ENDINGS[kind]
    if PurePosixPath(path).suffix.lower() not in endings:
        cure = f"A file of type {kind} ends in one of: {', '.join(endings)}."
        table.error("media-type", "path", f"{path[:120]!r} is not of type {kind}.", cure)
        scope.used_files.add(path)
        return 0, 0
    if kind == "image":
        return check_picture(scope, table, "path", path)
    if path not in scope.files:
        cure = f"Put it at {path}, or correct the name."
        table.error("media-missing", "path", f"There is no file {path[:120]!r}.", cure)
    scope.used_files.add(path)
    return 0, 0
