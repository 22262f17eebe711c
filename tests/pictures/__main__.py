"""``python -m tests.pictures``: pictures of every screen in build/screens, a few in docs/screens.

``python -m tests.pictures touch fr full`` takes those only; any of audiences, languages and states.
``python -m tests.pictures pairs`` takes the pairwise choice, with its sheet in docs/screens, and
``python -m tests.pictures one home.de.portrait.large tally.ar`` single pictures, in seconds.
"""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser

from kiosk import clock
from kiosk.apps import administration
from kiosk.exhibition import edition_store
from kiosk.messaging import feed_store
from kiosk.people.enrolment import hub_key
from kiosk.voice import tally_store
from tests.journeys import town as towns
from tests.journeys.browsers import CHROMIUM, chromium
from tests.journeys.checkout import ROOT
from tests.journeys.pages.touchscreen import go
from tests.journeys.people import SCEAUX, TOWN_HALL
from tests.journeys.town import Town
from tests.journeys.waiting import until
from tests.pictures import chosen, desk, pairs, sheets, wall
from tests.pictures.album import HALL, LANGUAGES, Album
from tests.pictures.desk import Office
from tests.pictures.filling import fill
from tests.pictures.fleet import fleet, set_aside
from tests.pictures.phone import Pocket
from tests.pictures.touch import Hall, speaking

AUDIENCES = ("touch", "phone", "wall", "desk")
STATES = ("full", "empty", "nothing")
FOLDER = ROOT / "build" / "screens"
PAIRS = FOLDER / "pairs"
DOCS = ROOT / "docs" / "screens"


class Shoot:
    """One round of pictures: some or all audiences, languages and states."""

    def __init__(self, browser: Browser, scratch: Path, wanted: set[str]) -> None:
        self.scratch = scratch
        self.audiences = [a for a in AUDIENCES if a in wanted] or list(AUDIENCES)
        self.languages = [x for x in LANGUAGES if x in wanted] or list(LANGUAGES)
        self.states = [s for s in STATES if s in wanted] or list(STATES)
        self.albums: dict[tuple[str, str], Album] = {}
        self._browser = browser

    def album(self, state: str, audience: str) -> Album:
        """The album of an audience in a state; what stands before the first edition is empty."""
        folder = FOLDER / ("full" if state == "full" else "empty") / audience
        return self.albums.setdefault((state, audience), Album(folder, self._browser))

    def run(self) -> None:
        """Take all pictures that are wanted."""
        template = towns.prepared(self.scratch / "morning")
        rounds: dict[str, Callable[[Town], None]] = {"full": self.full, "empty": self.empty}
        for state in self.states:
            if state in rounds:
                with towns.town(self.scratch / state, template) as town, told(state):
                    rounds[state](town)
            else:
                with bare_town(self.scratch / state) as town, told(state):
                    self.nothing(town)
            shutil.copytree(
                self.scratch / state / "logs", FOLDER / "logs" / state, dirs_exist_ok=True
            )

    def full(self, town: Town) -> None:
        """A town after a busy week, with a conclusion captured this morning."""
        filled = fill(town)
        with town.hub_database() as hub:
            hub.write_now(fleet)
            hub.write_now(set_aside)
        offers_the_example(town)
        town.start(town.public, town.desk)
        desk.publish_a_conclusion(self.album("full", "desk"), town)
        self._of("touch", "full", lambda album, x: _touch(album, town, x).all_full())
        self._of("phone", "full", lambda a, x: Pocket(a, town, x).all_full(filled))
        self._of("wall", "full", lambda a, x: wall.all_full(a, town, x))
        self._of("desk", "full", lambda a, x: Office(a, town, x).all_full())

    def empty(self, town: Town) -> None:
        """A town in which nobody has voted or spoken."""
        offers_the_example(town)
        town.start(town.public, town.desk)
        self._of("wall", "empty", lambda a, x: wall.all_empty(a, town, x))
        self._of("desk", "empty", lambda a, x: Office(a, town, x).all_empty())
        self._of("touch", "empty", lambda album, x: _touch(album, town, x).all_empty())
        self._of("phone", "empty", lambda a, x: Pocket(a, town, x).all_empty())

    def nothing(self, town: Town) -> None:
        """A town that has not published anything."""
        town.start(town.public)
        self._of("wall", "nothing", lambda a, x: wall.nothing_yet(a, town, x))
        self._of("phone", "nothing", lambda a, x: Pocket(a, town, x).nothing_yet())
        self._of("touch", "nothing", lambda a, x: _waiting(a, town, x).nothing_yet())

    def _of(self, audience: str, state: str, take: Callable[[Album, str], None]) -> None:
        if audience in self.audiences:
            with told(f"  {state} {audience}"):
                for language in self.languages:
                    take(self.album(state, audience), language)

    def end(self) -> int:
        """Draw the contact sheets, tell what is missing; return the exit code."""
        taken = [path for album in self.albums.values() for path in album.taken]
        missed = [line for album in self.albums.values() for line in album.missed]
        for line in missed:
            print(f"missing: {line}")
        sheets.draw(FOLDER, taken)
        missing = chosen.keep(FOLDER, DOCS)
        if missing:
            print(f"docs/screens: not taken yet: {', '.join(missing)}")
        print(f"{len(taken)} pictures in {FOLDER.relative_to(ROOT)}, contact sheets in sheets/")
        return 1 if missed or missing else 0


def _touch(album: Album, town: Town, language: str) -> Hall:
    """Return the touchscreen in its language once it shows what the hub has."""
    with town.hub_database() as hub:
        until(lambda: not hub.read_now(tally_store.any_changed), "the tallies are published")
        head = hub.read_now(feed_store.head)
        current = {one.exhibition: one.id for one in hub.read_now(edition_store.all_current)}
    process = speaking(town, language)
    with town.kiosk_database() as kiosk:
        until(lambda: kiosk.read_now(feed_store.head) >= head, "the touchscreen is up to date", 40)
    with album.visitor(language, HALL) as idle:
        idle.goto(process.address)
        for exhibition, edition in current.items():
            until(lambda x=exhibition, e=edition: process.shows(x) == e, "it shows the newest", 40)  # type: ignore[misc]
        go(idle, "about:blank")  # it may just be opening itself again: closed then, it hangs
    return Hall(album, process, language)


def _waiting(album: Album, town: Town, language: str) -> Hall:
    """Return the touchscreen in its language while there is nothing to show."""
    return Hall(album, speaking(town, language, waits=True), language)


def offers_the_example(town: Town) -> None:
    """Have the hub show the fictional exhibition too, as in the demo."""
    town.public = replace(town.public, settings={**town.public.settings, "show_examples": "true"})


@contextmanager
def bare_town(folder: Path) -> Iterator[Town]:
    """A town with an enrolled touchscreen and nothing published."""
    folder.mkdir(parents=True)
    town = Town(folder)
    with town.hub_database() as hub:
        hub.migrate()
        identity = folder / "kiosk" / "touch" / "identity.json"
        administration.enrol_on(hub, identity, TOWN_HALL, "", SCEAUX, TOWN_HALL, clock.now())
        hub.write_now(hub_key)
    try:
        yield town
    finally:
        town.end()


@contextmanager
def told(what: str) -> Iterator[None]:
    """Say how long it took."""
    began = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - began:.0f} s", flush=True)


def _ended(*_: object) -> None:
    """Leave as by Ctrl-C, so that the processes and the browser end too."""
    raise KeyboardInterrupt


def pairwise(browser: Browser, languages: Collection[str]) -> int:
    """Take the pairwise choice; draw its sheet once all languages were taken."""
    shots = [shot for shot in pairs.choice() if shot.language in languages]
    code = single(browser, shots, PAIRS)
    taken = [PAIRS / shot.file for shot in pairs.choice()]
    if all(path.is_file() for path in taken):
        pairs.sheet(taken, DOCS / "pairs.webp")
    return code


def single(browser: Browser, shots: Collection[pairs.Shot], folder: Path) -> int:
    """Take these pictures of the touchscreen alone; return the exit code."""
    album = pairs.shoot(browser, folder, shots)
    for line in album.missed:
        print(f"missing: {line}")
    print(f"{len(album.taken)} pictures in {folder.relative_to(ROOT)}")
    return 1 if album.missed else 0


def _all(browser: Browser, wanted: set[str]) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        shoot = Shoot(browser, Path(scratch), wanted)
        shoot.run()
    code = shoot.end()
    return code if wanted else max(code, pairwise(browser, LANGUAGES))


def main(words: list[str]) -> int:
    """Take the pictures; return the exit code."""
    signal.signal(signal.SIGTERM, _ended)
    first, wanted = (words or [""])[0], set(words)
    if first == "one":
        try:
            shots = pairs.parse(words[1:])
        except ValueError as error:
            print(error)
            return 2
        with told("all"), chromium(CHROMIUM) as browser:
            return single(browser, shots, FOLDER / "one")
    if first == "pairs":
        with told("all"), chromium(CHROMIUM) as browser:
            return pairwise(browser, wanted & {*LANGUAGES} or LANGUAGES)
    unknown = wanted - {*AUDIENCES, *LANGUAGES, *STATES}
    if unknown:
        print(f"Unknown: {', '.join(sorted(unknown))}. {__doc__}")
        return 2
    with told("all"), chromium(CHROMIUM) as browser:
        return _all(browser, wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
