"""An approved draft written as the files that an edition holds of it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping

from kiosk.exhibition.draft import Draft, DraftText
from kiosk.exhibition.plain_text import without_hidden_characters
from kiosk.exhibition.text_file import ORIGINAL
from kiosk.locale.translator import translator

PHOTO = "media/photo.webp"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&!~|])")
_LINE_START = re.compile(r"^(\s*)([#>+=-]|\d+[.)])", re.MULTILINE)


def render(draft: Draft, languages: Collection[str]) -> dict[str, bytes]:
    """Return the draft's files by path within its folder, without the photograph.

    *languages* are those of the exhibition, or of the city's overlay; what was translated into
    others waits until they are added.

    What was typed is plain text: every mark of Markdown in it is escaped, and shown as typed.
    """
    files = {
        "exhibits.toml": _exhibit(draft),
        "sources.toml": _source(draft),
    }
    source = draft.content.source()
    for language, text in draft.content.texts.items():
        fields = dict(_fields(text, source, with_photo=bool(draft.content.photo)))
        if any(fields.values()) and language in languages:
            authorship = _authorship(text, language, draft.content.source_language)
            files[f"text.{language}.md"] = _texts(draft.id, authorship, fields)
    return {path: content.encode() for path, content in files.items()}


def render_city(city: str, languages: tuple[str, ...], source_language: str) -> bytes:
    """Return the file of a city that captures conclusions without having an overlay yet."""
    listed = ", ".join(_quoted(language) for language in languages)
    lines = [
        f"id = {_quoted(city)}",
        f"languages = [{listed}]",
        f"source_language = {_quoted(source_language)}",
    ]
    return ("\n".join(lines) + "\n").encode()


def record_id(draft: Draft) -> str:
    """Return the id of the source that the workshop's own record is."""
    return f"{draft.id}-record"


def _exhibit(draft: Draft) -> str:
    content, source = draft.content, draft.content.source()
    lines = [
        f"source_language = {_quoted(content.source_language)}",
        "[[exhibit]]",
        f"id = {_quoted(draft.id)}",
        'kind = "conclusion"',
        'standing = "reported"',
        f"sources = [{_quoted(record_id(draft))}]",
        f"topic = {_quoted(content.topic)}",
    ]
    if source.question:
        lines += ["[exhibit.question]", 'kind = "agree"']
    if content.photo:
        lines += ["[[exhibit.media]]", 'id = "photo"', 'type = "image"', f'path = "{PHOTO}"']
    lines += ["[exhibit.conclusion]"]
    if content.session:
        lines.append(f"session = {_quoted(content.session)}")
    if content.session and content.guiding_question:
        lines.append(f"guiding_question = {_quoted(content.guiding_question)}")
    if draft.approved_by:
        lines.append(f"approved_by = {_quoted(_name(draft))}")
    if draft.approved_at:
        lines.append(f"approved_at = {draft.approved_at:%Y-%m-%dT%H:%M:%SZ}")
    for key, texts in (("statements", source.statements), ("dissent", source.dissent)):
        for number in range(1, len(texts) + 1):
            lines += [f"[[exhibit.conclusion.{key}]]", f'id = "{number}"']
    return "\n".join(lines) + "\n"


def _source(draft: Draft) -> str:
    language = draft.content.source_language
    t = translator(language)
    title = (
        t("Record of the workshop, approved by {name}", name=_name(draft))
        if draft.approved_by
        else t("Record of the workshop")
    )
    lines = [
        "[[source]]",
        f"id = {_quoted(record_id(draft))}",
        f"title = {_quoted(title)}",
        f"language = {_quoted(language)}",
    ]
    if draft.approved_at:
        lines.append(f"published = {draft.approved_at:%Y-%m-%d}")
    return "\n".join(lines) + "\n"


def _authorship(text: DraftText, language: str, source_language: str) -> list[str]:
    """Return the front matter: only a translation comes from another language."""
    lines = ["+++", f"status = {_quoted(text.status)}"]
    if language != source_language and text.status != ORIGINAL:
        origin = text.translated_from or source_language
        lines.append(f"translated_from = {_quoted(origin)}")
    return [*lines, "+++"]


def _texts(exhibit: str, authorship: list[str], fields: Mapping[str, str]) -> str:
    lines = [*authorship, f"# {exhibit}"]
    for name, words in fields.items():
        if words:
            lines += [f"## {name}", words]
    return "\n".join(lines) + "\n"


def _fields(text: DraftText, source: DraftText, *, with_photo: bool) -> Iterator[tuple[str, str]]:
    """Yield what has a place in the exhibit; the form may hold more than was left of it."""
    yield "title", text.title
    if source.lead:
        yield "lead", _literal(text.lead)
    if source.question:
        yield "question", text.question
    for what, mine, theirs in (
        ("statement", text.statements, source.statements),
        ("dissent", text.dissent, source.dissent),
    ):
        # What a translation has beyond its source stands for nothing.
        for number, words in enumerate(mine[: len(theirs)], start=1):
            yield f"{what} {number}", _literal(words)
    if with_photo:
        yield "alt photo", text.photo_alternative


def _literal(text: str) -> str:
    """Return plain text as Markdown that shows it unchanged."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return _LINE_START.sub(_escape_start, escaped)


def _escape_start(match: re.Match[str]) -> str:
    mark = match[2]
    return f"{match[1]}{mark[:-1]}\\{mark[-1]}"


def _name(draft: Draft) -> str:
    """Who approved it, as plain text."""
    return without_hidden_characters(re.sub(r"[<>*_`&\[\]]", "", draft.approved_by))


def _quoted(text: str) -> str:
    """Return a TOML string: JSON's escapes are TOML's, save for U+007F, which tidying removes."""
    return json.dumps(text, ensure_ascii=False)
