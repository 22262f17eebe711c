"""Who gets in, how far, and what everyone else is told."""

from __future__ import annotations

import pytest
from nicegui import app
from sqlalchemy import Connection

from kiosk.errors import Unavailable
from kiosk.locale.translator import LANGUAGES
from kiosk.moderation import actions
from kiosk.people import appointments, passwords, staff_store
from kiosk.people.permissions import Role, allowed
from kiosk.screens.desk.sections import SECTIONS
from tests.screens.desk.sitting import Sitting
from tests.staff import PASSWORD, STAFF, writes


def roles_of(name: str) -> Role:
    return STAFF[name][1].role


@pytest.mark.parametrize("name", ["meera", "odile", "maren", "edda", "otto", "alma"])
async def test_each_role_opens_its_own_pages_and_no_other(sitting: Sitting, name: str) -> None:
    """The navigation shows what the table of permissions allows; the addresses hold to it too."""
    asked = await sitting.context.database.write(lambda c: writes(c, "Where may we sit?"))
    assert await sitting.log_in(name) == 303
    shown = await sitting.user.http_client.get("/en", follow_redirects=True)
    for section in SECTIONS:
        id = asked.id if section.path.startswith("comment/") else "new"
        status = await sitting.status(f"/en/harbour/{section.path.replace('{id}', id)}")
        mine = allowed(roles_of(name), section.permission)
        assert status == (200 if mine else 403), section.path
        linked = f"/en/harbour/{section.path}" in shown.text
        assert linked == (mine and not section.below), section.path


async def test_nobody_sees_anything_without_logging_in(sitting: Sitting) -> None:
    """Every page of the desk leads to the login, and remembers where one wanted to go."""
    for language in LANGUAGES:
        for section in SECTIONS:
            path = f"/{language}/harbour/{section.path.replace('{id}', 'new')}"
            answer = await sitting.user.http_client.get(path)
            assert answer.status_code in {303, 307}, path
            assert answer.headers["location"] == f"/login?language={language}&next={path}"
    assert await sitting.status("/photo/" + "0" * 64) == 404
    assert (await sitting.user.http_client.post("/photo/harbour", content=b"x")).status_code == 403


async def test_no_route_is_left_open_by_accident(sitting: Sitting) -> None:
    """Deny by default: whoever adds a route has to name it here, or among the sections."""
    known = {"/login", "/logout", "/", "/photo/{exhibition}", "/photo/{photo}"}
    known |= {"/assets/desk.css", "/assets/desk.js"}
    for language in LANGUAGES:
        known |= {f"/{language}", f"/{language}/{{exhibition}}"}
        known |= {f"/{language}/{{exhibition}}/{section.path}" for section in SECTIONS}
    own = {str(getattr(route, "path", "")) for route in app.routes}
    assert {p for p in own if not p.startswith(("/_nicegui", "/favicon"))} == known


async def test_a_wrong_password_and_an_unknown_name_sound_the_same(sitting: Sitting) -> None:
    """Nobody can fish for names of colleagues."""
    answers = []
    for name in ("meera", "nobody-of-this-name"):
        form = {"user": name, "password": "wrong", "language": "en", "next": ""}
        answer = await sitting.user.http_client.post("/login", data=form)
        assert answer.status_code == 401
        answers.append(answer.text.replace(name, "NAME"))
        assert "User name and password do not fit together." in answer.text
        assert "desk=" not in answer.headers.get("set-cookie", "")
    assert answers[0] == answers[1]


async def test_guessing_is_slowed_down_even_for_the_right_password(sitting: Sitting) -> None:
    """After five tries in a minute the name rests, whoever tries."""
    for _ in range(5):
        assert await sitting.log_in("meera", "wrong") == 401
    assert await sitting.log_in("meera") == 429
    assert await sitting.log_in("pavel") == 303


async def test_the_cookie_is_for_this_desk_and_no_script(sitting: Sitting) -> None:
    """HttpOnly and SameSite always; bound to the host where the desk is reached by https."""
    form = {"user": "meera", "password": PASSWORD, "language": "en", "next": ""}
    answer = await sitting.user.http_client.post("/login", data=form)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    sitting.context.secure = True
    answer = await sitting.user.http_client.post("/login", data=form)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-desk=")
    assert "Secure" in cookie


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/logout",
        "javascript:1",
        "/_x",
        "//[",
        "/\t/[",
    ],
)
async def test_the_login_leads_to_the_desk_and_nowhere_else(sitting: Sitting, onward: str) -> None:
    """A link with a foreign target in it ends at the desk's first page."""
    form = {"user": "meera", "password": PASSWORD, "language": "fr", "next": onward}
    answer = await sitting.user.http_client.post("/login", data=form)
    assert answer.headers["location"] == "/fr"


async def test_the_login_leads_back_to_where_one_was(sitting: Sitting) -> None:
    """Meera opened a link to the reports, logged in, and sees the reports."""
    form = {"user": "meera", "password": PASSWORD, "language": "en", "next": "/en/harbour/reports"}
    answer = await sitting.user.http_client.post("/login", data=form)
    assert answer.headers["location"] == "/en/harbour/reports"


async def test_an_enormous_login_form_is_not_read(sitting: Sitting) -> None:
    """Four kilobytes are enough for a name and a password."""
    answer = await sitting.user.http_client.post("/login", content=b"user=" + b"x" * 100_000)
    assert answer.status_code == 401


async def test_a_form_that_is_none_of_ours_is_a_wrong_password(sitting: Sitting) -> None:
    """More fields than ours has, or an address that is none: refused in words, not broken."""
    fields = "&".join(f"a{n}=1" for n in range(20))
    answer = await sitting.user.http_client.post("/login", content=fields)
    assert answer.status_code == 401
    assert await sitting.status("/login?next=//[") == 200


async def test_a_database_that_is_away_is_told_at_the_door(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Meera logs in, and out, while the disk is full: she reads what is the matter."""

    async def away(fn: object) -> None:
        raise Unavailable("The database cannot be read.", "Try again in a moment.")

    monkeypatch.setattr(sitting.context.database, "read", away)
    form = {"user": "meera", "password": PASSWORD, "language": "en", "next": ""}
    answer = await sitting.user.http_client.post("/login", data=form)
    assert answer.status_code == 503
    assert "Try again in a moment." in answer.text
    monkeypatch.undo()
    await sitting.log_in("meera")
    monkeypatch.setattr(sitting.context.database, "write", away)
    answer = await sitting.user.http_client.post("/logout")
    assert answer.status_code == 503


async def test_the_login_form_needs_and_allows_no_script(sitting: Sitting) -> None:
    """Plain HTML under a policy that runs nothing; a name is shown as text."""
    form = {"user": '"><script>alert(1)</script>', "password": "x", "language": "ar", "next": ""}
    answer = await sitting.user.http_client.post("/login", data=form)
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert '<html lang="ar" dir="rtl">' in answer.text


async def test_logging_out_ends_the_session_everywhere(sitting: Sitting) -> None:
    """The token is worth nothing afterwards, even to someone who kept it."""
    await sitting.log_in("meera")
    token = sitting.user.http_client.cookies["desk"]
    assert await sitting.status("/en/harbour/queue") == 200
    await sitting.user.http_client.post("/logout")
    sitting.user.http_client.cookies.set("desk", token)
    assert await sitting.status("/en/harbour/queue") in {303, 307}


async def test_logging_in_again_gives_a_new_token(sitting: Sitting) -> None:
    """A token planted in the browser before the login is not the one used after it."""
    await sitting.log_in("meera")
    first = sitting.user.http_client.cookies["desk"]
    await sitting.log_in("meera")
    assert sitting.user.http_client.cookies["desk"] != first


async def test_a_dismissed_colleague_is_out_with_the_next_click(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pavel's open page does nothing more once he is dismissed."""
    now = sitting.clock()

    def publish(c: Connection) -> None:
        pavel = staff_store.actor(c, staff_store.id_of(c, "pavel") or "")
        assert pavel is not None
        actions.approve(c, writes(c, "Where may we sit?").id, 1, pavel, now, at_once=True)

    await sitting.context.database.write(publish)
    await sitting.log_in("pavel")
    await sitting.open("public")  # unlike the queue it does not look by itself
    led_to: list[object] = []
    monkeypatch.setattr(sitting.user.navigate, "to", led_to.append)
    await sitting.context.database.write(lambda c: appointments.dismiss(c, "pavel", now))
    assert led_to == []
    sitting.press("Take down")
    sitting.send({"ground": "insult", "note": "", "do": "refuse"})
    await sitting.until(lambda: "/login?language=en" in led_to, "the login")


async def test_another_exhibition_is_not_found(sitting: Sitting) -> None:
    """Meera's roles end at the harbour."""
    await sitting.log_in("meera")
    assert await sitting.status("/en/mountain/queue") == 404


async def test_a_full_line_at_the_login_costs_nobody_a_try(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Strangers flood the login: Meera is told to come again, as often as it takes, and gets in."""
    with monkeypatch.context() as patch:
        patch.setattr(passwords, "MOST_IN_LINE", 0)
        form = {"user": "meera", "password": PASSWORD, "language": "en", "next": ""}
        for _ in range(8):
            answer = await sitting.user.http_client.post("/login", data=form)
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == "5"
            assert "Try again in a moment." in answer.text
            assert 'value="meera"' in answer.text
    assert await sitting.log_in("meera") == 303


async def test_every_page_says_its_own_language_and_direction(sitting: Sitting) -> None:
    """Odile's screen reader speaks the language that she chose, Arabic from the right."""
    await sitting.log_in("odile")
    for language in LANGUAGES:
        answer = await sitting.user.http_client.get(f"/{language}", follow_redirects=True)
        runs = "rtl" if language == "ar" else "ltr"
        assert f'{{"lang": "{language}", "dir": "{runs}"}}' in answer.text
