"""Whatever bytes a folder holds, the reader either reads them or refuses them with faults."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.exhibition.checks import check
from kiosk.exhibition.faults import ERROR, ContentRefused
from kiosk.exhibition.reader import read_all
from kiosk.exhibition.toml_lines import lines_of
from tests.unit.exhibition import small

FILES = small.files()
PIECES = (
    b"[", b"]", b"[[", b"]]", b"=", b'"', b'"""', b"'", b"\n", b"# ", b"## ", b"+++\n", b"\0",
    b"\xff", b"\xef\xbb\xbf", b"9" * 5000, b"[" * 2000, b"0001-01-01T00:00:00+14:00", b"nan",
    b"inf", b"{", b"}", b".", b"exhibit", b"id", b"false", b"\xe2\x80\xae", b"[exhibit.question]\n",
)  # fmt: skip


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, bytes]:
    """One file of the tiny exhibition with up to six places changed."""
    path = draw(st.sampled_from(sorted(FILES)))
    data = bytearray(FILES[path])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.integers(0, 12))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        data[at : at + cut] = piece
    return path, bytes(data)


@given(spoiled())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_spoiled_bytes_are_read_or_refused(change: tuple[str, bytes]) -> None:
    """A disk, an editor or an attacker changes bytes: never a crash, never a half exhibition."""
    path, data = change
    with tempfile.TemporaryDirectory() as name:
        folder = small.write(Path(name), {**FILES, path: data})
        refused = False
        with contextlib.suppress(ContentRefused):
            refused = True
            assert read_all(folder).core.id
            refused = False
        faults = check(folder)
    assert all(fault.cure and fault.line >= 1 for fault in faults)
    assert not refused or any(fault.severity == ERROR for fault in faults)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_lines_are_found_in_any_text(text: str) -> None:
    """The search for lines never fails, and never points beyond the file."""
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_of(text).values())
