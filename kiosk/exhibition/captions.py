"""Captions of films and sounds: WebVTT, read so that a wrong time is found before it goes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.exhibition.faults import Faults

_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
_ARROW = "-->"
LONGEST_CUE = 120
"""Characters of one caption: what is read while it is said, in two lines."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from *start* to *end* in milliseconds, its text, and the line it begins on."""

    start: int
    end: int
    text: str
    line: int


def read_captions(text: str, path: str, faults: Faults) -> tuple[Cue, ...]:
    """Return the captions of a WebVTT file (W3C, 2019) and note what is wrong with it.

    Held are: the first line, every time, their order, and that each says something and not too
    much at once. Blocks of notes, styles and regions are passed over.
    """
    lines = text.split("\n")
    if not _HEADER.fullmatch(lines[0].rstrip()):
        cure = "Write WEBVTT on the first line, then an empty one."
        faults.error("captions-format", path, 1, "The file does not begin with WEBVTT.", cure)
        return ()
    cues = tuple(_cues(lines, path, faults))
    before = 0
    for cue in cues:
        _check(cue, before, path, faults)
        before = cue.start
    if not cues and not any(_ARROW in line for line in lines):
        cure = "Write what is said and heard; of a film without sound, that it has none."
        faults.error("captions-format", path, 1, "There is no caption in this file.", cure)
    return cues


def _cues(lines: list[str], path: str, faults: Faults) -> Iterator[Cue]:
    for first, block in _blocks(lines):
        if _NO_CUE.fullmatch(block[0]):
            continue
        at = 0 if _ARROW in block[0] else 1
        times = _TIMES.fullmatch(block[at].strip()) if at < len(block) else None
        if times is None:
            cure = "Write 00:01.000 --> 00:04.500, minutes, seconds and three digits of them."
            line = first + min(at, len(block) - 1)
            faults.error(
                "captions-format", path, line, "These are not the times of a caption.", cure
            )
            continue
        said = "\n".join(block[at + 1 :])
        yield Cue(_milliseconds(times, 1), _milliseconds(times, 5), said, first + at)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield what stands between empty lines after the header, with its first line's number."""
    block: list[str] = []
    after_header = lines.index("") if "" in lines else len(lines)
    for number, line in enumerate((*lines[after_header:], ""), after_header + 1):
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield number - len(block), block
            block = []


def _milliseconds(times: re.Match[str], first: int) -> int:
    hours, minutes, seconds, rest = (int(times[first + n] or 0) for n in range(4))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _check(cue: Cue, before: int, path: str, faults: Faults) -> None:
    if cue.end <= cue.start or cue.start < before:
        cure = "Let each begin after the one before it, and end after it begins."
        message = "This caption ends before it begins, or begins before the one above it."
        faults.error("captions-order", path, cue.line, message, cure)
    if not cue.text.strip():
        message = "This caption says nothing."
        faults.error("captions-format", path, cue.line, message, "Write its text below its times.")
    elif len(cue.text) > LONGEST_CUE:
        message = f"This caption has {len(cue.text)} characters."
        cure = f"Cut it into captions of at most {LONGEST_CUE}: nobody reads as fast as one speaks."
        faults.warning("captions-long", path, cue.line, message, cure)
