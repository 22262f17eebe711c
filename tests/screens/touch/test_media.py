"""Pictures, films and sounds on the touchscreen: what stands on the page, and what is served."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.exhibition import reader
from kiosk.exhibition.library import Library
from kiosk.exhibition.media_sizes import with_sizes
from kiosk.exhibition.sizes import levels, tiles
from kiosk.screens.touch.context import Hung, Shelf, TouchContext
from kiosk.screens.touch.texts import media_files
from kiosk.screens.touch.texts.media_files import MediaFiles
from tests.screens.touch.standing import Standing
from tests.unit.exhibition import small, small_film

DRAWING = "exhibits/1-summit/media/streets.webp"
WALL = "topics/communicative/media/wall.webp"
FILM = "exhibits/kinds/media/film.webm"


async def test_what_is_seen_is_said_before_the_picture(standing: Standing) -> None:
    """Samir cannot see the drawing: its words come first, whoever asks for them sees them too."""
    await standing.open("exhibit/workshop-streets", exhibition="example")
    (figure,) = standing.find("picture")
    inside = [e for e in figure.descendants() if e.tag in {"p", "img"}]

    assert "nothing to buy" in standing.words_of(inside[0])
    assert inside[0].props["hidden"] == ""
    (image,) = [e for e in inside if e.tag == "img"]
    assert "nothing to buy" in str(image.props["alt"])
    assert (image.props["width"], image.props["height"]) == (4000, 2500)
    assert "Drawn while people spoke" in standing.words_of(figure)
    (place,) = standing.find("zoom-place")
    source = json.loads(str(place.props["data-source"]))
    assert source["levels"][-1]["url"] == f"/media/example/{DRAWING}?first"


async def test_a_film_waits_to_be_touched_and_brings_its_words(standing: Standing) -> None:
    """Nothing plays by itself; captions are chosen in the visitor's language from the start."""
    await standing.open("exhibit/lindmark-benches", exhibition="example", language="fr")
    (film,) = standing.find("film-itself")

    assert film.tag == "video"
    assert not {"src", "autoplay", "controls"} & set(film.props)
    assert film.props["preload"] == "none"
    tracks = [e for e in film.descendants() if e.tag == "track"]
    assert [track.props["srclang"] for track in tracks] == ["en", "fr", "de", "ar"]
    chosen = [e for e in standing.elements() if e.props.get("aria-pressed") == "true"]
    assert [e.props["data-captions"] for e in chosen] == ["fr"]
    assert "un banc" in standing.words_of(standing.find("transcript")[0])


async def test_a_file_that_is_gone_is_told_in_words(
    standing: Standing, context: TouchContext, tmp_path: Path
) -> None:
    """The disk lost the media: no torn picture, no dead button, but what they say."""
    hung = context.shelf.get("example")
    assert hung is not None
    context.shelf.offer(Hung(hung.exhibition, tmp_path, "second"))
    context.shelf.switch()
    await standing.open("exhibit/lindmark-benches", exhibition="example")

    (frame,) = standing.find("lost")
    assert "cannot be played just now" in standing.words_of(frame)
    assert "today they speak" in standing.words_of(frame)
    await standing.open("exhibit/card-wall", exhibition="example")
    (picture,) = standing.find("picture")
    assert "broken" in picture.classes
    assert "thirteen" in standing.words_of(picture)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Hung:
    """The harbour with a large wall and a film, as a kiosk has fetched it."""
    folder = tmp_path_factory.mktemp("harbour")
    files = small_film.files() | {WALL: small.picture(3000, 1100)}
    library = Library(folder / "data")
    frozen = library.freeze(small.write(folder / "content", files))
    edition = library.materialise(with_sizes(library.files, frozen, {}))
    return Hung(reader.read(edition), edition, "e1")


async def test_a_published_picture_comes_in_tiles(
    standing: Standing, context: TouchContext, published: Hung
) -> None:
    """The viewer is told of the pyramid, the text of the sizes; all of them are served."""
    context.shelf.offer(published)
    await standing.open("exhibit/benches", exhibition="harbour")
    (place,) = standing.find("zoom-place")
    source = json.loads(str(place.props["data-source"]))

    assert (source["minLevel"], source["maxLevel"]) == (10, 12)
    assert source["base"] == f"/media/harbour/made/{WALL}/t"
    image = next(e for e in standing.find("picture")[0].descendants() if e.tag == "img")
    assert "w480.webp?e1 480w" in str(image.props["srcset"])
    for level in levels(3000, 1100):
        for tile in tiles(WALL, level):
            got = await standing.user.http_client.get(f"/media/harbour/{tile.path}")
            assert got.status_code == 200
            assert got.headers["content-type"] == "image/webp"
            assert "immutable" in got.headers["cache-control"]


async def test_a_film_is_served_in_the_parts_asked_for(
    standing: Standing, context: TouchContext, published: Hung
) -> None:
    """A browser that goes back ten seconds asks for those octets alone."""
    context.shelf.offer(published)
    get = standing.user.http_client.get
    part = await get(f"/media/harbour/{FILM}", headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"film")
    assert part.headers["content-type"] == "video/webm"
    beyond = await get(f"/media/harbour/{FILM}", headers={"Range": "bytes=900-"})
    assert beyond.status_code == 416
    words = await get(f"/media/harbour/{FILM.replace('.webm', '.fr.vtt')}")
    assert words.headers["content-type"].startswith("text/vtt")


async def test_nothing_else_is_served(context: TouchContext, published: Hung) -> None:
    """No other file of the edition, none of the machine, none of an exhibition that is not here."""
    shelf = Shelf("harbour")
    shelf.offer(published)
    context.shelf = shelf
    files = MediaFiles(context)
    for exhibition, path in (
        ("harbour", "exhibition.toml"), ("harbour", "../../etc/passwd"), ("other", WALL),
        ("harbour", "made/strange.webp"), ("harbour", f"{WALL}/../wall.webp"),
    ):  # fmt: skip
        assert (await files(exhibition, path)).status_code == 404
    assert (await files("harbour", WALL)).status_code == 200
    assert set(media_files.TYPES.values()) >= {"image/webp", "video/webm", "text/vtt"}
