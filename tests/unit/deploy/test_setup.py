"""The set-up does its work once, says what to do when it cannot, and leaves nothing half done."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.setup import environment, front_end, steps
from deploy.setup.steps import ROOT, SetupStoppedError

LOCKS = sorted((ROOT / "deploy" / "lock").glob("*.txt"))


def locked(path: Path) -> dict[str, str]:
    """Return name → version of each package that the lock file *path* holds."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", path.read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_names_versions_and_hashes_only(lock: Path) -> None:
    """No line of a lock says where to fetch from, and every package has a hash."""
    lines = lock.read_text().splitlines()
    package = re.compile(r"[a-z0-9-]+==[0-9a-z.]+ \\")
    hash_ = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [
        line for line in lines if not package.fullmatch(line) and not hash_.fullmatch(line)
    ] == []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert line[0] == " " or following.startswith("    --hash")


def test_demo_and_tests_run_on_the_same_versions() -> None:
    """What the tests ran on is what the demo runs on: one environment serves both."""
    runtime = locked(ROOT / "deploy/lock/runtime.txt")
    tested = locked(ROOT / "deploy/lock/test.txt")
    assert runtime.items() <= tested.items()


def test_the_front_end_lock_holds_hashes_and_no_places() -> None:
    """Every npm package has its hash, and none the address it came from."""
    lock = json.loads((front_end.SOURCE / "package-lock.json").read_text())
    packages = {path: package for path, package in lock["packages"].items() if path}
    assert packages
    for path, package in packages.items():
        assert "integrity" in package, path
        assert "resolved" not in package, path


def test_no_outline_of_a_country_is_shipped(tmp_path: Path) -> None:
    """Maps show land and points: the set-up removes the borders that come with the land."""
    atlas = tmp_path / "world-atlas"
    atlas.mkdir()
    for name in ("land-50m.json", "land-110m.json", "countries-50m.json", "countries-110m.json"):
        (atlas / name).write_text("{}")
    front_end.drop_borders(tmp_path)
    assert sorted(path.name for path in atlas.iterdir()) == ["land-110m.json", "land-50m.json"]
    front_end.drop_borders(tmp_path / "nothing-installed")


def test_what_is_done_is_known_by_its_input(tmp_path: Path) -> None:
    """A step is done for the input it was done with, and for no other."""
    stamp = tmp_path / "venv" / ".installed"
    assert not steps.is_done(stamp, "one")
    steps.mark_done(stamp, "one")
    assert steps.is_done(stamp, "one")
    assert not steps.is_done(stamp, "two")


def test_a_fingerprint_tells_inputs_apart(tmp_path: Path) -> None:
    """Text moved from one part to the next is another input."""
    file = tmp_path / "lock.txt"
    file.write_text("ab")
    assert steps.fingerprint(file, "c") == steps.fingerprint("ab", "c")
    assert steps.fingerprint("ab", "c") != steps.fingerprint("a", "bc")


def test_only_root_installs_what_the_system_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ada is not root: she is told the one line to type, and nothing is started."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(steps, "run", pytest.fail)
    with pytest.raises(SetupStoppedError, match=r"apt-get install -y .* chromium\n"):
        steps.system_packages(["chromium"], why="the tests need Chromium")


def test_a_system_without_apt_is_told_what_to_look_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """On another system the packages are named for its own package manager."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SetupStoppedError, match=r"no apt-get.*chromium"):
        steps.system_packages(["chromium"], why="the tests need Chromium")


def test_a_command_that_fails_is_shown_with_a_cure(capsys: pytest.CaptureFixture[str]) -> None:
    """What the command said is printed, then what to do."""
    script = "print('no space left'); raise SystemExit(3)"
    with pytest.raises(SetupStoppedError, match="Make room"):
        steps.run([sys.executable, "-c", script], cure="Make room.")
    assert "no space left" in capsys.readouterr().err


def test_a_command_that_does_not_exist_is_named() -> None:
    """A program that is not there is an error with a cure, not a traceback."""
    with pytest.raises(SetupStoppedError, match=r"no-such-program does not start.*Install it"):
        steps.run(["no-such-program"], cure="Install it.")


def test_a_machine_without_npm_uses_the_one_of_a_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where npm is missing or too old for the lock, a Python package's npm is installed."""
    added: list[str] = []
    monkeypatch.setattr(environment, "add", added.append)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert front_end._npm()[0] == str(environment.PYTHON)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(front_end, "_major", lambda _: 6)
    assert front_end._npm()[0] == str(environment.PYTHON)
    assert added == ["node", "node"]


def test_an_interrupted_front_end_is_installed_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Half installed, nothing is in place and nothing marked done, and the next run mends it."""
    monkeypatch.setattr(front_end, "BUILD", tmp_path)
    monkeypatch.setattr(front_end, "FOLDER", tmp_path / "front-end")
    monkeypatch.setattr(front_end, "_npm", lambda: ["npm"])

    def dies(*_: object, **__: object) -> None:
        (tmp_path / "front-end.new" / "node_modules" / "half").mkdir(parents=True)
        raise SetupStoppedError("killed")

    def works(*_: object, **__: object) -> None:
        (tmp_path / "front-end.new" / "node_modules" / "whole").mkdir(parents=True)

    monkeypatch.setattr(front_end, "run", dies)
    with pytest.raises(SetupStoppedError):
        front_end.prepare("test")
    assert not (tmp_path / "front-end").exists()
    monkeypatch.setattr(front_end, "run", works)
    front_end.prepare("test")
    assert [path.name for path in (tmp_path / "front-end" / "node_modules").iterdir()] == ["whole"]
    monkeypatch.setattr(front_end, "run", pytest.fail)
    front_end.prepare("test")
    front_end.prepare("runtime")


def test_an_unknown_purpose_is_refused() -> None:
    """The set-up names the purposes it knows."""
    done = subprocess.run(
        [sys.executable, "-m", "deploy.setup", "party"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "demo, check, test" in done.stderr


def test_every_target_of_the_makefile_is_explained() -> None:
    """``make help`` names every command that a person may type."""
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    for target in phony[1].split():
        assert re.search(rf"^{target}: ## \w", makefile, re.MULTILINE), target
