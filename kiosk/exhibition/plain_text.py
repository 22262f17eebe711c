"""Octets of a file turned into text, refusing what no visitor should ever be shown."""

from __future__ import annotations

import re

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
    for match in _CONTROL.finditer(text):
        message = f"Control character U+{ord(match[0]):04X}."
        faults.error("control-character", path, _line(text, match), message, "Delete it.")
    for match in _DIRECTION.finditer(text):
        message = f"Character U+{ord(match[0]):04X} turns the direction of writing."
        cure = "Delete it: screens set each text's direction by its language."
        faults.error("direction-character", path, _line(text, match), message, cure)


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


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
