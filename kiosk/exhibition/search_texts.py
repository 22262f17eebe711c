"""The texts of an exhibition as entries of a search: each exhibit once in each of its languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.exhibition.localized import Localized, texts_within
from kiosk.exhibition.markdown import to_plain
from kiosk.exhibition.model import Exhibit, Exhibition, WordDetails
from kiosk.exhibition.search_index import Entry


def entries(exhibition: Exhibition) -> Iterator[Entry]:
    """Yield what can be found of an exhibition, whatever kinds of details its exhibits have."""
    for exhibit in exhibition.exhibits.values():
        parts = (exhibit.lead, exhibit.question, exhibit.passages, exhibit.details, exhibit.media)
        texts = list(texts_within(parts))
        named = [exhibit.details.speaker] if isinstance(exhibit.details, WordDetails) else []
        for language in _languages(exhibit, texts):
            title = exhibit.title.by_language.get(language)
            body = [*named, *_said(texts, language)]
            if title or body:
                head = title.text if title else ""
                yield Entry(str(exhibit.kind), exhibit.id, language, head, " ".join(body))


def _languages(exhibit: Exhibit, texts: Sequence[Localized]) -> list[str]:
    found = {language: None for each in (exhibit.title, *texts) for language in each.by_language}
    return list(found)


def _said(texts: Sequence[Localized], language: str) -> Iterator[str]:
    for text in texts:
        written = text.by_language.get(language)
        if written is not None:
            yield to_plain(written.text)
