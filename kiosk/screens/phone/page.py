"""Renders a page: autoescaped templates, inline style allowed by its hash alone, strict headers."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import Response

from kiosk.exhibition.localized import Shown, direction
from kiosk.exhibition.markdown import to_html
from kiosk.screens import theme

FOLDER = Path(__file__).parent
BASE = (FOLDER / "phone.css").read_text(encoding="utf-8").replace("\n", "")
MORE = (FOLDER / "more.css").read_text(encoding="utf-8").replace("\n", "")
BAND = (390, 88)
"""Width and height for which the band at the head of a page is drawn, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Style:
    """A page's style sheet with the headers that allow it and nothing else."""

    css: Markup
    headers: Mapping[str, str]


@lru_cache(maxsize=256)
def style(colours: tuple[tuple[str, str], ...], *, more: bool = True) -> Style:
    """Return the style of a page; *colours* are pairs of a class (empty: the page) and a colour.

    *more* adds what a page needs beyond a question and its answers.
    """
    rules = "".join(
        f"{f'.{name}' if name else ':root'}{{--c:{colour};--k:{theme.readable(colour)}}}"
        for name, colour in colours
    )
    css = BASE + (MORE if more else "") + rules
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; media-src 'self';"
        " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Vary": "Accept-Language, Cookie",
    }
    return Style(Markup(css), headers)  # noqa: S704 - our own style sheet


_BEFORE = re.compile(" (?=[–:;?!»])|(?<=«) ")
"""Spaces at which no line may end: dashes, French stops and quotation marks begin no line."""


def unbroken(words: str) -> str:
    """Return *words* with what begins no line kept on the line before."""
    return _BEFORE.sub("\N{NO-BREAK SPACE}", words)


def pieces(line: str) -> Markup:
    """Return what stands between dots in pieces, so that a line ends at a dot, not in a name."""
    parts = line.split(" · ")
    ends = [f"{part} ·" for part in parts[:-1]] + parts[-1:]
    return Markup(" ").join(Markup('<span class="ib">{}</span>').format(end) for end in ends)


def numbered(sentence: str, number: str) -> Markup:
    """Return a sentence with a voice's number as one word, read from the left in every script."""
    word = Markup('<bdi class="nb" dir="ltr">{}</bdi>').format(number)
    return word.join(escape(sentence).split(number)) if number else escape(sentence)


def tongue(text: Shown) -> Markup:
    """Return the attributes that name a text's language where it is not the page's."""
    if not text.fallback:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(text.language, text.direction)


def say(text: Shown) -> Markup:
    """Return a text for a template, marked with its language where that is not the page's."""
    if not text.fallback:
        return escape(unbroken(text.text))
    return Markup("<span{}>{}</span>").format(tongue(text), unbroken(text.text))


def rich(text: Shown) -> Markup:
    """Return editors' Markdown for a template; harmless elements and https links only."""
    html = Markup(to_html(text.text, links=True))  # noqa: S704 - cleaned by nh3
    return Markup("<div{}>{}</div>").format(tongue(text), html)


_RUN_IN = re.compile(r"<p><strong>([^<]{2,90})[.]</strong>\s+(?=\S)")
"""A heading that runs into its paragraph, as editors write them in legal texts."""


def headed(text: Shown) -> Markup:
    """Return editors' Markdown with each heading in a line of its own, as a heading."""
    return Markup(_RUN_IN.sub(r"<h2>\1</h2>\n<p>", str(rich(text))))  # noqa: S704 - cleaned by nh3


ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
ENVIRONMENT.globals.update(say=say, rich=rich, headed=headed, tongue=tongue, direction=direction)
ENVIRONMENT.filters.update(pieces=pieces, numbered=numbered, unbroken=unbroken)


def page(template: str, look: Style, status: int = 200, **values: object) -> Response:
    """Return a page rendered now from *values*."""
    html = ENVIRONMENT.get_template(template).render(css=look.css, **values)
    return Response(html, status, look.headers, media_type="text/html")
