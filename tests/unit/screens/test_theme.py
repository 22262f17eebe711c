"""Colours that can be read, and fonts that come from this machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.screens import theme

TOPICS = ("#bd3521", "#1f6b41", "#1f4f8f", "#5f3391", "#8f5a06")
COLOUR = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_black_on_white_has_the_greatest_contrast() -> None:
    """The measure is that of WCAG: 21 to 1, whichever comes first."""
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#ffffff", "#000000") == pytest.approx(21)


@given(COLOUR)
def test_any_citys_colour_becomes_readable(colour: str) -> None:
    """Whatever accent a city sets, text in it keeps 7 to 1 on paper."""
    assert theme.contrast(theme.readable(colour), theme.PAPER) >= theme.TEXT_CONTRAST


@pytest.mark.parametrize("colour", TOPICS)
def test_a_topics_colour_stays_itself_where_it_is_no_text(colour: str) -> None:
    """The poster keeps the colour; only its words are darkened."""
    style = dict(each.split(":") for each in theme.in_colour(colour).rstrip(";").split(";"))
    assert style["--topic"] == colour
    assert theme.contrast(style["--topic-ink"], theme.PAPER) >= theme.TEXT_CONTRAST


@pytest.mark.parametrize("name", ["ink", "ink-soft", "alarm"])
def test_words_keep_their_contrast_on_paper_and_card(name: str) -> None:
    """Every colour that is used for text."""
    for ground in (theme.PAPER, theme.COLOURS["card"]):
        assert theme.contrast(theme.COLOURS[name], ground) >= theme.TEXT_CONTRAST


def test_fonts_are_taken_from_the_folder_or_left_out(tmp_path: Path) -> None:
    """A missing package breaks no page; an address points to this machine only."""
    assert theme.font_faces(tmp_path, "/front-end") == ""
    sheet = tmp_path / "@fontsource-variable" / "noto-sans" / "index.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("@font-face{src:url(./files/noto.woff2)}", encoding="utf-8")
    assert theme.font_faces(tmp_path, "/front-end") == (
        "@font-face{src:url(/front-end/@fontsource-variable/noto-sans/files/noto.woff2)}"
    )


def _font(folder: Path, package: str, sheet: str) -> None:
    here = folder / "@fontsource-variable" / package
    (here / "files").mkdir(parents=True, exist_ok=True)
    (here / "files" / f"{package}.woff2").write_bytes(b"font")
    face = f"@font-face{{src:url(./files/{package}.woff2);font-display:swap}}"
    (here / sheet).write_text(face, encoding="utf-8")


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    """A sheet that set-up did not bring, and a file that somebody deleted later."""
    for package, sheet in theme.FONTS:
        _font(tmp_path, package, sheet)
    assert theme.missing_fonts(tmp_path) == ()
    fonts = tmp_path / "@fontsource-variable"
    (fonts / "noto-sans-arabic" / "files" / "noto-sans-arabic.woff2").unlink()
    (fonts / "noto-sans-hebrew" / "index.css").unlink()
    assert theme.missing_fonts(tmp_path) == (
        "noto-sans-arabic/files/noto-sans-arabic.woff2",
        "noto-sans-hebrew/index.css",
    )
    assert len(theme.missing_fonts(tmp_path / "nowhere")) == len(theme.FONTS)


@pytest.mark.parametrize("stack", [theme.HEADLINE, theme.READING, theme.CONTROL])
def test_every_stack_ends_with_what_the_machine_has(stack: str) -> None:
    """Without our files a browser takes the machine's own font, for whatever script."""
    assert stack.rsplit(", ", 1)[1] in {"serif", "sans-serif"}
