"""The same files are the same edition, and no record of one is trusted blindly."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kiosk.exhibition.edition import (
    CorruptEdition,
    Edition,
    FileRecord,
    edition_id,
    from_record,
    manifest_text,
    read_manifest,
    to_record,
)
from tests.world import SUNDAY

HASH = "ab" * 32
MANIFEST = {"text.en.md": FileRecord(HASH, 12), "exhibition.toml": FileRecord("cd" * 32, 3)}
EDITION = Edition(edition_id(MANIFEST), "harbour", 3, MANIFEST, SUNDAY, "edda", "the evening's")


def test_the_same_files_are_the_same_edition() -> None:
    """In whichever order they are listed."""
    turned = dict(reversed(MANIFEST.items()))

    assert edition_id(turned) == edition_id(MANIFEST)
    assert len(edition_id(MANIFEST)) == 16
    assert read_manifest(manifest_text(MANIFEST)) == MANIFEST


def test_a_record_travels_to_a_kiosk_without_the_editors_name() -> None:
    """A kiosk learns what to fetch, not who at the town hall pressed the button."""
    assert from_record(to_record(EDITION)) == replace(EDITION, created_by="")
    assert b"edda" not in to_record(EDITION)


@pytest.mark.parametrize(
    "path",
    ["../outside.md", "/etc/text.en.md", "a/../../text.en.md", "a//text.en.md", "run.sh",
     "text.en.md/", ".hidden/text.en.md", "a\\text.en.md", "", "C:text.en.md"],
)  # fmt: skip
def test_a_path_that_leaves_the_folder_is_refused(path: str) -> None:
    """A forged manifest cannot write outside the edition's folder."""
    with pytest.raises(CorruptEdition):
        read_manifest(json.dumps({path: [HASH, 12]}))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "7", '{"text.en.md": 7}', '{"text.en.md": ["zz", 1]}', '{"text.en.md": ["x"]}',
     f'{{"text.en.md": ["{HASH}", -1]}}', f'{{"text.en.md": ["{HASH}", 99999999999]}}',
     "[" * 100_000, f'{{"text.en.md": ["{HASH}", 1e999]}}'],
)  # fmt: skip
def test_what_is_no_manifest_is_refused(text: str) -> None:
    """Damaged or forged text is refused with a cure."""
    with pytest.raises(CorruptEdition) as refused:
        read_manifest(text)

    assert refused.value.cure


def test_an_id_that_does_not_fit_its_files_is_refused() -> None:
    """A file exchanged in the list without changing the edition's id."""
    record = json.loads(to_record(EDITION))
    record["manifest"]["text.en.md"][0] = "ef" * 32
    with pytest.raises(CorruptEdition):
        from_record(json.dumps(record).encode())
    with pytest.raises(CorruptEdition):
        from_record(b"{}")
