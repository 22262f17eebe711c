"""Octets of a file turned into text, refusing what no visitor should ever be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.exhibition.faults import Faults

_BOM = b"\xef\xbb\xbf"
# Half an emoji can be typed and cut off; no file and no database takes it.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(r"(?<!\\)(?:</?[A-Za-z!][^>]*>?|&#?\w+;)")
_MARKDOWN = re.compile(r"\*\*|__|`|!?\[[^\]]*\]\([^)]*\)")


def decode(data: bytes, path: str, faults: Faults) -> str | None:
    """Return the text of a file with lines ending in a line feed, or None where it is no UTF-8.

    Control characters and characters that turn the direction of what follows are noted as
    faults: the latter can make a sentence read otherwise than it is stored.
    """
    if data.startswith(_BOM):
        cure = "Save the file as UTF-8 without byte order mark."
        faults.error("byte-order-mark", path, 1, "The file begins with a byte order mark.", cure)
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        cure = "Save the file as UTF-8."
        faults.error("not-utf8", path, line, "The file is not UTF-8 here.", cure)
        return None
    _note_characters(text, path, faults)
    return text


def _note_characters(text: str, path: str, faults: Faults) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        for rule, message, cure in hidden_in(line):
            faults.error(rule, path, number, message, cure)


def hidden_in(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield rule, message and cure for each character in *text* that nobody should be shown."""
    for character in dict.fromkeys(_CONTROL.findall(text)):
        yield "control-character", f"Control character U+{ord(character):04X}.", "Delete it."
    for character in dict.fromkeys(_DIRECTION.findall(text)):
        message = f"Character U+{ord(character):04X} turns the direction of writing."
        cure = "Delete it: screens set each text's direction by its language."
        yield "direction-character", message, cure


def without_hidden_characters(text: str) -> str:
    """Return typed text without what :func:`decode` would note as a fault."""
    return _DIRECTION.sub("", _CONTROL.sub("", text.replace("\ufeff", "")))


def html_in(text: str) -> str:
    """Return the first HTML tag or entity in *text* that no backslash escapes, or nothing."""
    match = _MARKUP.search(text)
    return match[0] if match else ""


def markup_in(text: str) -> str:
    """Return the first HTML or Markdown mark in what should be plain text, or nothing."""
    match = _MARKUP.search(text) or _MARKDOWN.search(text)
    return match[0] if match else ""
