"""Editors' Markdown becomes text with emphasis, never anything that acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exhibition.markdown import to_html, to_plain


def test_paragraphs_and_emphasis_are_kept() -> None:
    """What an editor means is what a visitor sees."""
    assert to_html("One *seat*.\n\nAlways.") == "<p>One <em>seat</em>.</p>\n<p>Always.</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://far.example/x.png)",
        '<a href="https://far.example" onclick="alert(1)">x</a>',
        "[x](data:text/html;base64,AAAA)",
    ],
)
def test_nothing_acts(text: str) -> None:
    """Tags are shown as written, pictures and dangerous links are dropped."""
    html = to_html(text, links=True)

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert "<a href" not in html or 'href="https://far.example' in html


def test_links_stay_on_phones_only() -> None:
    """A phone may leave the exhibition; a touchscreen in a hall may not."""
    text = "[the report](https://lindmark.example/report)"

    assert "<a" not in to_html(text)
    assert 'href="https://lindmark.example/report"' in to_html(text, links=True)
    assert 'rel="noopener noreferrer"' in to_html(text, links=True)


def test_plain_words_are_one_line() -> None:
    """For a preview the marks and lines go, the words stay."""
    assert to_plain("One *seat* & a <b>.\n\n- Always") == "One seat & a <b>. Always"


@given(st.text(max_size=200))
def test_any_text_is_harmless(text: str) -> None:
    """Whatever is typed, only the few allowed elements come out."""
    html = to_html(text, links=True).lower()

    assert "<script" not in html
    assert "<iframe" not in html
    assert "<img" not in html
