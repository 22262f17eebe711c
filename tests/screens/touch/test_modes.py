"""Modes without a browser: chosen at once, kept for the visit, over a restart, then forgotten."""

from __future__ import annotations

import httpx
from nicegui.element import Element

from kiosk.screens.touch import modes, resume
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.session import Session, Sessions
from tests.screens.touch.standing import Standing


def _root(standing: Standing) -> Element:
    assert standing.user.client is not None
    return next(e for e in standing.user.client.layout.descendants() if "touch" in e.classes)


def _choose(standing: Standing, name: str, *, on: bool = True) -> None:
    controls = [e for e in _root(standing).descendants() if e.props.get("data-mode") == name]
    standing.happens(controls[0], "click", on)


async def _worn(standing: Standing, names: str) -> None:
    await standing.until(lambda: _root(standing).props["data-modes"] == names, names)


async def test_modes_are_worn_from_page_to_page(standing: Standing) -> None:
    """Ada's large text is there on the next page, too; taken off, it is gone."""
    await standing.open("exhibit/benches")
    _choose(standing, modes.LARGE)
    _choose(standing, modes.CONTRAST)
    await _worn(standing, "large contrast")
    await standing.open("map")
    await _worn(standing, "large contrast")
    _choose(standing, modes.LARGE, on=False)
    await _worn(standing, "contrast")


async def test_the_next_visitor_wears_none(standing: Standing) -> None:
    """Ada is done; Ben's page knows nothing of her modes."""
    await standing.open("exhibit/benches")
    _choose(standing, modes.LOW)
    await _worn(standing, "low")
    await standing.user.open("/")
    await _worn(standing, "")


async def test_easy_language_changes_the_text_in_place(standing: Standing) -> None:
    """Where there is an easy version it stands there, else it is said that there is none."""
    await standing.open("exhibit/benches", language="fr")
    before = standing.text()
    _choose(standing, modes.EASY)
    await standing.until(lambda: standing.text() != before, "the easy text")
    assert standing.find("easy-mark")


def _begins_again(context: TouchContext) -> None:
    """The process was killed and started anew: it remembers nobody."""
    context.sessions = Sessions(context.sessions.since_boot)


async def test_a_visit_is_handed_over_to_the_process_that_comes_next(
    standing: Standing, context: TouchContext
) -> None:
    """Modes, speed, volume and a draft come from the page; who it is, from the thread alone."""
    await standing.open("exhibit/benches")
    thread = str(_root(standing).props["data-thread"])
    (browser,) = context.sessions._by_browser
    ada = context.sessions.of(browser)
    _begins_again(context)
    told = {
        "thread": thread,
        "modes": ["large", "nonsense"],
        "rate": 99,
        "loudness": 2,
        "idle": 3.0,
    }
    told |= {"subject": "benches", "draft": "A bench."}
    answer = await _posts(standing, told)
    assert answer.status_code == 204
    again = context.sessions.of(browser)
    assert (again.id, again.modes.text(), again.modes.rate) == (ada.id, "large", 6)
    assert again.modes.loudness == 2
    assert again.drafts == {"benches": "A bench."}
    await standing.open("exhibit/benches")
    assert _root(standing).props["data-resumed"] == "3.0"
    await _worn(standing, "large")


async def test_what_no_page_would_say_begins_a_fresh_visit(
    standing: Standing, context: TouchContext
) -> None:
    """A forged thread, one of a visit left alone for too long, and what is no message at all."""
    await standing.open("exhibit/benches")
    thread = str(_root(standing).props["data-thread"])
    (browser,) = context.sessions._by_browser
    ada: Session = context.sessions.of(browser)
    _begins_again(context)
    for told in (
        {"thread": thread[:-2] + ("BA" if thread.endswith("AA") else "AA")},
        {"thread": thread, "idle": 10_000.0},
        {"thread": thread, "idle": -1.0},
        {"thread": 7},
        {},
    ):
        assert (await _posts(standing, told)).status_code == 410
    assert context.sessions.of(browser).id != ada.id


async def _posts(standing: Standing, told: object) -> httpx.Response:
    return await standing.user.http_client.post(resume.PATH, json=told)
