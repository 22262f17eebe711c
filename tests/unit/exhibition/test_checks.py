"""Each fault an editor can make is named with its rule, file, line and cure."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.exhibition.checks import check, report
from kiosk.exhibition.faults import ERROR, WARNING, Fault
from tests.unit.exhibition import bad_pictures, small

HEAD = "exhibition.toml"
SOURCES = "sources.toml"
TEXT = "text.en.md"
FRENCH = "text.fr.md"
TOPIC = "topics/communicative/topic.toml"
BENCHES = "topics/communicative/exhibits.toml"
BENCHES_TEXT = "topics/communicative/text.en.md"
BENCHES_FRENCH = "topics/communicative/text.fr.md"
WALL = "topics/communicative/media/wall.webp"
KINDS = "exhibits/kinds/exhibits.toml"
KINDS_TEXT = "exhibits/kinds/text.en.md"
CITY = "cities/lindmark/city.toml"
OURS = "cities/lindmark/exhibits/ours/exhibits.toml"
OURS_FRENCH = "cities/lindmark/exhibits/ours/text.fr.md"


@dataclass(frozen=True)
class Slip:
    """One edit of the tiny exhibition and the fault that it makes.

    *line* is the number of the fault's line, or a text whose first line after the edit it is.
    """

    rule: str
    path: str
    old: str
    new: str
    line: int | str
    severity: str = ERROR
    nth: int = 0
    """Which occurrence of *old* is replaced."""


SLIPS = (
    Slip("not-utf8", TEXT, "The harbour", "\udcff harbour", "\udcff"),
    Slip("byte-order-mark", TEXT, "# exhibition", "\ufeff# exhibition", 1),
    Slip("control-character", TEXT, "Near and", "Near\x00and", "Near\x00"),
    Slip("direction-character", TEXT, "Near and", "Near\u202eand", "Near\u202e"),
    Slip("direction-character", SOURCES, "This exh", "This \\u202eexh", "202e"),
    Slip("control-character", SOURCES, "Lindmark", "Lind\\u0000mark", "0000"),
    Slip("toml", HEAD, "example = false", "example = no", "example = no"),
    Slip("toml", BENCHES, 'id = "why"', 'id = "why', 'id = "why'),
    Slip("unknown-key", BENCHES, "see_also", "see_allso", "see_allso"),
    Slip("unknown-key", HEAD, "attract =", "atract =", "atract"),
    Slip("missing-id", BENCHES, 'id = "gardens"\n', "", '[[exhibit]]\nkind = "question"'),
    Slip("missing-field", SOURCES, 'title = "Report of the summit"\n', "", '\n[[source]]\nid = "r'),
    Slip("wrong-type", HEAD, "example = false", 'example = "no"', "example"),
    Slip("wrong-type", BENCHES, 'see_also = ["lindmark"]', 'see_also = "lindmark"', "see_also"),
    Slip("bad-slug", BENCHES, 'id = "gardens"', 'id = "The Gardens"', "The Gardens"),
    Slip("bad-slug", KINDS, 'id = "summits"', 'id = "exhibition"', 'id = "exhibition"'),
    Slip("duplicate-id", KINDS, 'id = "summits"', 'id = "benches"', 'id = "benches"'),
    Slip("duplicate-id", SOURCES, 'id = "report"', 'id = "exhibition"', 7),
    Slip("duplicate-id", KINDS, '{id = "two"}', '{id = "one"}', '  {id = "one"},\n]'),
    Slip("repeated-entry", BENCHES, '["lindmark"]', '["lindmark", "lindmark"]', "see_also"),
    Slip("dangling-reference", BENCHES, 'see_also = ["lindmark"]', 'see_also = ["x"]', "see_also"),
    Slip("dangling-reference", HEAD, '["benches"]', '["bences"]', "attract"),
    Slip("dangling-reference", TOPIC, '["lindmark"]', '["lindmarc"]', "cities"),
    Slip("dangling-reference", BENCHES, '"meeting-spaces"', '"meeting"', "subtopic"),
    Slip("dangling-reference", KINDS, 'session = "opening"', 'session = "closing"', "session ="),
    Slip("dangling-reference", KINDS, 'guiding_question = "first"', 'guiding_question = "last"',
         "guiding_question ="),
    Slip("dangling-reference", KINDS, 'signatories = ["lindmark"]', 'signatories = ["paris"]',
         "signatories"),
    Slip("dangling-reference", KINDS, 'follows_from = ["near"]', 'follows_from = ["far"]',
         "follows_from"),
    Slip("dangling-reference", KINDS, 'exhibit = "opening"', 'exhibit = "closing"',
         '{id = "opened"'),
    Slip("dangling-reference", TOPIC, '["report"]', '["reports"]', "sources"),
    Slip("dangling-reference", KINDS, 'topic = "communicative"', 'topic = "talkative"', "topic ="),
    Slip("wrong-kind", KINDS, 'follows_from = ["near"]', 'follows_from = ["opening"]',
         "follows_from"),
    Slip("missing-source", BENCHES, 'sources = ["exhibition"]\n', "", 1),
    Slip("missing-standing", BENCHES, 'standing = "put"\n', "", 1),
    Slip("unknown-standing", BENCHES, 'standing = "put"', 'standing = "said"', "said"),
    Slip("unknown-kind", BENCHES, 'kind = "question"', 'kind = "riddle"', "riddle"),
    Slip("unknown-kind", KINDS, 'kind = "practice"', 'kind = "topic"', 'kind = "topic"'),
    Slip("unknown-pattern", TOPIC, '"rings"', '"stripes"', "pattern"),
    Slip("bad-colour", TOPIC, "#bd3521", "red", "colour"),
    Slip("low-contrast", TOPIC, "#bd3521", "#ffd0c0", "colour"),
    Slip("low-contrast", CITY, "#1f4f8f", "#ffff00", "accent"),
    Slip("own-word", TOPIC, '["report"]', '["exhibition"]', "sources", WARNING),
    Slip("missing-text", BENCHES_TEXT, "## title\nGardens\n", "", "## question\nWhere"),
    Slip("missing-text", TEXT, "## privacy\nNothing that names you is **kept**.\n", "", 2),
    Slip("missing-language", BENCHES_FRENCH, "## title\nLes jardins\n", "", "## question\nOù",
         WARNING),
    Slip("unknown-id", BENCHES_TEXT, "# gardens", "# gardenz", "## title\nGardens"),
    Slip("unknown-field", BENCHES_TEXT, "## choice west", "## choice east", "## choice east"),
    Slip("duplicate-text", BENCHES_TEXT, "## choice west", "## title", "## title\nIn the west"),
    Slip("empty-text", BENCHES_FRENCH, "Au nord\n", "", "## choice north"),
    Slip("bad-heading", TEXT, "# exhibition\n", "", 1),
    Slip("bad-heading", TEXT, "# exhibition", "# ", 1),
    Slip("text-outside", TEXT, "# exhibition", "Welcome!\n# exhibition", 1),
    Slip("front-matter", FRENCH, 'from = "en"\n+++', 'from = "en"', 1),
    Slip("unknown-status", FRENCH, "unreviewed", "unread", "status"),
    Slip("status-unbalanced", FRENCH, 'translated_from = "en"\n', "", "status"),
    Slip("status-unbalanced", FRENCH, 'from = "en"', 'from = "fr"', "status"),
    Slip("status-unsaid", FRENCH, small.FRONT, "", 1, WARNING),
    Slip("markup-in-plain-text", BENCHES_TEXT, "Gardens\n", "<b>Gardens</b>\n",
         "## title\n<b>"),
    Slip("markup-in-plain-text", KINDS, "Runa Holt", "**Runa**", "speaker"),
    Slip("html-in-markdown", BENCHES_TEXT, "*Always.*", "<script>alert(1)</script>",
         "## passage why"),
    Slip("picture-in-text", BENCHES_TEXT, "*Always.*", "![](https://far.example/x.png)",
         "## passage why"),
    Slip("long-title", OURS_FRENCH, "Nos bancs\n", f"Nos {'beaux ' * 15}bancs\n",
         "see OURS", WARNING),
    Slip("long-title", BENCHES_TEXT, "Gardens\n", f"Gardens {'and more ' * 12}\n",
         "see BENCHES", WARNING),
    Slip("attract-too-long", BENCHES_TEXT, "Every street should have a bench.",
         "Every street should have a bench. " * 7, "see BENCHES", WARNING),
    Slip("bad-language", HEAD, '["en", "fr"]', '["en", "french"]', "languages"),
    Slip("bad-language", HEAD, 'source_language = "en"', 'source_language = "de"', "source_lang"),
    Slip("bad-language", KINDS, '[[exhibit]]\nid = "lindmark"',
         'source_language = "de"\n[[exhibit]]\nid = "lindmark"', "source_language"),
    Slip("bad-language", SOURCES, "[source.in.de]", "[source.in.german]", "[source.in.german"),
    Slip("bad-date", KINDS, "2026-09-05\nstarts", "2026-13-05\nstarts", "2026-13-05"),
    Slip("bad-date", KINDS, "2026-09-05\nstarts", "2026-02-30\nstarts", "2026-02-30"),
    Slip("bad-date", KINDS, "signed_on = 2026-09-06", 'signed_on = "Sunday"', "signed_on"),
    Slip("bad-date", SOURCES, "2026-09-07", "0001-01-01", "published"),
    Slip("naive-moment", BENCHES, "2026-09-01T00:00:00Z", "2026-09-01T00:00:00", "opens_at"),
    Slip("date-order", BENCHES, "2026-10-01T00", "2026-08-01T00", "closes_at"),
    Slip("date-order", KINDS, "2026-09-05T08:00:00Z", "2026-09-05T06:00:00Z", "ends_at"),
    Slip("date-order", KINDS, "2026-09-05T07:00:00Z", "2026-09-01T07:00:00Z", "starts_at"),
    Slip("date-order", KINDS, "last_day = 2026-09-06", "last_day = 2026-09-04", '{id = "opened"'),
    Slip("unknown-zone", KINDS, "Europe/Berlin", "Europe/Lindmark", "zones"),
    Slip("zones-unbalanced", KINDS, 'zone_places = ["lindmark"]', "zone_places = []",
         "zone_places"),
    Slip("unknown-form", KINDS, 'form = "workshop"', 'form = "tea"', "form"),
    Slip("unknown-role", KINDS, '"signatory"]', '"signer"]', "roles"),
    Slip("unknown-country", KINDS, '"DE"', '"XH"', "country"),
    Slip("out-of-range", KINDS, "latitude = 54.2", "latitude = 154.2", "latitude"),
    Slip("out-of-range", KINDS, "longitude = 11.1", "longitude = nan", "longitude"),
    Slip("missing-details", KINDS, "[exhibit.word]", "[exhibit.saying]", '\n[[exhibit]]\nid = "we'),
    Slip("missing-question", OURS, "[exhibit.question]", "[exhibit.asking]", 1),
    Slip("unknown-question-kind", BENCHES, '"multiple"', '"rank"', '"rank"'),
    Slip("too-few-choices", BENCHES, '"north", "south", "west"', '"north"', "choices = "),
    Slip("duplicate-choice", BENCHES, '"south", "west"', '"south", "south"', "choices = "),
    Slip("choices-of-agree", BENCHES, 'kind = "agree"', 'kind = "agree"\nchoices = ["yes"]',
         "choices = "),
    Slip("max-choices", BENCHES, "max_choices = 2", "max_choices = 4", "max_choices"),
    Slip("max-choices", BENCHES, '"multiple"', '"single"', "max_choices"),
    Slip("out-of-range", BENCHES, "max_choices = 2", "max_choices = 2.9", "max_choices"),
    Slip("unknown-media-type", BENCHES, 'type = "image"', 'type = "smell"', "type ="),
    Slip("unknown-media-form", BENCHES, 'type = "image"', 'type = "image"\nform = "fresco"',
         "form ="),
    Slip("media-type", BENCHES, 'type = "image"', 'type = "audio"', "path ="),
    Slip("media-missing", BENCHES, "media/wall.webp", "media/walls.webp", "path ="),
    Slip("unused-file", BENCHES, "media/wall.webp", "media/walls.webp", f"{WALL}", WARNING),
    Slip("path-absolute", BENCHES, "media/wall.webp", "/etc/passwd", "path ="),
    Slip("path-absolute", BENCHES, "media/wall.webp", "https://far.example/x.webp", "path ="),
    Slip("path-outside", BENCHES, "media/wall.webp", "../../wall.webp", "path ="),
    Slip("missing-alternative", BENCHES_TEXT, "## alt wall\nCards on a wall\n", "",
         "## title\nA bench"),
    Slip("city-id", CITY, 'id = "lindmark"', 'id = "lindmarck"', "id ="),
    Slip("overlay-question", OURS, 'topic = "communicative"\n',
         'topic = "communicative"\n[exhibit.question]\nkind = "agree"\n', "[exhibit.question]",
         nth=-1),
    Slip("overlay-choices", OURS, 'topic = "communicative"\n',
         'topic = "communicative"\n[exhibit.question]\nkind = "single"\nchoices = ["a", "b"]\n',
         "[exhibit.question]", nth=-1),
    Slip("overlay-kind", OURS, 'kind = "statement"', 'kind = "question"', 'kind = "question"',
         nth=-1),
    Slip("target-collision", KINDS, 'id = "near"', 'id = "e-2949809"',
         'id = "declaration"'),
)  # fmt: skip


def _spoiled(slip: Slip) -> dict[str, bytes]:
    files = small.files()
    before = files[slip.path].decode()
    assert slip.old in before, f"{slip.old!r} is not in {slip.path}"
    parts = before.split(slip.old)
    at = len(parts) - 1 if slip.nth == -1 else 1
    after = slip.old.join(parts[:at]) + slip.new + slip.old.join(parts[at:])
    files[slip.path] = after.encode("utf-8", "surrogateescape")
    return files


def _expected_place(slip: Slip, files: dict[str, bytes]) -> tuple[str, int]:
    if isinstance(slip.line, int):
        return slip.path, slip.line
    if slip.line == WALL:
        return WALL, 1
    path, marker = slip.path, slip.line
    if marker == "see BENCHES":  # the length of a text is judged where its exhibit is made
        path, marker = BENCHES, 'id = "gardens"' if "Gardens" in slip.old else 'id = "benches"'
    if marker == "see OURS":
        path, marker = OURS, 'id = "our-benches"'
    text = files[path].decode("utf-8", "surrogateescape")
    at = text.rindex(marker) if slip.nth == -1 else text.index(marker)
    at += len(marker) - len(marker.lstrip("\n"))
    return path, text.count("\n", 0, at) + 1


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.rule}-{slip.new[:20]!a}")
def test_a_slip_is_named_with_its_line_and_cure(slip: Slip, tmp_path: Path) -> None:
    """Edda makes one slip; the check names it where it is, and says what to do."""
    files = _spoiled(slip)
    faults = check(small.write(tmp_path, files))

    path, line = _expected_place(slip, files)
    found = [fault for fault in faults if fault.rule == slip.rule]
    assert [(fault.path, fault.line) for fault in found[:1]] == [(path, line)], faults
    assert found[0].severity == slip.severity
    assert found[0].message
    assert found[0].cure


def test_there_are_thirty_kinds_of_fault_and_more() -> None:
    """The list above is what docs/editor.md promises."""
    assert len({slip.rule for slip in SLIPS}) >= 30


def _only(folder: Path, rule: str) -> Fault:
    found = [fault for fault in check(folder) if fault.rule == rule]
    assert len(found) == 1, check(folder)
    assert found[0].cure
    return found[0]


PICTURES = {
    "picture-bomb": ("logo.png", bad_pictures.bomb),
    "picture-format": ("logo.png", small.picture),
    "picture-unreadable": ("logo.png", lambda: b"not a picture at all"),
}
"""By rule: what stands in the place of a city's logo."""


@pytest.mark.parametrize("rule", PICTURES)
def test_a_bad_picture_is_named(rule: str, tmp_path: Path) -> None:
    """A picture that would fill the memory, is another format, or none at all."""
    name, make = PICTURES[rule]
    files = small.files() | {f"cities/lindmark/{name}": make()}

    assert _only(small.write(tmp_path, files), rule).path == f"cities/lindmark/{name}"


def test_a_moving_picture_is_named(tmp_path: Path) -> None:
    """Nothing on the screens moves that cannot be paused."""
    folder = small.write(tmp_path, small.files() | {WALL: bad_pictures.moving()})

    assert _only(folder, "picture-bomb").path == WALL


def test_a_torn_picture_is_named(tmp_path: Path) -> None:
    """The camera's card was pulled too early: the head is right, the rest is missing."""
    files = small.files()
    files["topics/communicative/media/wall.jpg"] = bad_pictures.torn()
    files[BENCHES] = files[BENCHES].replace(b"wall.webp", b"wall.jpg")
    del files[WALL]

    assert _only(small.write(tmp_path, files), "picture-unreadable").severity == ERROR


def test_a_sound_needs_its_words(tmp_path: Path) -> None:
    """Who cannot hear the recording reads it."""
    files = small.files()
    files["topics/communicative/media/wall.mp3"] = b"ID3"
    files[BENCHES] = files[BENCHES].replace(b"wall.webp", b"wall.mp3").replace(b"image", b"audio")
    del files[WALL]
    fault = _only(small.write(tmp_path, files), "missing-alternative")

    assert "transcript wall" in fault.message


def _link(folder: Path) -> None:
    (folder / "exhibits/kinds/link.webp").symlink_to("/etc/passwd")


def _linked_folder(folder: Path) -> None:
    (folder / "exhibits/link").symlink_to(folder / "exhibits/kinds")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "exhibits/kinds/text.xx.md")


def _put(path: str, data: bytes) -> Callable[[Path], None]:
    def put(folder: Path) -> None:
        small.write(folder, {path: data})

    return put


def _remove(path: str) -> Callable[[Path], None]:
    def remove(folder: Path) -> None:
        (folder / path).unlink()

    return remove


ON_DISK = (
    ("symlink", "exhibits/kinds/link.webp", _link),
    ("symlink", "exhibits/link", _linked_folder),
    ("unknown-file", "exhibits/kinds/text.xx.md", _pipe),
    ("unknown-file", "exhibits/kinds/wall.svg", _put("exhibits/kinds/wall.svg", b"<svg/>")),
    ("unknown-file", "notes.txt", _put("notes.txt", b"todo")),
    ("file-name", ".DS_Store", _put(".DS_Store", b"\0")),
    ("file-name", "exhibits/kinds/my photo.webp", _put("exhibits/kinds/my photo.webp", b"")),
    ("file-too-large", "text.en.md", _put("text.en.md", b"a" * 600_000)),
    ("too-deep", "a/b/c/d/e/f/g/h/i", _put("a/b/c/d/e/f/g/h/i/exhibits.toml", b"")),
    ("misplaced-file", "exhibits/topic.toml", _put("exhibits/topic.toml", b"")),
    ("unknown-language", "exhibits/kinds/text.de.md", _put("exhibits/kinds/text.de.md", b"# a")),
    ("unused-file", "exhibits/kinds/old.webp", _put("exhibits/kinds/old.webp", small.picture())),
    ("missing-file", "exhibition.toml", _remove("exhibition.toml")),
    ("missing-file", "sources.toml", _remove("sources.toml")),
    ("missing-file", TOPIC, _remove(TOPIC)),
    ("missing-file", KINDS, _remove(KINDS)),
    ("missing-file", CITY, _remove(CITY)),
)


@pytest.mark.parametrize(("rule", "path", "spoil"), ON_DISK)
def test_what_lies_wrong_in_the_folder_is_named(
    rule: str, path: str, spoil: Callable[[Path], None], tmp_path: Path
) -> None:
    """Links, pipes, strange names and files in the wrong place are named, never followed."""
    folder = small.write(tmp_path)
    spoil(folder)
    found = [fault for fault in check(folder) if fault.rule == rule]

    assert [(fault.path, fault.line) for fault in found] == [(path, 1)]
    assert found[0].cure


def test_the_folder_above_is_told_from_an_exhibition(tmp_path: Path) -> None:
    """Edda names the folder of all exhibitions: the check names hers, and looks no further."""
    small.write(tmp_path / "harbour")
    (tmp_path / "notes.txt").write_text("mine")
    (fault,) = check(tmp_path)

    assert fault.rule == "missing-file"
    assert str(tmp_path / "harbour") in fault.cure


def test_a_city_that_nobody_placed_is_named(tmp_path: Path) -> None:
    """Port-Aubier adopts the exhibition, but no exhibit says where it lies."""
    files = small.files()
    files["cities/port-aubier/city.toml"] = (
        b'id = "port-aubier"\nlanguages = ["fr"]\nsource_language = "fr"\n'
    )

    assert _only(small.write(tmp_path, files), "city-unnamed").severity == WARNING


def test_made_up_countries_are_for_examples_only(tmp_path: Path) -> None:
    """An invented city lies in an invented country; a real one may not."""
    files = small.files()
    files[KINDS] = files[KINDS].replace(b'"DE"', b'"XH"')
    files[HEAD] = files[HEAD].replace(b"example = false", b"example = true")

    assert check(small.write(tmp_path, files)) == []


def test_one_slip_is_one_fault(tmp_path: Path) -> None:
    """A quotation mark is missing: nobody is told to delete the texts and the pictures, too."""
    for path in (BENCHES, OURS, CITY, HEAD, SOURCES):
        files = small.files()
        files[path] = files[path].replace(b'id = "', b"id = ", 1)
        folder = small.write(tmp_path / path.replace("/", "-"), files)
        assert [(fault.path, fault.rule) for fault in check(folder)] == [(path, "toml")]


def test_a_file_of_octets_is_named_at_once(tmp_path: Path) -> None:
    """Saved with two octets a letter, each second one is zero: a fault a line, without a wait."""
    text = "id\n" + "a" * 120_000
    files = small.files() | {TEXT: text.encode("utf-16-le")}
    begun = time.process_time()
    found = check(small.write(tmp_path, files))
    assert [f.line for f in found if f.rule == "control-character"] == [1, 2]
    assert time.process_time() - begun < 2


def test_the_report_ends_with_what_it_means(tmp_path: Path) -> None:
    """Edda reads in the last line whether she can publish."""
    text, fit = report(small.write(tmp_path / "good"))
    assert fit
    assert text.endswith("It can be published.")
    files = small.files() | {"notes.txt": b""}
    text, fit = report(small.write(tmp_path / "bad", files))
    assert not fit
    assert "notes.txt:1: error:" in text
    assert text.endswith("1 to correct, 0 to consider. It cannot be published yet.")
