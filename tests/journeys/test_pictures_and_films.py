"""Pictures and films under real fingers: opened, looked into, played, left."""

from __future__ import annotations

from urllib.parse import urljoin

from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import Axe
from tests.journeys.browsers import Windows
from tests.journeys.pages.hand import Hand
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.town import Town
from tests.journeys.waiting import until

EXAMPLE = "example"

_SLOWLY = "() => { document.querySelector('video.film-itself').defaultPlaybackRate = 0.1; }"
"""What is said first is said for three seconds: too short for a busy machine to read and pause."""


def _enlarged(viewer: Locator) -> float:
    return float(viewer.get_attribute("data-enlarged") or 0)


def test_ada_looks_into_the_drawing_with_one_finger_two_and_none(
    shared_town: Town, windows: Windows
) -> None:
    """A double tap, a drag, two fingers, the buttons and the keys all bring her nearer."""
    page = windows.fingers()
    screen, hand, axe = Touchscreen(page, shared_town.touch), Hand(page), Axe(page)
    screen.open("workshop-streets", EXAMPLE)
    assert page.evaluate("() => document.querySelectorAll('.touch').length") == 1
    dock = page.locator(".dock").bounding_box()
    assert dock is not None
    assert dock["x"] + dock["width"] == 1920, "the page is as wide as the screen"
    opener = screen.main.locator(".picture .enlarge")
    opener.tap()
    viewer = page.locator("dialog.viewer[open]")
    place = viewer.locator(".zoom-place")
    expect(viewer).to_have_attribute("data-opened", "whole")
    axe.look("viewer")

    def taps_nearer() -> bool:
        hand.tap_twice(place)  # so slow as a busy machine may be, they are two single ones
        return _enlarged(viewer) > 1.5

    until(taps_nearer, "nearer by two taps")
    before = viewer.get_attribute("data-middle")
    hand.drag(place, (-300, -120))
    until(lambda: viewer.get_attribute("data-middle") != before, "moved by one finger")
    screen.button("Whole picture").click()  # a tap so soon after a drag may end its fling only
    until(lambda: _enlarged(viewer) == 1, "whole again")
    expect(screen.button("Smaller")).to_have_attribute("aria-disabled", "true")
    hand.spread(place, 260)
    until(lambda: _enlarged(viewer) > 1.5, "nearer by two fingers")
    page.keyboard.press("0")
    until(lambda: _enlarged(viewer) == 1, "whole by a key")
    page.keyboard.press("+")
    until(lambda: _enlarged(viewer) > 1.2, "nearer by a key")
    screen.button("Larger").click()
    until(lambda: _enlarged(viewer) > 2, "nearer by a button")
    before = viewer.get_attribute("data-middle")
    place.focus()
    page.keyboard.press("ArrowRight")
    until(lambda: viewer.get_attribute("data-middle") != before, "moved by a key")
    screen.button("What is seen here").last.tap()
    expect(viewer.locator(".in-words")).to_contain_text("rien à acheter")
    expect(viewer.locator(".in-words")).to_be_visible()
    axe.look("viewer with its words")
    screen.button("Close").last.tap()
    expect(viewer).to_be_hidden()
    expect(opener).to_be_focused()
    axe.done(2)


def test_ben_plays_the_film_reads_along_and_leaves(shared_town: Town, windows: Windows) -> None:
    """Captions come by themselves, in the language he chooses; the film stops when he leaves."""
    page = windows.fingers()
    screen, axe = Touchscreen(page, shared_town.touch), Axe(page)
    screen.open("lindmark-benches", EXAMPLE)
    assert _film(page) == {"src": False, "paused": True}
    page.evaluate(_SLOWLY)
    screen.main.get_by_role("button", name=screen.t("Play the film")).tap()
    player = page.locator("dialog.player[open]")
    said = player.locator(".now-said")
    expect(said).to_contain_text("Une place à Lindmark")
    expect(player).to_have_attribute("data-state", "playing")
    screen.button("Pause").tap()
    expect(player).to_have_attribute("data-state", "paused")
    screen.button("Captions").tap()
    page.get_by_role("button", name="Deutsch", exact=True).last.tap()
    expect(said).to_contain_text("Lindmark. Sitzen")
    assert said.get_attribute("lang") == "de"
    screen.button("Transcript").tap()
    expect(player.get_by_role("region", name=screen.t("Transcript"))).to_contain_text("banc")
    axe.look("player with captions and transcript")
    screen.button("Play").tap()
    expect(player).to_have_attribute("data-state", "playing")
    screen.button("Close").last.tap()
    expect(player).to_be_hidden()
    until(lambda: _film(page) == {"src": False, "paused": True}, "nothing of it stays loaded")

    page.route("**/bench.webm*", lambda route: route.abort())
    screen.main.get_by_role("button", name=screen.t("Play the film")).tap()
    sorry = "This film cannot be played just now. Here is what is said and seen in it."
    expect(player.get_by_text(screen.t(sorry))).to_be_visible()
    expect(screen.button("Play")).to_be_hidden()
    axe.look("player of a broken film")
    axe.done(2)


def test_a_picture_whose_file_is_broken_is_told_in_words(
    shared_town: Town, windows: Windows
) -> None:
    """The disk gives nothing back: what is seen stands there in words, and the page goes on."""
    page = windows.fingers()
    screen = Touchscreen(page, shared_town.touch)
    page.route("**/wall.webp*/**", lambda route: route.abort())
    page.route("**/wall.webp?*", lambda route: route.abort())
    screen.open("card-wall", EXAMPLE)
    figure = screen.main.locator(".picture")
    expect(figure.get_by_text(screen.t("This picture cannot be shown just now."))).to_be_visible()
    expect(figure.locator(".cannot")).to_contain_text("treize cartes")
    expect(figure.get_by_role("img")).to_be_hidden()
    axe = Axe(page)
    screen.open("card-wall", EXAMPLE)
    axe.look("broken picture")
    axe.done(1)


def test_a_recordings_broken_still_is_no_torn_sheet(shared_town: Town, windows: Windows) -> None:
    """The sound plays, its captions stand there, and where its picture was there is nothing."""
    page = windows.fingers()
    page.route("**/lost.webp", lambda route: route.abort())
    Touchscreen(page, shared_town.touch).open("card-wall", EXAMPLE)
    page.evaluate(
        """() => document.querySelector('.screen').insertAdjacentHTML('beforeend',
            '<div class="film-place"><img class="still" src="/lost.webp" alt="A wall"></div>')"""
    )
    expect(page.locator(".film-place.broken")).to_have_count(1)
    expect(page.locator(".still")).to_be_hidden()


def test_a_phone_gets_a_small_picture_and_the_words_of_a_film(
    shared_town: Town, windows: Windows
) -> None:
    """Carla reads at home on a slow line: her phone asks for no octet that it cannot show."""
    page = windows.phone(script=True)
    page.goto(f"{shared_town.public.address}/e/{EXAMPLE}/workshop-streets?lang=fr")
    picture = page.locator("figure img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('figure img').naturalWidth > 0")
    shown = picture.evaluate("image => image.currentSrc")
    taken = page.request.get(shown)
    assert taken.headers["content-type"] == "image/webp"
    assert len(taken.body()) < 60_000, "of a drawing of 10 megapixels"

    page.goto(f"{shared_town.public.address}/e/{EXAMPLE}/lindmark-benches?lang=fr")
    film = page.locator("figure video")
    assert film.get_attribute("autoplay") is None
    assert page.request.get(_whole(page, film, "poster")).ok
    track = film.locator("track[default]")
    assert track.get_attribute("srclang") == "fr"
    words = page.request.get(_whole(page, track, "src"))
    assert words.headers["content-type"].startswith("text/vtt")
    assert "un banc" in words.text()


def _whole(page: Page, element: Locator, name: str) -> str:
    return urljoin(page.url, str(element.get_attribute(name)))


def _film(page: Page) -> dict[str, bool]:
    found: dict[str, bool] = page.evaluate(
        "() => { const film = document.querySelector('video.film-itself');"
        " return { src: film.hasAttribute('src'), paused: film.paused }; }"
    )
    return found
