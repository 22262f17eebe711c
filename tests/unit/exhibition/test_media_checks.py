"""What of pictures, films and sounds must not go out is named with its place and its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.exhibition.checks import check
from kiosk.exhibition.faults import ERROR, WARNING, Fault
from kiosk.exhibition.reader import read
from tests.unit.exhibition import bad_pictures, small, small_film
from tests.unit.exhibition.small_film import CAPTIONS, EXHIBITS, FILM, VTT

WALL = "topics/communicative/media/wall.webp"
STILL = 'still = "media/film.webp"\n'


def _named(folder: Path, files: dict[str, bytes]) -> dict[str, Fault]:
    faults = check(small.write(folder, files))
    assert all(fault.cure for fault in faults)
    return {fault.rule: fault for fault in faults}


def test_a_film_with_everything_is_taken(tmp_path: Path) -> None:
    """Edda's film has captions in both languages, a transcript and a still: nothing is said."""
    folder = small.write(tmp_path, small_film.files())

    assert check(folder) == []
    (film,) = read(folder).exhibits["bench-film"].media
    assert dict(film.captions) == {
        "en": "exhibits/kinds/media/film.en.vtt",
        "fr": "exhibits/kinds/media/film.fr.vtt",
    }
    assert film.picture is not None
    assert (film.picture.path, film.picture.width) == ("exhibits/kinds/media/film.webp", 640)


def test_a_film_needs_captions_a_transcript_and_a_still(tmp_path: Path) -> None:
    """She sends only the film: each thing that lacks is named where she writes it."""
    files = small_film.files()
    files[EXHIBITS] = files[EXHIBITS].replace(STILL.encode(), b"")
    for language in ("en", "fr"):
        del files[f"exhibits/kinds/media/film.{language}.vtt"]
    text = "exhibits/kinds/text.en.md"
    files[text] = files[text].split(b"## transcript")[0]
    named = _named(tmp_path, files)

    line = files[EXHIBITS].decode().split("\n").index('path = "media/film.webm"') + 1
    for rule in ("missing-still", "missing-captions"):
        assert (named[rule].path, named[rule].line) == (EXHIBITS, line)
        assert named[rule].severity == ERROR
    assert "film.en.vtt" in named["missing-captions"].cure
    assert named["missing-alternative"].path == text


def test_captions_in_one_language_only_are_worth_a_word(tmp_path: Path) -> None:
    """The French read the English ones until theirs are there."""
    files = small_film.files()
    del files["exhibits/kinds/media/film.fr.vtt"]
    named = _named(tmp_path, files)

    assert list(named) == ["missing-language"]
    assert named["missing-language"].severity == WARNING
    assert "fr" in named["missing-language"].message


@pytest.mark.parametrize(
    ("rule", "old", "new", "line"),
    [
        ("captions-format", "WEBVTT\n", "1\n", 1),
        ("captions-format", "00:00.500 -->", "0,5 -->", 6),
        ("captions-format", "--> 00:04.000", "--> 00:99.000", 6),
        ("captions-format", "00:00.500 --> 00:04.000\n", "", 6),
        ("captions-format", "A bench stands in the sun.\n", "", 6),
        ("captions-format", VTT, "WEBVTT\n", 1),
        ("captions-order", "--> 00:04.000", "--> 00:00.400", 6),
        ("captions-order", "00:00:04.000 --> 00", "00:00:00.100 --> 00", 9),
        ("captions-long", "[Birds]", "very " * 30, 9),
        ("not-utf8", "[Birds]", "\udcff", 10),
    ],
)
def test_a_slip_in_the_captions_is_named_by_its_line(
    rule: str, old: str, new: str, line: int, tmp_path: Path
) -> None:
    """A time mistyped would leave who cannot hear without words."""
    files = small_film.files()
    files[CAPTIONS] = VTT.replace(old, new).encode("utf-8", "surrogateescape")
    named = _named(tmp_path, files)

    assert (named[rule].path, named[rule].line) == (CAPTIONS, line)


@pytest.mark.parametrize(
    ("rule", "ending", "data"),
    [
        ("recording-format", "webm", b"<html>not found</html>"),
        ("recording-format", "mp4", small_film.WEBM),
        ("recording-torn", "mp4", small_film.mp4(cut=20)),
        ("recording-torn", "mp4", small_film.box(b"ftyp", b"isom")),
        ("recording-torn", "mp4", small_film.box(b"ftyp") + b"\0\0\0\x05moov" + bytes(20)),
        ("recording-place", "mp4", small_film.mp4(place=True)),
        ("recording-place", "mp4", small_film.mp4(place=True, as_ffmpeg=True)),
    ],
)
def test_a_film_that_is_not_what_it_seems_is_refused(
    rule: str, ending: str, data: bytes, tmp_path: Path
) -> None:
    """An error page saved as a film, a copy cut off, the place of the telephone in it."""
    files = small_film.files()
    del files[FILM]
    path = f"exhibits/kinds/media/film.{ending}"
    files[path] = data
    files[EXHIBITS] = files[EXHIBITS].replace(b"media/film.webm", f"media/film.{ending}".encode())
    named = _named(tmp_path, files)

    assert (named[rule].path, named[rule].severity) == (path, ERROR)


def test_a_whole_film_of_a_telephone_is_taken(tmp_path: Path) -> None:
    """An MP4 whose boxes are all there and tell no place."""
    files = small_film.files()
    del files[FILM]
    files["exhibits/kinds/media/film.mp4"] = small_film.mp4()
    files[EXHIBITS] = files[EXHIBITS].replace(b"media/film.webm", b"media/film.mp4")

    assert _named(tmp_path, files) == {}


@pytest.mark.parametrize("xmp", [False, True])
def test_a_picture_that_tells_where_it_was_taken_is_refused(xmp: bool, tmp_path: Path) -> None:
    """Whoever copies the file from the screen must not learn where Ada lives."""
    files = small.files() | {WALL: bad_pictures.placed(xmp=xmp)}
    named = _named(tmp_path, files)

    assert (named["picture-place"].path, named["picture-place"].severity) == (WALL, ERROR)


def test_a_sound_may_go_without_captions_and_still(tmp_path: Path) -> None:
    """Its transcript says everything; who adds captions reads along."""
    files = small_film.files()
    del files[FILM]
    files["exhibits/kinds/media/film.wav"] = b"RIFF" + bytes(40)
    files[EXHIBITS] = (
        files[EXHIBITS]
        .replace(b"media/film.webm", b"media/film.wav")
        .replace(b'"video"', b'"audio"')
        .replace(STILL.encode(), b"")
    )
    for gone in ("film.webp", "film.en.vtt", "film.fr.vtt"):
        del files[f"exhibits/kinds/media/{gone}"]
    named = _named(tmp_path, files)

    assert named == {}
