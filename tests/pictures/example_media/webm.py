"""Writes encoded pictures and sound into a WebM file that can be played from anywhere in it."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_VIDEO, _AUDIO = 1, 2
_CLUSTER_MS = 3000


@dataclass(frozen=True, slots=True)
class Chunk:
    """One encoded frame or packet; *at* in milliseconds."""

    track: Literal["video", "audio"]
    at: int
    data: bytes
    is_key: bool


def webm(chunks: Iterable[Chunk], width: int, height: int, length_ms: int, opus: bytes) -> bytes:
    """Return the file; VP9 pictures, Opus sound whose head is *opus*."""
    ordered = sorted(chunks, key=lambda chunk: (chunk.at, chunk.track == "video"))
    info = _box(
        "1549A966",
        _number("2AD7B1", 1_000_000)
        + _box("4489", struct.pack(">d", float(length_ms)))
        + _box("4D80", b"kiosk")
        + _box("5741", b"kiosk"),
    )
    before = info + _tracks(width, height, opus)
    clusters, starts = _clusters(ordered)
    places: list[tuple[int, int]] = []
    at = len(before)
    for start, cluster in zip(starts, clusters, strict=True):
        places.append((start, at))
        at += len(cluster)
    segment = before + b"".join(clusters) + _cues(places)
    return _header() + _box("18538067", segment)


def _header() -> bytes:
    return _box(
        "1A45DFA3",
        _number("4286", 1) + _number("42F7", 1) + _number("42F2", 4) + _number("42F3", 8)
        + _box("4282", b"webm") + _number("4287", 4) + _number("4285", 2),
    )  # fmt: skip


def _tracks(width: int, height: int, opus: bytes) -> bytes:
    video = _box(
        "AE",
        _number("D7", _VIDEO) + _number("73C5", _VIDEO) + _number("83", 1) + _number("9C", 0)
        + _box("86", b"V_VP9") + _box("E0", _number("B0", width) + _number("BA", height)),
    )  # fmt: skip
    audio = _box(
        "AE",
        _number("D7", _AUDIO) + _number("73C5", _AUDIO) + _number("83", 2) + _number("9C", 0)
        + _box("86", b"A_OPUS") + _box("63A2", opus) + _number("56AA", 6_500_000)
        + _number("56BB", 80_000_000)
        + _box("E1", _box("B5", struct.pack(">d", 48_000.0)) + _number("9F", 1)),
    )  # fmt: skip
    return _box("1654AE6B", video + audio)


def _clusters(chunks: list[Chunk]) -> tuple[list[bytes], list[int]]:
    """Begin a cluster with each key frame that is far enough from the one before."""
    clusters: list[bytes] = []
    starts: list[int] = []
    blocks = b""
    for chunk in chunks:
        far = not starts or chunk.at - starts[-1] >= _CLUSTER_MS
        if chunk.track == "video" and chunk.is_key and far:
            if starts:
                clusters.append(_box("1F43B675", blocks))
            starts.append(chunk.at)
            blocks = _number("E7", chunk.at)
        if starts:
            number = _VIDEO if chunk.track == "video" else _AUDIO
            head = bytes([0x80 | number]) + struct.pack(">h", chunk.at - starts[-1])
            blocks += _box("A3", head + (b"\x80" if chunk.is_key else b"\0") + chunk.data)
    clusters.append(_box("1F43B675", blocks))
    return clusters, starts


def _cues(places: list[tuple[int, int]]) -> bytes:
    points = (
        _box("BB", _number("B3", at) + _box("B7", _number("F7", _VIDEO) + _number("F1", place)))
        for at, place in places
    )
    return _box("1C53BB6B", b"".join(points))


def _number(name: str, value: int) -> bytes:
    return _box(name, value.to_bytes(max(1, (value.bit_length() + 7) // 8)))


def _box(name: str, inside: bytes) -> bytes:
    return bytes.fromhex(name) + (0x0100_0000_0000_0000 | len(inside)).to_bytes(8) + inside
