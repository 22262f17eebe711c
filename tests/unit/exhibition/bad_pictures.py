"""Pictures that must not reach a screen, and one that is stranger than it looks."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import ExifTags, Image, ImageCms


def bomb() -> bytes:
    """Return a PNG of a few bytes that claims to be 30,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check_sum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check_sum

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def moving() -> bytes:
    """Return a WebP of two frames."""
    kept = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(kept, "WEBP", save_all=True, append_images=frames[1:])
    return kept.getvalue()


def torn() -> bytes:
    """Return the first 2,000 octets of a JPEG."""
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    kept = io.BytesIO()
    noise.save(kept, "JPEG")
    return kept.getvalue()[:2000]


def placed(*, xmp: bool = False) -> bytes:
    """Return a WebP that tells where it was taken, in EXIF or in XMP."""
    kept = io.BytesIO()
    picture = Image.new("RGB", (8, 8), "green")
    if xmp:
        note = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><d exif:GPSLatitude="51,13N"/></x:xmpmeta>'
        picture.save(kept, "WEBP", xmp=note)
    else:
        notes = Image.Exif()
        notes.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
        picture.save(kept, "WEBP", exif=notes.tobytes())
    return kept.getvalue()


def two_in_one() -> bytes:
    """Return a JPEG with a second picture behind the first, as telephones write it."""
    kept = io.BytesIO()
    first, second = (Image.new("RGB", (64, 48), colour) for colour in ("red", "white"))
    first.save(kept, "MPO", save_all=True, append_images=[second])
    return kept.getvalue()


def in_strange_colours() -> bytes:
    """Return a JPEG whose numbers say blue, and whose profile says that this is its red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for before, after in ((b"rXYZ", b"????"), (b"bXYZ", b"rXYZ"), (b"????", b"bXYZ")):
        profile = profile.replace(before, after)
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), (20, 20, 200)).save(kept, "JPEG", icc_profile=profile, quality=95)
    return kept.getvalue()
