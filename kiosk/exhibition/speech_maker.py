"""What turns words into sound: espeak-ng, where this machine has it, and MP3 for editions."""

from __future__ import annotations

import asyncio
import io
import shutil
import subprocess
import wave
from collections import OrderedDict
from functools import cache
from typing import Protocol

import lameenc

PROGRAM = "espeak-ng"
WORDS_A_MINUTE = 150
BITRATE = 24
"""Kilobits a second of a clip: 3 kB for each second of speech, a fifteenth of the samples."""

PATIENCE_S = 20
KEPT = 200
"""Clips that stay in memory, some 200 kB each."""


class Speaker(Protocol):
    """Says texts in the languages that it has a voice for."""

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for this language."""

    async def say(self, language: str, text: str) -> bytes:
        """Return the sound of *text* as a WAV file, or nothing where that fails."""


class Espeak:
    """espeak-ng on this machine."""

    def __init__(self, program: str, languages: frozenset[str]) -> None:
        self._program = program
        self._languages = languages
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for this language; a dialect is spoken by its language's."""
        return language.partition("-")[0] in self._languages

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
        """Return the sound of *text* as a WAV file, or nothing where that fails.

        The text goes in by standard input: no list of processes ever shows it.
        """
        voice = language.partition("-")[0]
        command = [self._program, "-v", voice, "-s", str(WORDS_A_MINUTE), "-b", "1", "--stdout"]
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no word of the text in it
                [*command, "--stdin"],
                input=text.encode(),
                capture_output=True,
                check=True,
                timeout=PATIENCE_S,
            )
        except (OSError, subprocess.SubprocessError):
            return b""
        return _whole(done.stdout)

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
def of_this_machine() -> Espeak | None:
    """Return what speaks here, or None where espeak-ng is not installed or says nothing."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    try:
        listed = subprocess.run(  # noqa: S603 - found in PATH, without arguments of others
            [program, "--voices"], capture_output=True, text=True, check=True, timeout=PATIENCE_S
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    tags = (line.split()[1] for line in listed.splitlines()[1:] if len(line.split()) > 1)
    return Espeak(program, frozenset(tag.partition("-")[0] for tag in tags))


def _whole(streamed: bytes) -> bytes:
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
