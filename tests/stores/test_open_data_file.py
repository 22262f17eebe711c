"""`kiosk export`: one file that a journalist opens, with a page that tells how to count."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from kiosk.apps import administration, open_data
from kiosk.errors import NotFound, Unavailable
from kiosk.settings import Settings, load
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from tests.unit.exhibition import small
from tests.world import ADAS_PHONE, BENCHES, SUNDAY


@pytest.fixture
def hub(tmp_path: Path) -> Settings:
    """A hub that published Edda's small exhibition and counted Ada's vote."""
    settings = load(data=tmp_path / "hub")
    with administration.hub(settings) as database:
        database.migrate()
        administration.publish(settings, small.write(tmp_path / "harbour"), "", SUNDAY)
        vote = Cast("v1", BENCHES, "ada", ("agree",), ADAS_PHONE, SUNDAY)
        database.write_now(lambda c: actions.cast_ballot(c, vote, SUNDAY))
    return settings


def test_a_journalist_finds_the_numbers_and_how_to_read_them(hub: Settings, tmp_path: Path) -> None:
    """Each table has its headings; the votes are Ada's; the sentence stands in both languages."""
    to = tmp_path / "harbour.zip"
    assert open_data.export(hub, "harbour", to, SUNDAY) == 0

    assert rows(to, "results.csv") == [
        {
            "question": BENCHES,
            "choice": choice,
            "city": "lindmark",
            "channel": "phone",
            "votes": "1",
        }
        for choice in ("*", "agree")
    ]
    (ballot,) = rows(to, "ballots.csv")
    assert (ballot["choices"], ballot["ballots"]) == ("agree", "1")
    languages = {r["language"] for r in rows(to, "wordings.csv") if r["question"] == BENCHES}
    assert languages == {"en", "fr"}
    assert rows(to, "comments.csv") == []
    with zipfile.ZipFile(to) as packed:
        about = packed.read("README.txt").decode()
        assert "ada" not in b"".join(packed.read(name) for name in packed.namelist()).decode()
    assert all(name in about for name in zipfile.ZipFile(to).namelist() if name != "README.txt")


def test_what_is_not_published_is_not_given_away(hub: Settings, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_data.export(hub, "elsewhere", tmp_path / "elsewhere.zip", SUNDAY)


def test_a_file_that_cannot_be_written_leaves_nothing(hub: Settings, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        open_data.export(hub, "harbour", tmp_path / "no-such-folder" / "harbour.zip", SUNDAY)
    assert not list(tmp_path.glob("*.zip*"))


def rows(file: Path, name: str) -> list[dict[str, str]]:
    """Read one table as a spreadsheet would."""
    with zipfile.ZipFile(file) as packed:
        text = packed.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
