"""Pictures: opened within limits only, and a photograph made fit to be shown."""

from __future__ import annotations

import contextlib
import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image, ImageCms

from kiosk.errors import KioskError

MOST_PIXELS = 50_000_000
"""A phone's camera at its finest; a picture of one colour can hide billions in a few kB."""
LONGEST_SIDE = 6144
"""Pixels of a kept photograph: 24 megapixels, so that the cards on the wall stay readable."""
LARGEST_UPLOAD = 25_000_000
"""Octets of a photograph as it comes from a phone."""
FORMATS = {".webp": "WEBP", ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
_OPENED = ("JPEG", "PNG", "WEBP")
_TWO_IN_ONE = "MPO"
"""A JPEG in which phones hide a second picture (depth, brightness); the first is the photograph."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By EXIF orientation: how a picture is turned upright. From 5 on width and height change places.

Pillow's own ``exif_transpose`` fails over notes that a camera wrote amiss, and turns also by what
stands in XMP alone, which no browser does.
"""
_RAW_PROFILE = "Raw profile type exif"
"""The text of a PNG in which ImageMagick keeps a JPEG's EXIF: a name, a length, figures."""
_PLACE_IN_XMP = b"GPSLatitude"
_QUALITY = 82
_COARSEST = 42
_EFFORT = 4
_LARGEST_KEPT = 8_000_000
"""Octets of a kept photograph; a wall of the finest grain is kept a little coarser."""


class PictureRefused(KioskError):
    """A picture cannot be shown; *rule* says which one it breaks, as a fault's rule does."""

    code = "picture-refused"
    status = 422

    def __init__(self, message: str, cure: str, rule: str, **values: object) -> None:
        super().__init__(message, cure, **values)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph ready to be kept: WebP octets and the size in pixels."""

    data: bytes
    width: int
    height: int


def measure(path: Path, *, thorough: bool = False) -> tuple[int, int]:
    """Return a picture's width and height in pixels, upright.

    *thorough* also decodes all of it and looks for what it tells of where it was taken.

    Raises:
        PictureRefused: it is a bomb, no picture, damaged, other than its name says, or tells the
            place.
    """
    image = _open(path)
    expected = FORMATS.get(path.suffix.lower())
    if _format(image) != expected:
        raise PictureRefused(
            "The picture is {format}, not {expected} as its name says.",
            "Rename it, or save it again.",
            "picture-format",
            format=_format(image),
            expected=expected,
        )
    upright_size = _upright_size(image)
    if thorough:
        _load(image)
        _refuse_place(image)
    return upright_size


def size(path: Path) -> tuple[int, int]:
    """Return a picture's width and height in pixels, upright, whatever its file is called.

    Raises:
        PictureRefused: it is a bomb, no picture, or damaged.
    """
    return _upright_size(_open(path))


def upright(path: Path) -> Image.Image:
    """Return a whole picture as it is to be looked at, its metadata left behind.

    Raises:
        PictureRefused: it is a bomb, no picture, or damaged.
    """
    turned = _turned(_open(path))
    return _as_screens_show(turned, "RGBA" if turned.has_transparency_data else "RGB")


def to_webp(image: Image.Image, quality: int = _QUALITY) -> bytes:
    """Return an image as WebP octets without any metadata."""
    kept = io.BytesIO()
    image.save(kept, "WEBP", quality=quality, method=_EFFORT, exif=b"", xmp=b"", icc_profile=b"")
    return kept.getvalue()


def photograph(data: bytes) -> Photograph:
    """Turn, shrink and strip a photograph: upright, at most 6144 pixels, without its metadata.

    Metadata would tell where and when it was taken, and by whose phone.

    Raises:
        PictureRefused: it is too large, a bomb, no picture, or damaged.
    """
    if len(data) > LARGEST_UPLOAD:
        raise PictureRefused(
            "The photograph has {size} MB; at most {most} are taken.",
            "Choose a smaller one.",
            "picture-too-large",
            size=len(data) // 1_000_000,
            most=LARGEST_UPLOAD // 1_000_000,
        )
    turned = _as_screens_show(_turned(_open(io.BytesIO(data))), "RGB")
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", turned.size)
    clean.paste(turned)
    kept, quality = to_webp(clean), _QUALITY
    while len(kept) > _LARGEST_KEPT and quality > _COARSEST:
        quality -= 20
        kept = to_webp(clean, quality)
    return Photograph(kept, *clean.size)


def _upright_size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    return (height, width) if _orientation(image) in (5, 6, 7, 8) else (width, height)


def _orientation(image: Image.Image) -> object:
    return _notes(image).get(ExifTags.Base.Orientation)


def _turned(image: Image.Image) -> Image.Image:
    """Return a picture read to its end and upright, by the same note as its size is told by."""
    orientation = _orientation(image)
    _load(image)
    turn = _TURNS.get(orientation) if isinstance(orientation, int) else None
    return image if turn is None else image.transpose(turn)


def _format(image: Image.Image) -> str | None:
    return "JPEG" if image.format == _TWO_IN_ONE else image.format


def _as_screens_show(image: Image.Image, mode: str) -> Image.Image:
    """Return the image in *mode*, its colours in the space that every screen understands.

    Phones write a wider one; read without its profile, red becomes brown.
    """
    if image.mode.startswith("I"):  # a scan of 65,536 greys; converted at once it would be white
        image = image.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    profile, plain = image.info.get("icc_profile"), image.convert(mode)
    if profile and image.mode in ("RGB", "RGBA"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # a broken profile says nothing
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), inPlace=True)
    return plain


def _notes(image: Image.Image) -> Image.Exif:
    """Return what the camera wrote into a picture, as far as it can be read."""
    notes = Image.Exif()
    with contextlib.suppress(Exception):  # as of damaged pictures; then they say nothing
        notes.load(image.info.get("exif") or _raw_profile(image) or b"")
    return notes


def _raw_profile(image: Image.Image) -> bytes:
    lines = str(image.info.get(_RAW_PROFILE, "")).split("\n")
    return bytes.fromhex("".join(lines[3:]))


def _refuse_place(image: Image.Image) -> None:
    xmp = image.info.get("xmp") or b""
    if _notes(image).get_ifd(ExifTags.IFD.GPSInfo) or _PLACE_IN_XMP in bytes(xmp):
        raise PictureRefused(
            "The picture tells where it was taken.",
            "Save it again without its location; at the desk a photograph loses it by itself.",
            "picture-place",
        )


def _open(source: Path | io.BytesIO) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Our own limit below is lower than the one that Pillow warns at.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(source, formats=_OPENED)
    except Image.DecompressionBombError as error:
        raise _bomb() from error
    except Exception as error:  # Pillow's decoders raise whatever damaged octets lead them to
        raise _unreadable() from error
    width, height = image.size
    moves = image.format != _TWO_IN_ONE and getattr(image, "n_frames", 1) > 1
    if width * height > MOST_PIXELS or moves:
        raise _bomb()
    return image


def _load(image: Image.Image) -> None:
    try:
        image.load()
    except Exception as error:  # as above
        raise _unreadable() from error


def _bomb() -> PictureRefused:
    return PictureRefused(
        "The picture moves, or has more than {most} million pixels.",
        "Save it smaller, as one still picture.",
        "picture-bomb",
        most=MOST_PIXELS // 1_000_000,
    )


def _unreadable() -> PictureRefused:
    return PictureRefused(
        "The picture cannot be read.", "Save it again as WebP, JPEG or PNG.", "picture-unreadable"
    )
