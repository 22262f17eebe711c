"""Markdown of editors turned into HTML that cannot do anything but be read."""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

_BLOCKS = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "br"}
_INLINE = {"em", "strong", "s"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_TAGS = _BLOCKS | _INLINE | _TABLES
_SCHEMES = {"https", "mailto", "tel"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@lru_cache(maxsize=2048)
def to_html(text: str, *, links: bool = False) -> str:
    """Return *text* as HTML of a few harmless elements.

    HTML in the text is shown as it is written, never interpreted. Links stay only where *links*
    is true (a phone may leave the exhibition; a touchscreen in a hall may not), and lead to
    ``https``, ``mailto`` and ``tel`` only.
    """
    html = _MARKDOWN.render(text)
    tags = _TAGS | {"a"} if links else _TAGS
    return nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href"}} if links else {},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer" if links else None,
        clean_content_tags={"script", "style"},
    )


def to_plain(text: str) -> str:
    """Return the words of a Markdown text in one line, for previews and the search."""
    words = nh3.clean(_MARKDOWN.render(text), tags=set(), clean_content_tags={"script", "style"})
    return " ".join(_unescaped(words).split())


def _unescaped(html: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\u00a0")):
        html = html.replace(entity, character)
    return html.replace("&amp;", "&")
