"""An edition: an exhibition's files frozen under the hash of their manifest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.exhibition.folder import MOST_FILES, limit_of

SHA256 = re.compile(r"[0-9a-f]{64}")
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MALFORMED = (
    ValueError, TypeError, AttributeError, LookupError, RecursionError, OverflowError
)  # fmt: skip
"""What JSON of any other shape leads to; OverflowError is 1e999 where a number should be."""
_ID = re.compile(r"[0-9a-f]{16}")


class CorruptEdition(KioskError):
    """An edition's record or one of its files is not what it was when it was frozen."""

    code = "corrupt-edition"
    status = 503


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of an edition: its SHA-256 in hexadecimal and its size in octets."""

    sha256: str
    size: int


Manifest = Mapping[str, FileRecord]
"""The files of an edition by relative path."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A frozen state of an exhibition; *number* counts its editions from 1."""

    id: str
    exhibition: str
    number: int
    manifest: Manifest
    created_at: datetime
    created_by: str = ""
    note: str = ""


def manifest_text(manifest: Manifest) -> str:
    """Return the manifest as canonical JSON: the same files give the same text everywhere."""
    rows = {path: [record.sha256, record.size] for path, record in manifest.items()}
    return json.dumps(rows, sort_keys=True, separators=(",", ":"))


def edition_id(manifest: Manifest) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the canonical manifest."""
    return hashlib.sha256(manifest_text(manifest).encode()).hexdigest()[:16]


def read_manifest(text: str) -> Manifest:
    """Read a manifest as it came from a database or hub, trusting none of its paths.

    Raises:
        CorruptEdition: it is no manifest, or names a file that no exhibition may have.
    """
    try:
        rows = json.loads(text)
        manifest = {str(path): FileRecord(str(row[0]), int(row[1])) for path, row in rows.items()}
    except _MALFORMED as error:
        raise _corrupt("its list of files cannot be read") from error
    if len(manifest) > MOST_FILES:
        raise _corrupt("it lists too many files")
    for path, record in manifest.items():
        limit = limit_of(path)
        if not is_safe(path) or limit is None or not 0 <= record.size <= limit:
            raise _corrupt(f"it may not hold {path[:80]!r}")
        if not SHA256.fullmatch(record.sha256):
            raise _corrupt(f"it has no hash of {path[:80]!r}")
    return manifest


def is_safe(path: str) -> bool:
    """Tell whether a path stays within the folder that it is written to."""
    return (
        all(_PART.fullmatch(part) for part in path.split("/")) and PurePosixPath(path).parts != ()
    )


def to_record(edition: Edition) -> bytes:
    """Return an edition as JSON, as kiosks fetch it."""
    return json.dumps(
        {
            "id": edition.id,
            "exhibition": edition.exhibition,
            "number": edition.number,
            "manifest": json.loads(manifest_text(edition.manifest)),
            "created_at": clock.to_text(edition.created_at),
            "created_by": "",
            "note": edition.note,
        },
        sort_keys=True,
    ).encode()


def from_record(data: bytes) -> Edition:
    """Read what :func:`to_record` wrote, and verify the id.

    Raises:
        CorruptEdition: it is no edition, or its id is not that of its files.
    """
    try:
        record = json.loads(data)
        manifest = read_manifest(json.dumps(record["manifest"]))
        edition = Edition(
            id=str(record["id"]),
            exhibition=str(record["exhibition"]),
            number=int(record["number"]),
            manifest=manifest,
            created_at=clock.from_text(str(record["created_at"])),
            note=str(record.get("note", "")),
        )
    except _MALFORMED as error:
        raise _corrupt("its record cannot be read") from error
    if not _ID.fullmatch(edition.id) or edition.id != edition_id(manifest):
        raise _corrupt("its id is not that of its files")
    return edition


def _corrupt(what: str) -> CorruptEdition:
    return CorruptEdition(
        "The edition is damaged: {what}.",
        "The edition before it stays on the screens. Fetch or publish it again.",
        what=what,
    )
