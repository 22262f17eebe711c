"""The programs that turn words into sound on a machine: espeak-ng, and Piper with its voices."""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

ESPEAK = "espeak-ng"
WORDS_A_MINUTE = 150
ESPEAK_PATIENCE_S = 20

PIPER = "piper"
PIPER_PATIENCE_S = 120
"""Longer: Piper reads some 60 MB of a voice for each text, several at a time."""


class Program(Protocol):
    """A program that speaks some languages."""

    name: str

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for this language; a dialect is spoken by its language's."""

    def wave(self, language: str, text: str) -> bytes:
        """Return the sound of *text* as a WAV file, or nothing where that fails.

        The text goes in by standard input: no list of processes ever shows it.
        """


class Espeak:
    """espeak-ng: every language, and the voice of a machine."""

    name = ESPEAK

    def __init__(self, program: str, languages: frozenset[str]) -> None:
        self._program = program
        self._languages = languages

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for this language."""
        return language.partition("-")[0] in self._languages

    def wave(self, language: str, text: str) -> bytes:
        """Return the sound of *text* as a WAV file, or nothing where that fails."""
        voice = language.partition("-")[0]
        command = [self._program, "-v", voice, "-s", str(WORDS_A_MINUTE), "-b", "1", "--stdout"]
        return _said([*command, "--stdin"], text, ESPEAK_PATIENCE_S)


class Piper:
    """Piper: a voice that was learned from a person's, one file for each; an operator brings them.

    Source: https://github.com/OHF-Voice/piper1-gpl, docs/CLI.md
    """

    name = PIPER

    def __init__(self, program: str, voices: Mapping[str, Path]) -> None:
        self._program = program
        self._voices = voices

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for this language."""
        return language.partition("-")[0] in self._voices

    def wave(self, language: str, text: str) -> bytes:
        """Return the sound of *text* as a WAV file, or nothing where that fails."""
        voice = self._voices[language.partition("-")[0]]
        command = [self._program, "--model", str(voice), "--output_file", "-"]
        one_line = " ".join(text.split())  # each line would be a sound of its own
        return _said(command, one_line + "\n", PIPER_PATIENCE_S)


def espeak() -> Espeak | None:
    """Return espeak-ng with the languages it has, or None where it is not installed or is mute."""
    program = shutil.which(ESPEAK)
    if program is None:
        return None
    try:
        listed = subprocess.run(  # noqa: S603 - found in PATH, without arguments of others
            [program, "--voices"],
            capture_output=True,
            text=True,
            check=True,
            timeout=ESPEAK_PATIENCE_S,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    tags = (line.split()[1] for line in listed.splitlines()[1:] if len(line.split()) > 1)
    return Espeak(program, frozenset(tag.partition("-")[0] for tag in tags))


def piper(folder: Path | None) -> Piper | None:
    """Return Piper with the voices of *folder*, or None without the program or without a voice."""
    program = shutil.which(PIPER)
    voices = voices_in(folder) if folder is not None else {}
    return Piper(program, voices) if program is not None and voices else None


def voices_in(folder: Path) -> dict[str, Path]:
    """Return Piper's voices by language: the first of each, in the order of their names.

    A voice is two files as they are downloaded, such as ``fr_FR-siwis-medium.onnx`` with its
    ``fr_FR-siwis-medium.onnx.json``; one without the other says nothing.
    """
    found: dict[str, Path] = {}
    for model in sorted(folder.glob("*.onnx")):
        if model.with_name(f"{model.name}.json").is_file():
            found.setdefault(model.name.partition("-")[0].partition("_")[0], model)
    return found


def _said(command: Sequence[str], text: str, patience_s: int) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a program of this machine, no word of the text in it
            command, input=text.encode(), capture_output=True, check=True, timeout=patience_s
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return whole(done.stdout)


def whole(streamed: bytes) -> bytes:
    """Return a WAV file whose head tells its true length; a stream's head cannot."""
    at = streamed.find(b"data")
    if at < 0 or not streamed.startswith(b"RIFF"):  # words about its own data, not a voice
        return b""
    head = io.BytesIO(streamed)
    samples = streamed[at + 8 :]
    with wave.open(head) as read:
        kind = (read.getnchannels(), read.getsampwidth(), read.getframerate())
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(kind[0])
        made.setsampwidth(kind[1])
        made.setframerate(kind[2])
        made.writeframes(samples[: len(samples) // 2 * 2])
    return out.getvalue()
