"""A page whose language the framework has no words for says ours, and another's never."""

from __future__ import annotations

from pathlib import Path

import nicegui
import pytest
from nicegui.testing import User

from kiosk.screens.widgets.page import PACKS, PATIENCE_S, Page, pack

SHIPPED = Path(nicegui.__file__).parent / "static" / "lang"


def _says(word: str) -> dict[str, str]:
    names = ("connection_lost", "trying_to_reconnect", "message_too_long", "message_too_long_body")
    return dict.fromkeys(names, word)


@pytest.mark.parametrize(
    ("language", "nearest"),
    [
        ("fr", "fr"),
        ("en", "en-GB"),
        ("bs", "bs-BA"),
        ("pt-BR", "pt-BR"),
        ("de-AT", "de"),
        ("sr-Latn", "sr"),
        ("nb-SJ", "nb-NO"),
        ("ps", "en-US"),
        ("k", "en-US"),
    ],
)
def test_a_language_is_given_the_nearest_pack(language: str, nearest: str) -> None:
    """Its own, that of a region of it, or English: never one that is not there."""
    assert pack(language) == nearest


def test_every_pack_is_shipped() -> None:
    """The framework lists no pack that its pages could not load."""
    assert [name for name in PACKS if not (SHIPPED / f"{name}.umd.prod.js").is_file()] == []


def test_a_page_that_takes_its_time_is_waited_for() -> None:
    """Rosa publishes: the desk's next page opens the new edition, and may read all of it."""
    assert Page("/en/lindmark/editions", "en").response_timeout == PATIENCE_S >= 20


async def test_two_languages_that_share_a_pack_keep_their_own_words(user: User) -> None:
    """Zalmai and Maria read in their own languages that the line is down."""

    @Page("/ps", "ps", _says("یوه شېبه"))
    async def pashto() -> None:
        return

    @Page("/mt", "mt", _says("Mument wieħed"))
    async def maltese() -> None:
        return

    for _ in range(2):
        for path, own, other in (("/ps", "یوه", "Mument"), ("/mt", "Mument", "یوه")):
            page = (await user.http_client.get(path)).text
            assert own in page
            assert other not in page
