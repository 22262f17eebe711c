"""`kiosk doctor`: looks at everything a machine needs and says what to mend."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

import httpx
import msgspec
import pysqlite3

from kiosk import clock
from kiosk.apps.backup import TAKEN_AT
from kiosk.database import postgresql
from kiosk.database.connection import Database
from kiosk.errors import KioskError
from kiosk.exhibition import speech_maker, speech_programs
from kiosk.exhibition.checks import check
from kiosk.locale import gaps
from kiosk.locale.translator import LANGUAGES
from kiosk.messaging import heads
from kiosk.people.enrolment import read_identity
from kiosk.screens import theme
from kiosk.settings import Settings
from kiosk.sync import soundness_store

LEAST_SQLITE = (3, 51, 3)
"""Older ones are said to corrupt a WAL that two connections write at once (architecture.md)."""
LEAST_SPACE = 2 * 1024**3
"""Bytes that should be free where the data lie."""
OLDEST_BACKUP = timedelta(days=20)
"""Kiosks give back what they sent in 35 days; a backup must be younger (rule 7)."""
_BEYOND_ALL = 2**53
"""A position in the feed that no hub comes to: the answer has no entries."""
FIRST_LEFT = 3
"""Sentences that are named of those that a catalogue leaves to English."""
FRONT_END = ("simple-keyboard", "@fontsource-variable/noto-sans")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; *grade* is ``good``, ``warning`` or ``bad``."""

    grade: str
    what: str
    found: str
    cure: str = ""


class _Health(msgspec.Struct):
    """What the doctor reads of a hub's health page."""

    now: str


def examine(settings: Settings) -> list[Finding]:
    """Look at this machine as a hub and as a touchscreen."""
    looks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _programs,
        _languages,
        _speech,
        _folder,
        _front_end,
        _database,
        _content,
        _addresses,
        _touchscreen,
        _hub,
    )
    return list(chain.from_iterable(look(settings) for look in looks))


def _programs(settings: Settings) -> Iterator[Finding]:
    del settings
    yield Finding("good", "Python", f"{platform.python_version()} at {sys.executable}")
    sqlite = pysqlite3.sqlite_version
    recent = tuple(int(part) for part in sqlite.split(".")) >= LEAST_SQLITE
    yield Finding(
        "good" if recent else "bad",
        "SQLite",
        sqlite,
        "" if recent else "Run the set-up again: it brings a newer one.",
    )


def _languages(settings: Settings) -> Iterator[Finding]:
    """Tell which of the languages offered would show some of the interface in English."""
    left = {each: gaps.left_to_english(each) for each in settings.offered}
    short = [each for each in left if left[each]]
    if not short:
        yield Finding("good", "languages", f"{', '.join(left)}: every sentence is there")
        return
    every = len(gaps.every_sentence())
    said = ", ".join(f"{each}: {len(left[each])} of {every} sentences" for each in short)
    first = {each: "”, “".join(left[each][:FIRST_LEFT]) for each in short}
    files = "; ".join(f"kiosk/locale/{each}.po, first “{first[each]}”" for each in short)
    cure = f"Complete {files}."
    yield Finding("warning", "languages", f"shown in English: {said}", cure)


def _speech(settings: Settings) -> Iterator[Finding]:
    """Tell whether texts are spoken here: optional, so never worse than good."""
    yield from _piper(settings)
    speaker = speech_maker.of_this_machine(settings.piper_voices)
    if speaker is None:
        cure = "To have texts read aloud, on Debian, as root: apt-get install espeak-ng"
        yield Finding("good", "speech", "espeak-ng is not installed; nothing is spoken here", cure)
        return
    spoken: dict[str, list[str]] = {}
    for language in LANGUAGES:
        if speaker.speaks(language):
            spoken.setdefault(speaker.by(language), []).append(language)
    said = "; ".join(f"{program} speaks {', '.join(x)}" for program, x in spoken.items())
    off = "" if settings.speech else "; publication makes no clips (KIOSK_SPEECH)"
    yield Finding("good", "speech", f"{said}{off}")


def _piper(settings: Settings) -> Iterator[Finding]:
    """Tell what keeps the voices that an operator named from being heard; try each with a word."""
    folder = settings.piper_voices
    if folder is None:
        return
    voices = speech_programs.voices_in(folder)
    program = speech_programs.piper(folder)
    if not voices:
        cure = "Put voices there, each an .onnx file with its .onnx.json, or empty the setting."
        yield Finding("warning", "speech", f"KIOSK_PIPER_VOICES: no voice in {folder}", cure)
    elif program is None:
        cure = "Install it, so that `piper` is in PATH: docs/operator.md, “For speech”."
        yield Finding("warning", "speech", "KIOSK_PIPER_VOICES: piper is not installed", cure)
    else:
        for language, voice in voices.items():
            if not program.wave(language, "1"):
                cure = f"Try it: echo 1 | piper --model {voice} --output_file /dev/null"
                yield Finding("warning", "speech", f"{voice.name} says nothing", cure)


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data.absolute()
    nearest = next(p for p in (folder, *folder.parents) if p.is_dir())
    if not os.access(nearest, os.W_OK):
        cure = "Give this user the right to write there, or set KIOSK_DATA."
        yield Finding("bad", "data folder", f"{folder} cannot be written", cure)
        return
    free = shutil.disk_usage(nearest).free
    roomy = free >= LEAST_SPACE
    yield Finding(
        "good" if roomy else "warning",
        "data folder",
        f"{folder}, {free // 1024**2} MB free",
        "" if roomy else "Make room: a full disk takes no votes and no comments.",
    )


def _front_end(settings: Settings) -> Iterator[Finding]:
    missing = [name for name in FRONT_END if not (settings.front_end / name).is_dir()]
    fonts = theme.missing_fonts(settings.front_end)
    if not missing and fonts:
        said = f"{len(fonts)} font files are missing, the first is {fonts[0]}"
        cure = "Run the set-up again; until then fonts of this machine stand in."
        yield Finding("bad", "fonts and keyboard", said, cure)
    elif missing:
        cure = "Run `make demo` once, or set KIOSK_FRONT_END."
        yield Finding("bad", "fonts and keyboard", f"missing in {settings.front_end}", cure)
    else:
        yield Finding("good", "fonts and keyboard", str(settings.front_end))


def _database(settings: Settings) -> Iterator[Finding]:
    file = settings.hub_file
    if file is not None and not file.exists():
        cure = "Run `kiosk migrate`, unless this machine is only a touchscreen."
        yield Finding("warning", "hub's database", "not made yet", cure)
        return
    try:
        database = Database.open(settings.hub_database)
        current = database.is_current()
        taken = database.read_now(partial(heads.read, name=TAKEN_AT)) if current else ""
        said = None if file else database.read_now(postgresql.indiscreet)
        database.close()
    except KioskError as error:
        cure = "Start the server, or mend KIOSK_DATABASE_URL."
        yield Finding("bad", "hub's database", str(error), cure)
        return
    yield Finding(
        "good" if current else "bad",
        "hub's database",
        "up to date" if current else "of another version of this program",
        "" if current else "Run `kiosk migrate`.",
    )
    if said is not None:
        yield _server_log(said)
    if current:
        yield _backup(taken)


def _server_log(indiscreet: Sequence[str]) -> Finding:
    """Whether PostgreSQL's own log would repeat what residents write."""
    if not indiscreet:
        return Finding("good", "PostgreSQL's log", "repeats nothing that residents write")
    cure = "Type the three lines of docs/operator.md, PostgreSQL: erased words would stay there."
    return Finding(
        "warning", "PostgreSQL's log", f"not as it should: {', '.join(indiscreet)}", cure
    )


def _backup(taken: str) -> Finding:
    """How old the last verified backup is; *taken* is empty where there never was one."""
    cure = "Run `kiosk backup --into FOLDER`, each night by its timer."
    if not taken:
        return Finding("warning", "verified backup", "never", cure)
    age = clock.now() - clock.from_text(taken)
    young = age <= OLDEST_BACKUP
    found = f"{age.days} days old"
    return Finding("good" if young else "bad", "verified backup", found, "" if young else cure)


def _content(settings: Settings) -> Iterator[Finding]:
    for file in sorted(settings.content.glob("*/exhibition.toml")):
        errors = [f for f in check(file.parent) if f.severity == "error"]
        cure = f"Run `kiosk check {file.parent}`." if errors else ""
        found = f"{len(errors)} faults" if errors else "no faults"
        yield Finding("bad" if errors else "good", f"content {file.parent.name}", found, cure)


def _addresses(settings: Settings) -> Iterator[Finding]:
    if settings.public_url.startswith("https://"):
        yield Finding("good", "phones' address", settings.public_url)
    else:
        cure = "Put a proxy with TLS in front and set KIOSK_PUBLIC_URL to its https address."
        found = f"{settings.public_url}: no encryption, and cookies without the __Host- guard"
        yield Finding("warning", "phones' address", found, cure)


def _touchscreen(settings: Settings) -> Iterator[Finding]:
    path: Path = settings.touch_identity
    if not path.is_file():
        cure = "Only for a touchscreen: run `kiosk enrol NAME` at the hub."
        yield Finding("warning", "touchscreen's identity", "none", cure)
        return
    try:
        identity = read_identity(path)
    except KioskError as error:
        yield Finding("bad", "touchscreen's identity", str(error), error.remedy)
        return
    yield Finding("good", "touchscreen's identity", identity.name)
    if path.with_name("kiosk.db").is_file():
        yield from _own_database(settings, identity.id)


def _own_database(settings: Settings, origin: str) -> Iterator[Finding]:
    """Whether all that the screen keeps is as it was written."""
    try:
        database = Database.open(settings.touch_database)
        found = database.read_now(partial(soundness_store.faults, origin=origin))
        database.close()
    except KioskError as error:
        found = [str(error)]
    for fault in found:
        cure = "Restart the screen: it saves what can be read and takes the rest from the hub."
        yield Finding("bad", "touchscreen's database", fault, cure)
    if not found:
        yield Finding("good", "touchscreen's database", "as it was written")


def _hub(settings: Settings) -> Iterator[Finding]:
    try:
        answer = httpx.get(f"{settings.hub_url}/healthz", timeout=3, trust_env=False)
    except httpx.HTTPError as error:
        cure = "Start it with `kiosk hub`, or mend KIOSK_HUB_URL."
        yield Finding("warning", "hub", f"{settings.hub_url}: {type(error).__name__}", cure)
        return
    if answer.status_code != 200:
        yield Finding("bad", "hub", answer.text[:120], "See its log.")
        return
    theirs = _time_of(answer)
    if theirs is None:
        cure = "Mend KIOSK_HUB_URL, or log this machine in to its network."
        yield Finding("bad", "hub", f"{settings.hub_url} answers, but is no hub", cure)
        return
    yield Finding("good", "hub", "ready")
    off = abs((clock.now() - theirs).total_seconds())
    grade = "good" if off < 20 else "warning"
    cure = "" if off < 20 else "Set this machine's clock: codes for phones last 30 s."
    yield Finding(grade, "clock against the hub's", f"{off:.0f} s apart", cure)
    yield from _admission(settings)


def _admission(settings: Settings) -> Iterator[Finding]:
    """Whether the hub takes this kiosk's credential; nothing where there is none to try."""
    what = "this kiosk at its hub"
    try:
        credential = read_identity(settings.touch_identity).credential
    except KioskError:
        return  # told with the identity
    try:
        answer = httpx.get(
            f"{settings.hub_url}/api/v1/feed",
            params={"after": str(_BEYOND_ALL)},
            headers={"Authorization": f"Bearer {credential}"},
            timeout=5,
            trust_env=False,
        )
    except httpx.HTTPError as error:
        yield Finding("warning", what, type(error).__name__, "Run `kiosk doctor` once more.")
        return
    if answer.status_code == httpx.codes.OK:
        yield Finding("good", what, "the hub takes what it sends")
    elif answer.status_code == httpx.codes.FORBIDDEN:
        cure = "Look for it on the desk's page of kiosks; enrol it anew, or mend KIOSK_HUB_URL."
        yield Finding("bad", what, "shut out, or not known to this hub", cure)
    else:
        cure = "See the hub's log."
        yield Finding("warning", what, f"the hub answered {answer.status_code}", cure)


def _time_of(answer: httpx.Response) -> datetime | None:
    """Return the hub's time as its health page tells it; None where that is no hub's page."""
    try:
        return clock.from_text(msgspec.json.decode(answer.content, type=_Health).now)
    except (msgspec.MsgspecError, ValueError):
        return None
