"""A photograph of the workshop's wall is made fit to be shown, and says nothing of its maker."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from kiosk.exhibition import pictures
from kiosk.exhibition.pictures import PictureRefused, photograph
from tests.unit.exhibition import bad_pictures, small

ORIENTATION = 0x0112
MAKER = 0x010F


def _taken(width: int, height: int) -> bytes:
    image = Image.new("RGB", (width, height), "#bd3521")
    notes = Image.Exif()
    notes[ORIENTATION] = 6
    notes[MAKER] = "Ada's phone"
    kept = io.BytesIO()
    image.save(kept, "JPEG", exif=notes)
    return kept.getvalue()


def test_a_photograph_is_turned_shrunk_and_stripped() -> None:
    """Taken sideways by Ada's phone: upright, at most 6144 pixels, and no word of Ada."""
    kept = photograph(_taken(6400, 1000))

    assert (kept.width, kept.height) == (960, 6144)
    image = Image.open(io.BytesIO(kept.data))
    assert image.format == "WEBP"
    assert not image.getexif()
    assert b"Ada" not in kept.data


def test_a_small_photograph_keeps_its_size() -> None:
    """Nothing is gained by making pixels up."""
    kept = photograph(small.picture(320, 200, "PNG"))

    assert (kept.width, kept.height) == (320, 200)


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("picture-bomb", bad_pictures.bomb()),
        ("picture-bomb", bad_pictures.moving()),
        ("picture-unreadable", bad_pictures.torn()),
        ("picture-unreadable", b""),
        ("picture-unreadable", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
)
def test_what_cannot_be_shown_is_refused(rule: str, data: bytes) -> None:
    """The rapporteur is told what is wrong with it and what to do."""
    with pytest.raises(PictureRefused) as refused:
        photograph(data)

    assert refused.value.rule == rule
    assert refused.value.cure


def test_a_file_too_large_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A film sent by mistake does not fill the memory."""
    monkeypatch.setattr(pictures, "LARGEST_UPLOAD", 10)
    with pytest.raises(PictureRefused) as refused:
        photograph(small.picture())

    assert refused.value.rule == "picture-too-large"


def test_a_photograph_with_a_second_one_inside_is_taken() -> None:
    """Ben's telephone hides a map of brightness behind the picture: the picture is kept."""
    kept = photograph(bad_pictures.two_in_one())

    assert (kept.width, kept.height) == (64, 48)


def test_colours_are_brought_to_what_screens_show() -> None:
    """Ben's phone writes in a space of its own: what was red to it is red on the screen."""
    kept = photograph(bad_pictures.in_strange_colours())
    seen = Image.open(io.BytesIO(kept.data)).getpixel((4, 4))

    assert isinstance(seen, tuple)
    assert seen[0] > 150, "red and blue have changed places in that profile"
    assert seen[2] < 60


def test_the_size_told_is_that_of_the_picture_upright(tmp_path: Path) -> None:
    """Taken sideways: a page keeps the room that the picture will need."""
    path = tmp_path / "wall.jpg"
    path.write_bytes(_taken(300, 100))

    assert pictures.measure(path) == pictures.upright(path).size == (100, 300)


def test_what_the_camera_wrote_amiss_turns_the_picture_all_the_same() -> None:
    """One octet of Ada's phone's notes is wrong: her photograph is taken, and stands upright."""
    good = _taken(40, 20)
    at = good.index(b"Exif\0\0") + 17
    kept = photograph(good[:at] + b"\0" + good[at + 1 :])

    assert (kept.width, kept.height) == (20, 40)


def test_only_what_browsers_turn_by_turns_a_picture(tmp_path: Path) -> None:
    """A program noted in XMP how it lies: its sizes are made as they are asked for."""
    path = tmp_path / "wall.jpg"
    Image.new("RGB", (40, 20)).save(path, xmp=b'<x:xmpmeta tiff:Orientation="6"/>')

    assert pictures.measure(path, thorough=True) == pictures.upright(path).size == (40, 20)


def test_a_scan_of_sixteen_bits_keeps_its_greys() -> None:
    """A scanner knows 65,536 greys: the middle one is grey, not white."""
    scanned = io.BytesIO()
    Image.new("I;16", (8, 8), 32_768).save(scanned, "PNG")
    seen = Image.open(io.BytesIO(photograph(scanned.getvalue()).data)).getpixel((4, 4))

    assert isinstance(seen, tuple)
    assert all(abs(part - 128) < 6 for part in seen)


def test_a_place_that_a_converter_wrote_into_a_png_is_found(tmp_path: Path) -> None:
    """The phone's notes went along as text when the JPEG became a PNG."""
    notes = Image.Exif()
    notes.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    octets = notes.tobytes()
    info = PngImagePlugin.PngInfo()
    text = f"\nexif\n{len(octets):8}\n{octets.hex()}\n"
    info.add_text("Raw profile type exif", text, zip=True)
    path = tmp_path / "wall.png"
    Image.new("RGB", (8, 8)).save(path, pnginfo=info)

    with pytest.raises(PictureRefused) as refused:
        pictures.measure(path, thorough=True)
    assert refused.value.rule == "picture-place"
