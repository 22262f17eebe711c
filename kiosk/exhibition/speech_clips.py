"""Makes at publication the clips that screens play when they read an edition's texts aloud."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from os import cpu_count
from typing import Protocol

from kiosk.exhibition import speech
from kiosk.exhibition.edition import FileRecord, Manifest
from kiosk.exhibition.file_store import FileStore
from kiosk.exhibition.folder import MOST_FILES
from kiosk.exhibition.model import Exhibition
from kiosk.locale.languages import fixed_sentences


class Clipper(Protocol):
    """Turns texts into clips in the languages that it has a voice for."""

    def speaks(self, language: str) -> bool:
        """Whether there is a voice for this language."""

    def clip(self, language: str, text: str) -> bytes:
        """Return the sound of *text* as an MP3 file, or nothing where that fails."""


def with_speech(
    files: FileStore,
    manifest: Manifest,
    before: Manifest,
    views: Iterable[Exhibition],
    clipper: Clipper | None,
    *,
    anew: bool = False,
) -> dict[str, FileRecord]:
    """Return the manifest with a clip for each text, and for the screen's own sentences.

    What the edition *before* says in the same words is taken from there, unless it is to be made
    *anew*, as when another voice was installed. Without a *clipper*, or
    without its voice for a language, new words get no clip: screens then look for another voice.
    So they do for what an edition has no room for: one of too many files could not be read back.

    Raises:
        Unavailable: the disk is full; nothing that counts was kept.
    """
    found = {path: each for path, each in manifest.items() if not _is_clip(path)}
    wanted: list[tuple[str, str, str]] = []
    for language, text in dict.fromkeys(chain.from_iterable(_said(view) for view in views)):
        path = speech.path(language, text)
        if len(found) + len(wanted) >= MOST_FILES:
            break
        able = clipper is not None and clipper.speaks(language)
        if path in before and files.is_sound(before[path]) and not (anew and able):
            found[path] = before[path]
        elif able:
            wanted.append((path, language, text))
    if clipper is None:
        return found
    speaker = clipper
    # The work is done by other programs and by an encoder that lets go of Python's lock.
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        clips = pool.map(lambda each: (each[0], speaker.clip(each[1], each[2])), wanted)
        for path, clip in clips:
            if clip:
                found[path] = files.put(clip)
            elif anew and path in before:
                found[path] = before[path]
    return found


def _said(exhibition: Exhibition) -> Iterable[tuple[str, str]]:
    yield from speech.spoken(exhibition)
    for language in exhibition.languages:
        for sentence in fixed_sentences(language):
            yield language, speech.tidy(sentence)


def _is_clip(path: str) -> bool:
    return path.startswith(f"{speech.FOLDER}/")
