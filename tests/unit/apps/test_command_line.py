"""What commands print: names and paths as they are, whatever brackets stand in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk import cli
from kiosk.apps import doctor
from kiosk.apps.doctor import Finding
from kiosk.people.enrolment import read_identity


def test_a_name_in_brackets_is_printed_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hall's plan calls the spot “Hall [/3]”: enrolled, listed, shut out."""
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path))

    def run(*words: str) -> str:
        done = CliRunner().invoke(cli.app, words)
        assert done.exit_code == 0, done.output
        return done.output

    run("migrate")
    file = tmp_path / "hall [red].json"
    said = run("enrol", "Hall [/3]", "--to", str(file))
    assert "Hall [/3] is enrolled." in said
    assert str(file) in said
    assert read_identity(file).name == "Hall [/3]"
    assert "Hall [/3]" in run("kiosks")
    assert "Hall [/3] is shut out." in run("revoke", "1")


def test_the_doctor_prints_what_he_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the system has brackets of its own."""
    found = Finding("bad", "hub's database", "failed [/var/lib]", "Mend [it].")
    monkeypatch.setattr(doctor, "examine", lambda _: [found])
    done = CliRunner().invoke(cli.app, ["doctor"])
    assert done.exit_code == 1
    assert "failed [/var/lib]" in done.output
    assert "Mend [it]." in done.output
