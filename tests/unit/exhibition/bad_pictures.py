"""Pictures that must not reach a screen."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


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
