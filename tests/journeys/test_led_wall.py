"""A public debate: Clara changes what the wall shows; Ben, who watches it, reloads nothing."""

from __future__ import annotations

import re
import time

from playwright.sync_api import expect

from tests.journeys.browsers import Windows
from tests.journeys.pages.desk import Desk
from tests.journeys.pages.phone import Phone
from tests.journeys.pages.wall import Wall
from tests.journeys.people import CLARA, SUMMIT
from tests.journeys.town import Town
from tests.journeys.waiting import until

ASKED = f"{SUMMIT}/core/sixteen-may"
SAID = "Une heure de plus pour la bibliothèque."


def test_clara_leads_the_wall_that_ben_watches(shared_town: Town, windows: Windows) -> None:
    """Asked, revealed, a voice chosen; taken down, it leaves the wall; by a key the map comes."""
    phone = Phone(windows.phone(), shared_town.public)
    phone.writes("sixteen-may", SAID)
    clara = Desk(windows.office(), shared_town.desk.address)
    clara.enter(CLARA)
    clara.leafs_to(SAID)  # other stories of this town may have left comments that wait
    clara.key("Shift+A")
    wall = Wall(windows.hall(), shared_town.public)
    wall.open()
    wall.page.evaluate("() => { window.neverReloaded = true; }")

    clara.turn_to("Walls")
    clara.page.get_by_label(clara.t("About")).select_option(ASKED)
    box = clara.page.get_by_role("checkbox").first
    expect(clara.main).to_contain_text(SAID)
    for key, scene in (("q", "question"), ("t", "tally"), ("m", "map")):
        begun = time.monotonic()
        clara.key(key)
        expect(wall.main).to_have_attribute("data-kind", scene)
        took = time.monotonic() - begun
        print(f"desk to wall, {scene}: {took:.2f} s")
    box.check()
    clara.key("v")
    expect(wall.main).to_contain_text(SAID)
    expect(clara.main).to_contain_text(clara.t("from the desk"))

    second = Desk(windows.office(), shared_town.desk.address)
    second.enter(CLARA)
    second.turn_to("Public")
    second.page.get_by_role("button", name="down").first.click()
    expect(second.page.get_by_role("dialog")).to_be_visible()
    second.key("3")
    second.key("Enter")
    second.says("Taken off every screen.")
    expect(wall.main).not_to_contain_text(SAID)
    expect(wall.main).to_have_attribute("data-kind", "question")

    wall.press("m")
    expect(wall.main).to_have_attribute("data-kind", "map")
    expect(wall.page).to_have_url(re.compile("hold=map"))
    clara.key("p")
    expect(wall.main).not_to_have_attribute("data-kind", "question")
    wall.page.wait_for_function("() => !location.search.includes('hold')")
    assert wall.page.evaluate("() => window.neverReloaded") is True


def test_a_wall_that_was_refused_asks_again(shared_town: Town, windows: Windows) -> None:
    """Every place was taken, or the hub was starting: ten seconds later it hears the hub."""
    wall = Wall(windows.hall(), shared_town.public)
    wall.page.clock.install()
    wall.page.route("**/wall/stream*", lambda route: route.fulfill(status=503), times=1)
    told: list[int] = []
    asked: list[str] = []
    wall.page.on("response", lambda a: told.append(a.status) if "stream" in a.url else None)
    wall.page.on("request", lambda r: asked.append(r.url) if "stream" in r.url else None)
    wall.open(ASKED)
    until(lambda: bool(wall.page.evaluate("1")) and told == [503], "it is refused")

    def asks_again() -> bool:
        wall.page.clock.run_for(2_000)  # less at once than it takes a line for dead
        return len(asked) > 1

    until(asks_again, "the wall asks again")
    until(lambda: bool(wall.page.evaluate("1")) and told == [503, 200], "the wall hears the hub")


def test_a_wall_that_is_loaded_while_its_hub_is_away_shows_no_error(
    town: Town, windows: Windows
) -> None:
    """The hall's machine starts before the network does: the wall says so, and goes on."""
    town.start(town.public)
    wall = Wall(windows.hall(), town.public)
    wall.open(name="lobby")
    wall.page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
    town.public.kill()
    wall.page.evaluate("() => location.reload()")
    expect(wall.page.locator("[data-away]")).to_contain_text("One moment, please.")
    town.public.start()
    town.public.await_ready()
    expect(wall.main).to_be_visible(timeout=60_000)
    expect(wall.page).to_have_url(re.compile("wall=lobby"))


def test_who_only_looks_at_a_wall_takes_nothing_home(shared_town: Town, windows: Windows) -> None:
    """On a phone, too, anybody may look at the wall: only a named one keeps the splash."""
    wall = Wall(windows.phone(script=True), shared_town.public)
    wall.page.add_init_script(
        "if (navigator.serviceWorker)"
        " navigator.serviceWorker.register = async () => { window.kept = 1; };"
    )
    wall.open()
    assert wall.page.evaluate("() => window.kept") is None
    wall.open(name="lobby")
    assert wall.page.evaluate("() => window.kept") == 1
