"""The tiny exhibition with a film in it, as files, for stories to spoil in one place."""

from __future__ import annotations

from tests.unit.exhibition import small

FOLDER = "exhibits/kinds"
EXHIBITS = f"{FOLDER}/exhibits.toml"
FILM = f"{FOLDER}/media/film.webm"
CAPTIONS = f"{FOLDER}/media/film.en.vtt"
WEBM = b"\x1a\x45\xdf\xa3" + b"film" * 20

MEDIA = """
[[exhibit]]
id = "bench-film"
kind = "media"
standing = "reported"
sources = ["report"]

[[exhibit.media]]
id = "film"
path = "media/film.webm"
type = "video"
still = "media/film.webp"
"""

VTT = """\
WEBVTT

NOTE made by hand

1
00:00.500 --> 00:04.000
A bench stands in the sun.

00:00:04.000 --> 00:00:09.250 line:80%
[Birds]
"""


def box(kind: bytes, inside: bytes = b"") -> bytes:
    """Return one box of an MP4."""
    return (len(inside) + 8).to_bytes(4) + kind + inside


def mp4(*, place: bool = False, as_ffmpeg: bool = False, cut: int = 0) -> bytes:
    """Return the skeleton of an MP4, *cut* octets shorter than it says."""
    said = box(b"loci", bytes(4) + b"\x15\xc7Hall\0") if as_ffmpeg else b"\xa9xyz+51.2277+006.7735/"
    where = box(b"udta", said) if place else b""
    whole = box(b"ftyp", b"isom") + box(b"moov", where) + box(b"mdat", bytes(64))
    return whole[: len(whole) - cut]


def files() -> dict[str, bytes]:
    """Return the exhibition's files by path."""
    found = small.files()
    found[EXHIBITS] += MEDIA.encode()
    for language, word in (("en", "The"), ("fr", "Le")):
        said = f"# bench-film\n## title\n{word} film\n## alt film\n{word} banc\n"
        said += f"## transcript film\n{word} banc est au soleil.\n"
        found[f"{FOLDER}/text.{language}.md"] += said.encode()
        found[f"{FOLDER}/media/film.{language}.vtt"] = VTT.encode()
    found[FILM] = WEBM
    found[f"{FOLDER}/media/film.webp"] = small.picture(640, 360)
    return found
