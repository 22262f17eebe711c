"""Publication makes the sizes of each picture once, and the edition that it makes knows them."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from kiosk.exhibition.edition import FileRecord, edition_id
from kiosk.exhibition.library import Library
from kiosk.exhibition.media_sizes import with_sizes
from kiosk.exhibition.model import Picture
from kiosk.exhibition.reader import faults_of, read
from kiosk.exhibition.sizes import levels, made_of, tiles
from tests.unit.exhibition import small

BENCHES = "topics/communicative/exhibits.toml"
WALL = "topics/communicative/media/wall.webp"


def _published(library: Library, folder: Path) -> dict[str, FileRecord]:
    return with_sizes(library.files, library.freeze(folder), {})


def _picture(folder: Path) -> Picture:
    (wall,) = read(folder).exhibits["benches"].media
    assert wall.picture is not None
    return wall.picture


def _wall(width: int, height: int) -> bytes:
    """Return a picture whose right half is ink, so that its parts can be told."""
    image = Image.new("RGB", (width, height), "#f7f2e8")
    image.paste("#1b1916", (width // 2, 0, width, height))
    kept = io.BytesIO()
    image.save(kept, "WEBP")
    return kept.getvalue()


def test_a_large_picture_gets_sizes_and_tiles_and_the_screen_knows_them(tmp_path: Path) -> None:
    """Edda's wall is 3000 pixels wide: the kiosk finds all that it needs in the edition."""
    folder = small.write(tmp_path / "harbour", small.files() | {WALL: _wall(3000, 1100)})
    library = Library(tmp_path / "data")
    manifest = _published(library, folder)
    edition = library.materialise(manifest)

    assert set(made_of(WALL, 3000, 1100)) <= set(manifest)
    assert faults_of(edition) == []
    picture = _picture(edition)
    assert [size.width for size in picture.sizes] == [480, 960, 1600, 2560]
    assert picture.tiled
    assert not _picture(folder).tiled, "the folder itself was not published"
    whole = levels(3000, 1100)[-1]
    for tile in tiles(WALL, whole):
        image = Image.open(edition / tile.path).convert("L")
        assert image.size == (tile.right - tile.left, tile.bottom - tile.top)
        edge = image.crop((image.width - 2, 0, image.width - 1, 1)).tobytes()[0]
        assert (edge < 60) == (tile.right - 2 >= 1500)


def test_unchanged_pictures_keep_their_sizes(tmp_path: Path) -> None:
    """The next edition takes them from the one before, so that no kiosk fetches them again."""
    library = Library(tmp_path / "data")
    folder = small.write(tmp_path / "harbour", small.files() | {WALL: _wall(1700, 900)})
    first = _published(library, folder)
    other = first | {
        path: library.files.put(b"otherwise made") for path in made_of(WALL, 1700, 900)
    }

    again = with_sizes(library.files, library.freeze(folder), other)
    assert edition_id(again) == edition_id(other)
    small.write(folder, {WALL: _wall(1800, 900)})
    anew = with_sizes(library.files, library.freeze(folder), other)
    assert anew != other
    assert anew == _published(library, folder)


def test_a_picture_too_tall_for_webp_gets_the_sizes_that_fit(tmp_path: Path) -> None:
    """A paper strip, scanned in one piece: publication does not end in a trace."""
    tall = io.BytesIO()
    Image.new("1", (1000, 17_500)).save(tall, "PNG")
    strip = WALL.replace(".webp", ".png")
    library = Library(tmp_path / "data")
    made = with_sizes(library.files, {strip: library.files.put(tall.getvalue())}, {})

    assert f"made/{strip}/w480.webp" in made
    assert f"made/{strip}/w960.webp" not in made
    assert set(made) == {strip, *made_of(strip, 1000, 17_500)}


def test_a_picture_as_deep_as_may_be_gets_its_sizes(tmp_path: Path) -> None:
    """Edda sorts her pictures into folders: their sizes lie two deeper, and nobody minds."""
    deep = "topics/communicative/media/a/b/c/d/e/wall.webp"
    files = small.files() | {deep: _wall(1000, 600)}
    del files[WALL]
    files[BENCHES] = files[BENCHES].replace(b"media/wall.webp", b"media/a/b/c/d/e/wall.webp")
    folder = small.write(tmp_path / "harbour", files)
    assert faults_of(folder) == []
    library = Library(tmp_path / "data")

    assert faults_of(library.materialise(_published(library, folder))) == []


def test_a_damaged_size_is_made_anew(tmp_path: Path) -> None:
    """The disk turned a bit in a small picture; publishing the folder again mends it."""
    library = Library(tmp_path / "data")
    folder = small.write(tmp_path / "harbour", small.files() | {WALL: _wall(1700, 900)})
    first = _published(library, folder)
    place = library.files.path(first[made_of(WALL, 1700, 900)[0]].sha256)
    place.chmod(0o644)
    place.write_bytes(place.read_bytes()[:-1] + b"?")

    again = with_sizes(library.files, library.freeze(folder), first)
    assert again == first
    assert library.materialise(again).is_dir()


def test_what_stands_in_the_place_of_sizes_is_replaced(tmp_path: Path) -> None:
    """Somebody puts a picture of his own under made/: nobody is ever shown it."""
    slipped = made_of(WALL, 1700, 900)[0]
    strange = {slipped: small.picture(), "made/strange.webp": small.picture(9, 9)}
    files = small.files() | {WALL: _wall(1700, 900)}
    library = Library(tmp_path / "data")
    manifest = _published(library, small.write(tmp_path / "harbour", files | strange))

    assert manifest == _published(library, small.write(tmp_path / "clean", files))


def test_a_picture_that_cannot_be_opened_is_left_to_the_check(tmp_path: Path) -> None:
    """A torn picture stops no publication by itself: the check names it with file and cure."""
    library = Library(tmp_path / "data")
    manifest = {WALL: library.files.put(b"not a picture")}

    assert with_sizes(library.files, manifest, {}) == manifest


def test_a_sign_on_glass_stays_transparent(tmp_path: Path) -> None:
    """A logo drawn on nothing stays so in each of its sizes."""
    kept = io.BytesIO()
    Image.new("RGBA", (600, 300), (0, 0, 0, 0)).save(kept, "PNG")
    library = Library(tmp_path / "data")
    made = with_sizes(library.files, {"logo.png": library.files.put(kept.getvalue())}, {})

    assert sorted(made) == ["logo.png", "made/logo.png/w480.webp", "made/logo.png/w600.webp"]
    smaller = Image.open(library.files.path(made["made/logo.png/w480.webp"].sha256))
    assert smaller.convert("RGBA").getpixel((3, 3)) == (0, 0, 0, 0)
