"""What the doctor says of the voices that an operator brought: heard, or what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.apps import doctor
from kiosk.apps.doctor import Finding
from kiosk.exhibition import speech_maker, speech_programs
from kiosk.exhibition.speech_programs import Piper
from kiosk.settings import load


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a French voice; no program is installed."""
    folder = tmp_path / "voices"
    folder.mkdir()
    for name in ("fr_FR-siwis-medium.onnx", "fr_FR-siwis-medium.onnx.json"):
        (folder / name).touch()
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    speech_maker.of_this_machine.cache_clear()
    return folder


def _said(tmp_path: Path, voices: str) -> list[Finding]:
    settings = load(data=tmp_path, content=tmp_path, piper_voices=voices)
    return [each for each in doctor.examine(settings) if each.what == "speech"]


def test_who_wants_no_voices_hears_nothing_of_them(tmp_path: Path, voices: Path) -> None:
    """The setting is empty: espeak-ng is offered, no more."""
    assert voices.is_dir()
    assert ["espeak-ng" in each.found for each in _said(tmp_path, "")] == [True]


def test_voices_without_the_program_are_told(tmp_path: Path, voices: Path) -> None:
    """They lie there and are not heard."""
    first = _said(tmp_path, str(voices))[0]
    assert first.grade == "warning"
    assert "piper is not installed" in first.found


def test_a_folder_without_a_voice_is_told(tmp_path: Path, voices: Path) -> None:
    """Of two files one was forgotten, or the folder's name is mistyped."""
    (voices / "fr_FR-siwis-medium.onnx.json").unlink()
    for named in (voices, voices / "none"):
        first = _said(tmp_path, str(named))[0]
        assert first.grade == "warning"
        assert f"no voice in {named}" in first.found


@pytest.mark.parametrize(("sound", "told"), [(b"", True), (b"RIFF", False)])
def test_each_voice_is_tried(
    tmp_path: Path, voices: Path, monkeypatch: pytest.MonkeyPatch, sound: bytes, told: bool
) -> None:
    """A damaged file is found by the operator, not by the visitors."""
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "piper" else None)
    monkeypatch.setattr(Piper, "wave", lambda *_: sound)
    found = _said(tmp_path, str(voices))
    silent = [each for each in found if "fr_FR-siwis-medium.onnx says nothing" in each.found]
    assert [each.grade for each in silent] == (["warning"] if told else [])
    assert "piper speaks fr" in found[-1].found
    assert speech_programs.voices_in(voices).keys() == {"fr"}
    speech_maker.of_this_machine.cache_clear()
