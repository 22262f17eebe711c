"""Pictures: opened within limits only, and a photograph made fit to be shown."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from kiosk.errors import KioskError

MOST_PIXELS = 40_000_000
"""More than any phone's camera needs; a picture of one colour can hide billions in a few kB."""
LONGEST_SIDE = 2400
"""Pixels of a kept photograph: a full screen of 1920 with something left to enlarge."""
LARGEST_UPLOAD = 25_000_000
"""Octets of a photograph as it comes from a phone."""
FORMATS = {".webp": "WEBP", ".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
_OPENED = ("JPEG", "PNG", "WEBP")
_QUALITY = 82


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
    """Return a picture's width and height in pixels; *thorough* also decodes all of it.

    Raises:
        PictureRefused: it is a bomb, no picture, damaged, or other than its name says.
    """
    image = _open(path)
    expected = FORMATS.get(path.suffix.lower())
    if image.format != expected:
        raise PictureRefused(
            "The picture is {format}, not {expected} as its name says.",
            "Rename it, or save it again.",
            "picture-format",
            format=image.format,
            expected=expected,
        )
    if thorough:
        _load(image)
    return image.size


def photograph(data: bytes) -> Photograph:
    """Turn, shrink and strip a photograph: upright, at most 2400 pixels, without its metadata.

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
    image = _open(io.BytesIO(data))
    _load(image)
    upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    kept = io.BytesIO()
    clean.save(kept, "WEBP", quality=_QUALITY, method=4)
    return Photograph(kept.getvalue(), *clean.size)


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
    if width * height > MOST_PIXELS or getattr(image, "n_frames", 1) > 1:
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
