"""What speaks on a machine: espeak-ng or Piper, where they are there; nothing ends without them."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import sys
import wave
from pathlib import Path

import pytest

from kiosk.exhibition import speech_maker, speech_programs
from kiosk.exhibition.speech_maker import LocalSpeech
from kiosk.exhibition.speech_programs import Espeak

STAND_IN = f"""#!{sys.executable}
import sys, wave
arguments = sys.argv[1:]
lines = [line for line in sys.stdin.buffer.read().decode().splitlines() if line]
if "mute" in arguments[arguments.index("--model") + 1]:
    sys.exit("no voice in that file")
assert arguments[arguments.index("--output_file") + 1] == "-", arguments
with open("/dev/stdout", "wb") as out, wave.open(out, "wb") as made:
    made.setnchannels(1)
    made.setsampwidth(2)
    made.setframerate(22050)
    made.writeframes(bytes(200 * len(lines[0])) if len(lines) == 1 else b"")
"""
"""Speaks as Piper's command does: a model by its path, one line a sound, a WAV file to stdout."""


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with Piper, and a folder with a French voice and half of a Polish one."""
    program = tmp_path / "bin" / speech_programs.PIPER
    program.parent.mkdir()
    program.write_text(STAND_IN)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    folder = tmp_path / "voices"
    folder.mkdir()
    for name in ("fr_FR-siwis-medium.onnx", "fr_FR-siwis-medium.onnx.json", "pl_PL-gosia.onnx"):
        (folder / name).touch()
    return folder


def _of(folder: Path | None) -> LocalSpeech | None:
    return speech_maker.of_this_machine.__wrapped__(folder)


def test_without_a_program_nothing_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are optional, on every machine."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert _of(None) is None


def test_a_voice_that_was_brought_speaks_its_language(
    voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder's voice comes first; a language without a whole one is the other program's."""
    monkeypatch.setattr(speech_programs, "espeak", lambda: Espeak("false", frozenset({"fr", "pl"})))
    speech = _of(voices)
    assert speech is not None
    assert [speech.by(x) for x in ("fr", "fr-simple", "fr-CA", "pl", "de")] == [
        "piper", "piper", "piper", "espeak-ng", ""
    ]  # fmt: skip
    text = "Chaque place doit offrir des sièges,\nmême le soir."
    with wave.open(io.BytesIO(speech.wave("fr", text))) as read:
        assert read.getnframes() == 100 * len(text)  # as one line: a second would be another sound
    assert speech.clip("fr", text)


def test_a_voice_that_fails_leaves_the_word_to_the_other(
    voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file is damaged: the sentence is heard all the same, in the machine's voice."""
    for name in ("de_DE-mute.onnx", "de_DE-mute.onnx.json"):
        (voices / name).touch()
    other = Espeak("espeak-ng", frozenset({"de"}))
    monkeypatch.setattr(other, "wave", lambda _language, text: text.encode())
    monkeypatch.setattr(speech_programs, "espeak", lambda: other)
    speech = _of(voices)
    assert speech is not None
    assert speech.by("de") == "piper"
    assert speech.wave("de", "Bank") == b"Bank"


def test_a_folder_without_voices_changes_nothing(voices: Path) -> None:
    """It is empty, or is not there: the doctor tells that; the exhibition goes on."""
    (voices / "fr_FR-siwis-medium.onnx.json").unlink()
    assert speech_programs.piper(voices) is None
    assert speech_programs.piper(voices / "none") is None
    assert speech_programs.piper(None) is None


@pytest.mark.skipif(not shutil.which(speech_programs.ESPEAK), reason="espeak-ng is optional")
def test_a_clip_is_sound_and_small() -> None:
    """As a WAV file for this screen, as an MP3 file a tenth of its size for an edition."""
    speaker = _of(None)
    assert speaker is not None
    assert speaker.speaks("fr")
    assert speaker.speaks("de-simple")
    assert not speaker.speaks("xx")
    text = "Chaque place doit offrir des sièges, « même » le soir ; c’est dit."
    sound = asyncio.run(speaker.say("fr", text))
    with wave.open(io.BytesIO(sound)) as read:
        assert 2 < read.getnframes() / read.getframerate() < 12
    clip = speaker.clip("fr", text)
    assert 0 < len(clip) < len(sound) / 9


def test_silence_of_a_busy_machine_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program was late once: the next to ask hears the sentence."""
    speaker = LocalSpeech([Espeak("espeak-ng", frozenset({"fr"}))])
    sounds = iter((b"", b"sound"))
    monkeypatch.setattr(speaker, "wave", lambda *_: next(sounds))
    assert asyncio.run(speaker.say("fr", "Bonjour.")) == b""
    assert asyncio.run(speaker.say("fr", "Bonjour.")) == b"sound"
    assert asyncio.run(speaker.say("fr", "Bonjour.")) == b"sound"


@pytest.mark.parametrize("said", [b"", b"Error: no espeak-ng-data there", b"RIFF without a sound"])
def test_what_is_no_sound_is_nothing_said(said: bytes) -> None:
    """A program that complains about its data ends no publication."""
    assert speech_programs.whole(said) == b""
