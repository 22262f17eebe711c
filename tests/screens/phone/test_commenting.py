"""Saying something by phone: waiting for review, once, with a receipt that leads back to it."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import Connection

from kiosk.moderation import answers, queue_store
from kiosk.moderation.actions import approve, refuse
from kiosk.moderation.answers import Draft
from kiosk.people import appointments, staff_store
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.voice import comment_store, funnel_store, receipt
from kiosk.voice.comment import Comment
from kiosk.voice.funnel import Count, Stage
from tests.screens.phone.hub import Hub, Phone
from tests.world import SUNDAY

SAY = "/say/harbour/benches"
WORDS = "Benches near the tram stop, please.\nMy mother rests there."


def _comment(hub: Hub, code: str) -> Comment:
    stored = receipt.stored(receipt.read(code)[1])
    found = hub.database.read_now(partial(comment_store.by_receipt, receipt_hash=stored))
    assert found is not None
    return found


async def _says(phone: Phone, text: str = WORDS) -> str:
    await phone.open(SAY)
    await phone.send(SAY, text=text)
    assert phone.page.status_code == 200, phone.page.text
    return phone.receipt()


async def test_a_comment_waits_for_review_and_its_receipt_says_so(hub: Hub, ada: Phone) -> None:
    """Received; behind the receipt it waits; on the exhibit's page it is not seen yet."""
    code = await _says(ada)
    await ada.open(f"/r/{code}")
    assert ada.headline == "Waiting for review."
    assert "My mother rests" in ada.page.text
    assert "My mother rests" not in await ada.open("/e/benches")
    kept = _comment(hub, code)
    assert (kept.place.channel, kept.place.origin, kept.text) == ("phone", "hub", WORDS)


def _opened(hub: Hub) -> list[tuple[str, str, tuple[Count, ...]]]:
    since = partial(funnel_store.since, exhibition="harbour", day="2026-01-01")
    return [(day.day, day.origin, day.counts) for day in hub.database.read_now(since)]


async def test_a_receipt_that_is_opened_is_counted_and_nobody_in_it(hub: Hub, ada: Phone) -> None:
    """Twice today, from the screen that gave it; to be asked before an act is no opening."""
    await ada.votes(f"/q/{hub.code('harbour/core/benches')}", "agree")
    await ada.open(ada.link("Say something"))
    await ada.send(SAY, text=WORDS)
    code = ada.receipt()
    assert _opened(hub) == []
    for address in (f"/r/{code}", f"/r/{code}?do=erase", f"/r/{code}"):
        await ada.open(address)
    screen = _comment(hub, code).place.origin
    today = SUNDAY.date().isoformat()
    assert _opened(hub) == [(today, screen, (Count(Stage.RECEIPT, "", 2),))]
    await ada.send(f"/r/{code}", do="withdraw")
    assert _opened(hub)[0][2] == (Count(Stage.RECEIPT, "", 2),), "she has never left it"


async def test_a_voice_s_number_is_one_word_that_is_read_from_the_left(hub: Hub) -> None:
    """In Arabic it would be drawn backwards, and in any sentence a line could end within it."""
    maryam = Phone(hub, "ar")
    code = await _says(maryam)
    number = f'<bdi class="nb" dir="ltr">{_comment(hub, code).voice_number}</bdi>'
    assert number in maryam.page.text


async def test_a_comment_from_a_scan_carries_the_screen_s_place(hub: Hub, ada: Phone) -> None:
    """She voted at the town hall's screen and goes on to say something."""
    await ada.votes(f"/q/{hub.code('harbour/core/benches')}", "agree")
    await ada.open(ada.link("Say something"))
    await ada.send(SAY, text=WORDS)
    assert _comment(hub, ada.receipt()).place.place == "Town hall"


async def test_no_link_to_another_language_leads_away_from_a_receipt(hub: Hub, ada: Phone) -> None:
    """What answers a form has no address of its own: its receipt, or her words, would be gone."""
    assert "Français" in await ada.open(SAY)
    assert "Français" not in await ada.send(SAY, text=" ")
    page = await ada.send(SAY, text=WORDS)
    assert ada.receipt()
    assert "Français" not in page
    assert "Français" in await ada.open(ada.link("Open my receipt"))


async def test_a_double_tap_is_one_comment_with_one_receipt(hub: Hub, ada: Phone) -> None:
    """The same form sent twice: same comment, same receipt, same number."""
    await ada.open(SAY)
    form = ada.page
    await ada.send(SAY, text=WORDS)
    first = ada.receipt()
    ada.client.cookies.clear()
    ada.page = form
    await ada.send(SAY, text=WORDS)
    assert ada.receipt() == first
    assert 'number <bdi class="nb" dir="ltr">0-1</bdi>:' in ada.page.text


@pytest.mark.parametrize("act", ["withdraw", "erase"])
async def test_words_that_were_taken_back_can_be_sent_once_more(
    hub: Hub, ada: Phone, act: str
) -> None:
    """Ada goes back to the form and sends it again: it is not called received while it is gone."""
    await ada.open(SAY)
    form = ada.page
    await ada.send(SAY, text=WORDS)
    first = ada.receipt()
    await ada.open(f"/r/{first}?do={act}")
    await ada.send(f"/r/{first}")
    ada.page = form
    page = await ada.send(SAY, text=WORDS)
    assert ada.page.status_code == 409
    assert "You took these words back before." in page
    assert "My mother rests" in page
    await ada.send(SAY, text=WORDS)
    assert ada.receipt() != first
    assert _comment(hub, ada.receipt()).text == WORDS


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "There is nothing to read yet."),
        ("  \n\t  ", "There is nothing to read yet."),
        ("a" * 10_000, "This is too long: 10,000 characters."),
    ],
)
async def test_what_cannot_be_kept_comes_back_to_be_mended(
    hub: Hub, ada: Phone, typed: str, said: str
) -> None:
    """Empty, blank, ten thousand characters: said clearly, and nothing typed is lost."""
    await ada.open(SAY)
    page = await ada.send(SAY, text=typed)
    assert ada.page.status_code == 422
    assert said in page
    assert typed.strip() in page
    await ada.send(SAY, text="Shorter now.")
    assert ada.receipt()


async def test_a_text_far_too_long_comes_back_whole(hub: Hub, ada: Phone) -> None:
    """“Your text is still here” is true to its last word."""
    await ada.open(SAY)
    page = await ada.send(SAY, text="so long " * 10_000 + "the end")
    assert "Your text is still here." in page
    assert "so long the end</textarea>" in page


async def test_markup_and_turned_text_stay_text(hub: Hub, ada: Phone) -> None:
    """Angle brackets are shown as they were typed; marks that turn the page's direction go."""
    code = await _says(ada, "<script>alert(1)</script> \u202eevil\u202c مرحبا <b>hello</b>")
    page = await ada.open(f"/r/{code}")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; evil مرحبا &lt;b&gt;hello&lt;/b&gt;" in page


async def test_a_body_too_large_is_refused_before_it_is_read(hub: Hub, ada: Phone) -> None:
    """A million characters: 413, in words."""
    await ada.open(SAY)
    await ada.send(SAY, text="a" * 1_000_000)
    assert ada.page.status_code == 413
    assert "too much at once" in ada.headline


async def test_another_site_cannot_send_our_forms(hub: Hub, ada: Phone) -> None:
    """A page elsewhere that posts to us is refused."""
    await ada.open(SAY)
    ada.client.headers["sec-fetch-site"] = "cross-site"
    await ada.send(SAY, text=WORDS)
    assert ada.page.status_code == 403


def _appoint(hub: Hub, name: str, role: Role) -> Actor:
    def appoint(connection: Connection) -> Actor:
        grant, now = Grant(role, "", "", "Mayor of Lindmark"), hub.clock()
        word = "a long password"
        appointments.appoint(connection, name, name.title(), word, [grant], now)
        known = staff_store.id_of(connection, name)
        assert known is not None
        actor = staff_store.actor(connection, known)
        assert actor is not None
        return actor

    return hub.database.write_now(appoint)


async def test_refused_published_answered_withdrawn_erased(hub: Hub, ada: Phone) -> None:
    """Each state is said behind the receipt, with the ground and how to object, or the answer."""
    mod = _appoint(hub, "noor", Role.MODERATOR)
    mayor = _appoint(hub, "mayor", Role.MAYOR)
    now = hub.clock
    code = await _says(ada)
    found = _comment(hub, code)
    hub.database.write_now(
        lambda c: refuse(c, found.id, found.revision, mod, now(), ground="off-topic", note="Sorry.")
    )
    page = await ada.open(f"/r/{code}")
    assert ada.headline == "Not published."
    assert 'It is not about this subject.<span class="why" dir="auto">Sorry.</span>' in page
    assert "do=withdraw" not in page, "what is on no screen is not withdrawn from any"
    assert "You may object" in page

    found = _comment(hub, code)
    hub.database.write_now(lambda c: approve(c, found.id, found.revision, mod, now(), at_once=True))
    await ada.open(f"/r/{code}")
    assert ada.headline == "Published."
    assert "My mother rests" in await ada.open("/e/benches")

    draft = Draft("answer-1", "en", "Two benches by May.", (found.id,))
    saved = hub.database.write_now(lambda c: answers.save_draft(c, draft, mayor, now()))
    hub.database.write_now(lambda c: answers.release(c, saved.id, saved.revision, mayor, now()))
    page = await ada.open(f"/r/{code}")
    assert ada.headline == "Published and answered."
    assert "Two benches by May." in page

    await ada.open(f"/r/{code}?do=withdraw")
    await ada.send(f"/r/{code}")
    assert ada.headline == "Withdrawn."
    assert "My mother rests" not in await ada.open("/e/benches")

    await ada.open(f"/r/{code}?do=erase")
    page = await ada.send(f"/r/{code}")
    assert ada.headline == "Erased."
    assert "My mother rests" not in page


async def test_a_receipt_of_a_screen_that_was_not_heard_yet_is_known(hub: Hub, ada: Phone) -> None:
    """The library's screen is offline: its receipt is genuine, so nothing is lost."""
    made = receipt.new_receipt(hub.screen.number, hub.screen.key)
    await ada.open(f"/r/{receipt.shown(made)}")
    assert ada.headline == "Still at the screen."
    assert "Town hall" in ada.page.text


async def test_a_receipt_that_nobody_gave_is_unknown(hub: Hub, ada: Phone) -> None:
    """Forged, mistyped or empty: the same answer."""
    forged = receipt.new_receipt(hub.screen.number, b"another key")
    for code in (receipt.shown(forged), "nonsense", "A" * 24):
        await ada.open(f"/r/{code}")
        assert ada.page.status_code == 404
        assert ada.headline == "This receipt is not known."


async def test_anyone_reports_a_published_comment(hub: Hub, ada: Phone, ben: Phone) -> None:
    """Ben reports without a login; without a reason he is asked for one, his words kept."""
    mod = _appoint(hub, "noor", Role.MODERATOR)
    found = _comment(hub, await _says(ada))
    hub.database.write_now(
        lambda c: approve(c, found.id, found.revision, mod, hub.clock(), at_once=True)
    )
    ben.client.headers["accept-language"] = "en"
    await ben.open("/e/benches")
    address = ben.link("Report")
    await ben.open(address)
    page = await ben.send(address, text="It names my aunt.")
    assert ben.page.status_code == 422
    assert "It names my aunt." in page
    await ben.send(address, ground="private-data", text="It names my aunt.")
    assert ben.headline == "Reported, thank you"


async def test_a_report_that_is_put_right_and_sent_again_is_kept_too(
    hub: Hub, ada: Phone, ben: Phone
) -> None:
    """Ben goes back, adds what he forgot and sends it: both are kept; a double tap is one."""
    mod = _appoint(hub, "noor", Role.MODERATOR)
    found = _comment(hub, await _says(ada))
    hub.database.write_now(
        lambda c: approve(c, found.id, found.revision, mod, hub.clock(), at_once=True)
    )
    await ben.open(f"/report/{found.id}")
    form = ben.page
    for words in ("It names my aunt.", "It names my aunt and her street.") * 2:
        ben.page = form
        await ben.send(f"/report/{found.id}", ground="private-data", text=words)
    kept = hub.database.read_now(lambda c: queue_store.open_reports_of(c, found.id))
    assert len(kept) == 2


async def test_a_voice_number_shows_only_what_is_public(hub: Hub, ada: Phone) -> None:
    """The number on a slip of paper tells nothing of a comment that waits."""
    mod = _appoint(hub, "noor", Role.MODERATOR)
    found = _comment(hub, await _says(ada))
    await ada.open(f"/find?code=V-{found.voice_number}")
    assert ada.page.status_code == 404
    hub.database.write_now(
        lambda c: approve(c, found.id, found.revision, mod, hub.clock(), at_once=True)
    )
    assert "My mother rests" in await ada.open(f"/find?code=V-{found.voice_number}")
    assert "My mother rests" in await ada.open("/find?code=٠-١")
