"""Makes at publication what screens need of each picture: smaller sizes, and tiles of large ones.

A screen in a hall decodes nothing larger than it shows; it never makes a size itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from PIL import Image

from kiosk.exhibition import pictures, sizes
from kiosk.exhibition.edition import FileRecord, Manifest
from kiosk.exhibition.file_store import FileStore
from kiosk.exhibition.pictures import FORMATS, PictureRefused
from kiosk.exhibition.sizes import MADE, Level, is_tiled, levels, made_of, tiles


def with_sizes(files: FileStore, manifest: Manifest, before: Manifest) -> dict[str, FileRecord]:
    """Return the manifest with all sizes and tiles of its pictures beside them.

    What the edition *before* holds of an unchanged picture is taken from there: the same files
    stay the same edition, also after Pillow has learned to write them smaller. A picture that
    cannot be opened gets none; the check that follows names it.

    Raises:
        Unavailable: the disk is full; nothing that counts was kept.
    """
    found = {path: each for path, each in manifest.items() if not path.startswith(MADE)}
    for path, record in tuple(found.items()):
        if PurePosixPath(path).suffix.lower() in FORMATS:
            known = before if before.get(path) == record else {}
            found |= _of_picture(files, path, record, known)
    return found


def _of_picture(
    files: FileStore, path: str, record: FileRecord, known: Manifest
) -> dict[str, FileRecord]:
    on_disk = files.path(record.sha256)
    try:
        wanted = made_of(path, *pictures.size(on_disk))
        if all(each in known and files.is_sound(known[each]) for each in wanted):
            return {each: known[each] for each in wanted}
        return {name: files.put(data) for name, data in _made(on_disk, path)}
    except PictureRefused:
        return {}


def _made(on_disk: Path, path: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and octets of everything that is made of one picture.

    Raises:
        PictureRefused: it cannot be opened.
    """
    image = pictures.upright(on_disk)
    for size in sizes.sizes(path, *image.size):
        yield size.path, pictures.to_webp(_scaled(image, size.width, size.height))
    if is_tiled(*image.size):
        pyramid = levels(*image.size)
        for level in reversed(pyramid):
            image = _scaled(image, level.width, level.height)
            yield from _tiles(image, path, level)


def _tiles(image: Image.Image, path: str, level: Level) -> Iterator[tuple[str, bytes]]:
    for tile in tiles(path, level):
        part = image.crop((tile.left, tile.top, tile.right, tile.bottom))
        yield tile.path, pictures.to_webp(part)


def _scaled(image: Image.Image, width: int, height: int) -> Image.Image:
    if image.size == (width, height):
        return image
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
