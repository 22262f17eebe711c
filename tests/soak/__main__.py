"""`make soak`: weeks of one screen in an hour, MINUTES=n shortens it; writes build/soak.json.

``python -m tests.soak [--minutes N] [--seed N]``
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Page

from kiosk.exhibition.reader import read
from tests.journeys import town as towns
from tests.journeys.browsers import CHROMIUM, chromium
from tests.journeys.checkout import ROOT
from tests.journeys.publishing import publish
from tests.journeys.town import Town
from tests.screens.wild import Wild, enters, former_visit, goes
from tests.soak import measure

KEPT_IN = ROOT / "build" / "soak.json"
SUMMIT = "vivre-ensemble"
WHOLE_MIN = 60
WARM_MIN = 10
"""After so long it is looked at first, in a shorter run as well; after half of a very short one.
In the first half of it the server is restarted now and then, and again in the last part of the run.
Between them it runs on, warm when it is looked at first: a server just started holds less."""

LAST_PART = 0.95

TOUCHES = 10_000
"""Random acts in a whole run."""

FEWEST_AT_ONCE, MOST_AT_ONCE = 50, 500
"""Random acts of one child."""

ROUND = 20
"""Visitors between two things that happen."""

AWAY_S = 12
JUMPS_S = (-50 * 365 * 86_400, -3_600, 86_400, 400 * 86_400, 0, 0)


@dataclass
class Soak:
    """One run: the town, the page before which everybody stands, and what happened."""

    town: Town
    page: Page
    seconds: float
    chance: random.Random
    clock: Path
    done: Counter[str] = field(default_factory=Counter)
    happened: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def share(self) -> float:
        """How much of the time is over."""
        return (time.monotonic() - self.began) / self.seconds

    @property
    def first_part(self) -> float:
        """The share of the time after which it is looked at first."""
        return min(WARM_MIN * 60 / self.seconds, 0.5)

    def until(self, share: float) -> None:
        """Let visitors come, and things happen between them, until so much of the time is over."""
        while self.share < share:
            for _ in range(ROUND):
                if self.share < share:
                    self._visit()
            self._happens()
            self._child()
            told = ", ".join(f"{n:,} {what}" for what, n in self.done.items())
            print(f"{self.share:4.0%} {told}", flush=True)

    def _visit(self) -> None:
        """One visitor votes, looks around, writes now and then, and leaves or walks away."""
        page, kind = self.page, self.chance.random()
        try:
            goes(page, f"{self.town.touch.address}/")
            page.locator("[data-choice], .knob.strong").first.click(timeout=5_000)
            page.locator(".bar [data-back]").click(timeout=5_000)
            if kind < 0.3:
                self._writes()
            page.evaluate("() => emitEvent('kiosk-idle')")
            page.wait_for_url(f"{self.town.touch.address}/", timeout=10_000)
            self.done["visits"] += 1
        except Error as error:
            self.done["visits cut short"] += 1
            print(f"     cut short: {str(error).splitlines()[0]}", flush=True)

    def _writes(self) -> None:
        goes(self.page, f"{self.town.touch.address}/fr/{SUMMIT}/comment/benches")
        self.page.click("[data-agree]", timeout=5_000)
        self.page.fill("textarea", f"Un banc, s’il vous plaît ({self.done['visits']}).")
        if self.chance.random() < 0.5:
            self.page.click("[data-send]", timeout=5_000)
            self.page.wait_for_selector(".code-groups", timeout=5_000)
            self.done["comments"] += 1

    def _happens(self) -> None:
        acts: list[Callable[[], None]] = [self._jumps, self._edition, self._hub_away, self._hangs]
        if not self.first_part / 2 <= self.share < LAST_PART:
            acts.insert(1, self._restarts)
        acts[self.happened % len(acts)]()
        self.happened += 1

    def _jumps(self) -> None:
        self.clock.write_text(str(self.chance.choice(JUMPS_S)))
        self.done["clock jumps"] += 1

    def _edition(self) -> None:
        def change(folder: Path) -> None:
            file = folder / "topics/communicative/text.fr.md"
            file.write_text(file.read_text() + "\n")
            read(folder)

        publish(self.town, change)
        self.done["content updates"] += 1

    def _hub_away(self) -> None:
        os.kill(self.town.public.pid, signal.SIGSTOP)
        self._visit()
        os.kill(self.town.public.pid, signal.SIGCONT)
        self.done["hub away"] += 1

    def _hangs(self) -> None:
        """A touch made while the server hangs for twelve seconds arrives."""
        page = self.page
        goes(page, f"{self.town.touch.address}/fr/{SUMMIT}/exhibit/benches")
        os.kill(self.town.touch.pid, signal.SIGSTOP)
        page.click('[data-choice="agree"]', no_wait_after=True)
        time.sleep(AWAY_S)
        os.kill(self.town.touch.pid, signal.SIGCONT)
        page.wait_for_selector(".thanks", timeout=20_000)
        self.done["hangs of 12 s, touch arrived"] += 1

    def _restarts(self) -> None:
        self.town.touch.restart()
        self.done["server restarts"] += 1

    def _child(self) -> None:
        """Her share of the random touches."""
        whole = TOUCHES * self.seconds / (WHOLE_MIN * 60)
        due = int(whole * min(self.share / LAST_PART, 1.0))
        acts = min(due - self.done["random touches"], MOST_AT_ONCE)
        if acts < (FEWEST_AT_ONCE if self.share < LAST_PART else 1):
            return
        self.clock.write_text("0")
        former_visit(self.page, self.town.touch.address, SUMMIT)
        seed = self.chance.randrange(10**6)
        page = enters(self.page.context.browser)  # type: ignore[arg-type] # it has one
        goes(page, f"{self.town.touch.address}/")
        Wild(page, self.town.touch.address, seed).goes_wild(acts)
        page.context.close()
        self.done["random touches"] += acts

    def server(self) -> dict[str, int]:
        """Measure the server while nobody is there."""
        self._stands_at("/")
        return measure.server(self.town.touch.pid)

    def browser(self) -> dict[str, int]:
        """Measure the page at a step that looks the same whatever was voted: no pattern grows."""
        self._stands_at(f"/fr/{SUMMIT}/legal/privacy")
        return measure.page(self.page)

    def _stands_at(self, path: str) -> None:
        goes(self.page, f"{self.town.touch.address}{path}")
        self.page.wait_for_load_state("networkidle")


def main() -> int:
    """Run, print the table, and return 1 where something grew or broke."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=WHOLE_MIN)
    parser.add_argument("--seed", type=int, default=20_261_121)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended too
    os.environ["KIOSK_SPEECH"] = "false"  # to read an edition aloud takes longer than a week here
    folder = Path(tempfile.mkdtemp(prefix="kiosk-soak-"))
    os.environ["SOAK_CLOCK"] = str(folder / "clock")
    try:
        with towns.town(folder / "town", towns.prepared(folder / "morning")) as town:
            town.touch.module = "tests.soak.screen"
            town.start(town.public, town.touch)
            with chromium(CHROMIUM) as browser:
                chance = random.Random(asked.seed)
                soak = Soak(town, enters(browser), asked.minutes * 60, chance, folder / "clock")
                soak.until(soak.first_part)
                before = {**soak.server(), **soak.browser()}
                soak.until(LAST_PART)
                served = soak.server()
                soak.until(1.0)
                after = {**served, **soak.browser()}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _report(asked, soak.done, before, after)


def _report(
    asked: argparse.Namespace, done: Counter[str], before: dict[str, int], after: dict[str, int]
) -> int:
    grown = measure.grew(before, after)
    print(
        f"{asked.minutes:g} minutes, seed {asked.seed}: "
        + ", ".join(f"{n:,} {what}" for what, n in sorted(done.items()))
    )
    print(measure.table(before, after))
    print(f"grew by more than a tenth: {', '.join(grown)}" if grown else "nothing grew")
    KEPT_IN.parent.mkdir(exist_ok=True)
    figures = {"minutes": asked.minutes, "seed": asked.seed, "done": dict(done)}
    KEPT_IN.write_text(json.dumps({**figures, "before": before, "after": after}, indent=1) + "\n")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
