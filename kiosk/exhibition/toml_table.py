"""A table of a TOML file, read key by key: what is wrong or unknown is noted with line and cure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from kiosk.exhibition.faults import Faults, nearest
from kiosk.exhibition.plain_text import hidden_in, markup_in
from kiosk.exhibition.toml_lines import Keys, line_of, lines_of

SLUG = re.compile(r"[a-z0-9-]{1,64}")
_LINE_OF_ERROR = re.compile(r"at line (\d+)")
_DATE = re.compile(r"=\s*\d{4}-\d")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@dataclass(slots=True)
class Table:
    """One table; *keys* is the way to it in the file, *asked* the keys that it may have."""

    path: str
    data: Mapping[str, Any]
    lines: Mapping[Keys, int]
    faults: Faults
    keys: Keys = ()
    asked: set[str] = field(default_factory=set)

    def line(self, key: str = "") -> int:
        """Return the line of *key*, or of the table itself."""
        return line_of(self.lines, (*self.keys, key) if key else self.keys)

    def error(self, rule: str, key: str, message: str, cure: str) -> None:
        """Note a fault at *key*."""
        self.faults.error(rule, self.path, self.line(key), message, cure)

    def warning(self, rule: str, key: str, message: str, cure: str) -> None:
        """Note what visitors would see at *key*, but publishing may bear."""
        self.faults.warning(rule, self.path, self.line(key), message, cure)

    def _value(self, key: str, kind: type, cure: str, *, required: bool) -> Any:
        self.asked.add(key)
        value = self.data.get(key)
        if value is None:
            if required:
                rule = "missing-id" if key == "id" else "missing-field"
                self.error(rule, key, f"“{key}” is missing.", cure)
        elif not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.error("wrong-type", key, f"“{key}” is not of the right type.", cure)
            value = None
        return value

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a line of plain text, or an empty one."""
        cure = f'Write {key} = "…".'
        value = self._value(key, str, cure, required=required)
        if value is None:
            return ""
        tidy = str(value).strip()
        if required and not tidy:
            self.error("missing-field", key, f"“{key}” is empty.", cure)
        for rule, message, hint in hidden_in(tidy):  # written as \u202e, no reader of files sees it
            self.error(rule, key, message, hint)
        mark = markup_in(tidy)
        if mark:
            message = f"“{key}” is plain text, but holds {mark!r}."
            self.error("markup-in-plain-text", key, message, "Write words only.")
        return tidy

    def slug(self, key: str, *, required: bool = False) -> str:
        """Return an id of at most 64 of a–z, 0–9 and hyphen, or an empty text."""
        value = self._value(key, str, f'Write {key} = "an-id".', required=required)
        if value is None or (not value and not required):
            return ""
        return self._slug(key, value)

    def _slug(self, key: str, value: str) -> str:
        if SLUG.fullmatch(value):
            return value
        cure = "Use 1 to 64 of: small letters a–z, digits, hyphen."
        self.error("bad-slug", key, f"{value[:80]!r} cannot be an id.", cure)
        return ""

    def strings(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts without repetition."""
        cure = f'Write {key} = ["…", "…"].'
        value = self._value(key, list, cure, required=required)
        if value is None:
            return ()
        if not all(isinstance(each, str) for each in value):
            self.error("wrong-type", key, f"“{key}” holds more than texts.", cure)
            return ()
        if len(set(value)) < len(value):
            message = f"“{key}” says the same twice."
            self.error("repeated-entry", key, message, "Keep each entry once.")
        return tuple(dict.fromkeys(value))

    def slugs(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of ids without repetition."""
        found = (self._slug(key, each) for each in self.strings(key, required=required))
        return tuple(each for each in found if each)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a date between 1900 and 2199."""
        cure = f"Write {key} = 2019-05-17, without quotation marks."
        self.asked.add(key)
        value = self.data.get(key)
        if value is None and not required:
            return None
        if isinstance(value, date) and not isinstance(value, datetime) and _plausible(value):
            return value
        self.error("bad-date", key, f"“{key}” is missing or not a date.", cure)
        return None

    def moment(self, key: str) -> datetime | None:
        """Return a moment in UTC."""
        cure = f"Write {key} = 2026-01-31T18:00:00Z, in UTC, without quotation marks."
        self.asked.add(key)
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, datetime) or not _plausible(value):
            self.error("bad-date", key, f"“{key}” is not a date with a time.", cure)
            return None
        if value.tzinfo is None:
            message = f"“{key}” does not say in which time zone."
            self.error("naive-moment", key, message, cure)
            return None
        return value.astimezone(UTC)

    def number(self, key: str, low: float, high: float, otherwise: float | None = None) -> float:
        """Return a number within bounds; *otherwise* where none is given (None: required)."""
        self.asked.add(key)
        value = self.data.get(key, otherwise)
        right = isinstance(value, int | float) and not isinstance(value, bool)
        if right and low <= value <= high:
            return float(value)
        cure = f"Write {key} = a number from {low:g} to {high:g}."
        self.error("out-of-range", key, f"“{key}” is missing or out of range.", cure)
        return low

    def whole(self, key: str, low: int, high: int, otherwise: int | None = None) -> int:
        """Return a whole number within bounds, as :meth:`number`; 2.9 is none, nor rounded."""
        value = self.data.get(key)
        if isinstance(value, float) and not value.is_integer():
            self.asked.add(key)
            cure = f"Write {key} = a whole number from {low} to {high}."
            self.error("out-of-range", key, f"“{key}” is not a whole number.", cure)
            return low
        return int(self.number(key, low, high, otherwise))

    def flag(self, key: str) -> bool:
        """Return true or false; false where nothing is said."""
        cure = f"Write {key} = true or {key} = false."
        return bool(self._value(key, bool, cure, required=False))

    def one_of(self, key: str, options: Iterable[str], rule: str, otherwise: str = "") -> str:
        """Return one of *options*; *otherwise* where none is given (empty: required)."""
        known = tuple(options)
        listed = ", ".join(known)
        self.asked.add(key)
        value = self.data.get(key)
        if value is None and otherwise:
            return otherwise
        if value is None:
            self.error(f"missing-{key}", key, f"“{key}” is missing.", f"Write one of: {listed}.")
        elif not isinstance(value, str) or value not in known:
            cure = nearest(str(value), known, f"Write one of: {listed}.")
            self.error(rule, key, f"“{key}” cannot be {str(value)[:80]!r}.", cure)
        else:
            return value
        return otherwise or known[-1]

    def table(self, key: str) -> Table | None:
        """Return the table below this one, or None."""
        cure = f"Write it as a table of its own: […{key}]."
        value = self._value(key, dict, cure, required=False)
        return None if value is None else self._below(value, (*self.keys, key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return a list of tables below this one."""
        cure = f"Write each as a table of its own: [[…{key}]]."
        value = self._value(key, list, cure, required=False) or ()
        if not all(isinstance(each, dict) for each in value):
            self.error("wrong-type", key, f"“{key}” holds more than tables.", cure)
            return ()
        return tuple(
            self._below(each, (*self.keys, key, index)) for index, each in enumerate(value)
        )

    def _below(self, data: Mapping[str, Any], keys: Keys) -> Table:
        return Table(self.path, data, self.lines, self.faults, keys)

    def finish(self) -> None:
        """Note every key that nobody asked for: a mistyped key must not be lost silently."""
        for key in self.data:
            if key not in self.asked:
                known = ", ".join(sorted(self.asked))
                cure = nearest(key, self.asked, f"Known here: {known}.")
                self.error("unknown-key", key, f"Nothing is called “{key[:80]}” here.", cure)


def _plausible(value: date) -> bool:
    return _FIRST_YEAR <= value.year <= _LAST_YEAR


def parse(text: str, path: str, faults: Faults) -> Table | None:
    """Return the file's outermost table, or None with a fault where it is not TOML."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # tomllib raises plain ValueErrors for numbers that are too long, and recurses by depth.
        message = str(error) or "nested too deeply"
        match = _LINE_OF_ERROR.search(message)
        line = int(match[1]) if match else text.rstrip().count("\n") + 1
        is_date = _DATE.search(text.split("\n")[line - 1])
        rule = "bad-date" if is_date else "toml"
        cure = "Correct the line; texts stand in quotation marks, dates do not."
        faults.error(rule, path, line, f"This is not TOML: {message}.", cure)
        return None
    return Table(path, data, lines_of(text), faults)
