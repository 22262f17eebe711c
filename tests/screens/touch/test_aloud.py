"""The clips that a page asks for: those of the edition, by whatever tag the page knows a text."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from kiosk.exhibition import reader
from kiosk.exhibition.library import Library
from kiosk.exhibition.speech_clips import with_speech
from kiosk.screens.touch.context import Hung, TouchContext
from tests.screens.touch.standing import Standing
from tests.unit.exhibition import small

EASY = small.FRONT + "# benches\n## passage why\nS’asseoir est bon. C’est gratuit.\n"


class Herald:
    """Speaks every language at publication; a clip tells which, and what it says."""

    def speaks(self, language: str) -> bool:
        """It has all voices."""
        return bool(language)

    def clip(self, language: str, text: str) -> bytes:
        """Return what can be told from every other clip."""
        return f"{language}: {text}".encode()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Hung:
    """The harbour with its clips, as a kiosk has fetched it; easy French among its texts."""
    folder = tmp_path_factory.mktemp("spoken")
    files = small.files() | {"topics/communicative/text.fr-simple.md": EASY.encode()}
    library = Library(folder / "data")
    frozen = library.freeze(small.write(folder / "content", files))
    views = [reader.read(folder / "content")]
    edition = library.materialise(with_speech(library.files, frozen, {}, views, Herald()))
    return Hung(reader.read(edition), edition, "e1")


@pytest.mark.parametrize(
    ("tag", "text", "heard"),
    [
        ("en", "Who is tired needs a seat. Always.", "en"),
        ("en-US", "Who is tired needs a seat. Always.", "en"),
        ("fr", "S’asseoir est bon. C’est gratuit.", "fr-simple"),
        ("fr-CA", "S’asseoir est bon. C’est gratuit.", "fr-simple"),
        ("fr-simple", "Qui est las cherche un siège. Toujours.", "fr"),
    ],
)
async def test_a_published_clip_is_found_by_the_page_s_tag(
    standing: Standing, context: TouchContext, published: Hung, tag: str, text: str, heard: str
) -> None:
    """No voice on this machine: English is heard under the page's own tag, and easy French."""
    context.shelf.offer(published)
    context.speaker = None
    got = await standing.user.http_client.get(f"/speech/harbour/{tag}?text={quote(text)}")
    assert got.status_code == 200
    assert got.content.decode() == f"{heard}: {text}"


async def test_another_language_s_clip_is_not_played(
    standing: Standing, context: TouchContext, published: Hung
) -> None:
    """A sentence that the edition says in French alone is no clip of the German page."""
    context.shelf.offer(published)
    context.speaker = None
    said = quote("Qui est las cherche un siège. Toujours.")
    got = await standing.user.http_client.get(f"/speech/harbour/de?text={said}")
    assert got.status_code == 404
