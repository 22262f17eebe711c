"""What turns words into sound here: the best program of this machine, and MP3 for editions."""

from __future__ import annotations

import asyncio
import io
import wave
from collections import OrderedDict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Protocol

import lameenc

from kiosk.exhibition import speech_programs
from kiosk.exhibition.speech_programs import Program

BITRATE = 24
"""Kilobits a second of a clip: 3 kB for each second of speech, a fifteenth of the samples."""

KEPT = 200
"""Clips that stay in memory, some 200 kB each."""


class Speaker(Protocol):
    """Says texts in the languages that it has a voice for."""

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for this language."""

    async def say(self, language: str, text: str) -> bytes:
        """Return the sound of *text* as a WAV file, or nothing where that fails."""


class LocalSpeech:
    """The programs of this machine, the best first: where one says nothing, the next does."""

    def __init__(self, programs: Iterable[Program]) -> None:
        self._programs = tuple(programs)
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for this language."""
        return self.by(language) != ""

    def by(self, language: str) -> str:
        """Return the name of the program that speaks this language, or nothing."""
        return next((each.name for each in self._programs if each.speaks(language)), "")

    async def say(self, language: str, text: str) -> bytes:
        """Return the sound of *text* as a WAV file, or nothing where that fails."""
        key = (language, text)
        sound = self._kept.get(key, b"") or await asyncio.to_thread(self.wave, language, text)
        if sound:  # a failure is tried anew: the machine may only have been busy
            self._kept[key] = sound
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return sound

    def wave(self, language: str, text: str) -> bytes:
        """Return the sound of *text* as a WAV file, or nothing where that fails."""
        able = (each for each in self._programs if each.speaks(language))
        sounds = (each.wave(language, text) for each in able)
        return next((sound for sound in sounds if sound), b"")

    def clip(self, language: str, text: str) -> bytes:
        """Return the sound of *text* as an MP3 file for an edition, or nothing."""
        sound = self.wave(language, text)
        if not sound:
            return b""
        with wave.open(io.BytesIO(sound)) as read:
            samples, rate = read.readframes(read.getnframes()), read.getframerate()
        encoder = lameenc.Encoder()
        encoder.set_bit_rate(BITRATE)
        encoder.set_in_sample_rate(rate)
        encoder.set_channels(1)
        encoder.set_quality(5)
        encoder.silence()
        return bytes(encoder.encode(samples) + encoder.flush())


@cache
def of_this_machine(folder: Path | None = None) -> LocalSpeech | None:
    """Return what speaks here, or None where no program does; *folder* holds Piper's voices."""
    found = (speech_programs.piper(folder), speech_programs.espeak())
    programs = [program for program in found if program is not None]
    return LocalSpeech(programs) if programs else None
