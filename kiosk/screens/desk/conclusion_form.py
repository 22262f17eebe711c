"""Reads a conclusion from the desk's form, and writes it into it: lines, lists, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from kiosk.exhibition.draft import Content, DraftText, tidy

_BULLET = re.compile(r"^\s*(?:[-–—•*·‣◦]|\d{1,2}[.)])\s+")
"""What a line pasted from notes may begin with."""

BY_HAND = "reviewed"
"""The status of a translation that a person wrote or read at the desk."""

ALIKE = 0.6
"""How alike two statements are (0 to 1) of which one is taken for the other, reworded."""


def lines(text: str) -> tuple[str, ...]:
    """Return the statements of a text with one per line, without bullets and empty lines."""
    found = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return tuple(line for line in found if line)


def source_content(values: Mapping[str, Any], before: Content) -> Content:
    """Return the content that the form's first part holds; a translation goes with its passage.

    Where a passage was reworded its translation might say something else: it is kept as an earlier
    one, which no screen shows until somebody has read it.
    """
    language = str(values.get("language") or before.source_language)
    text = DraftText(
        title=str(values.get("title", "")),
        lead=str(values.get("lead", "")),
        statements=lines(str(values.get("statements", ""))),
        dissent=lines(str(values.get("dissent", ""))),
        question=str(values.get("question", "")),
        photo_alternative=str(values.get("photo_alternative", "")),
    )
    others = {
        code: found
        for code, found in before.texts.items()
        if code not in {language, before.source_language}
    }
    wanted = tuple(str(code) for code in values.get("wanted", ()) if code != language)
    after = tidy(
        replace(
            before,
            topic=str(values.get("topic", "")),
            session=str(values.get("session", "")),
            guiding_question=_guiding(values),
            source_language=language,
            texts={language: text, **others},
            wanted=wanted,
        )
    )
    was, now = before.source(), after.source()
    carried = {code: _carried(after.texts[code], was, now) for code in others}
    return replace(after, texts={**after.texts, **carried})


def translated_content(values: Mapping[str, Any], before: Content, language: str) -> Content:
    """Return the content with what the form of one further language holds."""
    source = before.source()
    text = DraftText(
        title=str(values.get("title", "")),
        lead=str(values.get("lead", "")),
        statements=_numbered(values, "statement", len(source.statements)),
        dissent=_numbered(values, "dissent", len(source.dissent)),
        question=str(values.get("question", "")),
        photo_alternative=str(values.get("photo_alternative", "")),
        status=BY_HAND,
        translated_from=before.source_language,
    )
    return replace(before, texts={**before.texts, language: text})


def missing(content: Content, language: str) -> int:
    """Return how many passages of the source lack their translation."""
    source, found = content.source(), content.texts.get(language, DraftText())
    pairs = [
        (source.title, found.title),
        (source.lead, found.lead),
        (source.question, found.question),
        (source.photo_alternative if content.photo else "", found.photo_alternative),
        *_beside(source.statements, found.statements),
        *_beside(source.dissent, found.dissent),
    ]
    return sum(bool(original) and not translated for original, translated in pairs)


def at(texts: tuple[str, ...], index: int) -> str:
    """Return the text at this place, empty where there is none."""
    return texts[index] if index < len(texts) else ""


def _carried(found: DraftText, was: DraftText, now: DraftText) -> DraftText:
    """Return a translation of the source as it *was*, as far as it says what the source says *now*.

    Never by place alone: a statement may have gone, and the next one stands where it was.
    """
    return replace(
        found,
        earlier=dict(_earlier(found, was, now)),
        title=found.title if now.title == was.title else "",
        lead=found.lead if now.lead == was.lead else "",
        question=found.question if now.question == was.question else "",
        photo_alternative=(
            found.photo_alternative if now.photo_alternative == was.photo_alternative else ""
        ),
        statements=_moved(found.statements, was.statements, now.statements),
        dissent=_moved(found.dissent, was.dissent, now.dissent),
    )


def _earlier(found: DraftText, was: DraftText, now: DraftText) -> Iterator[tuple[str, str]]:
    """Yield each passage that has no translation any more, with what its earlier wording had."""
    for name in ("title", "lead", "question", "photo_alternative"):
        old, new = getattr(was, name), getattr(now, name)
        words = found.earlier.get(old, "") if old == new else getattr(found, name)
        yield from _kept(new, words or found.earlier.get(old, ""))
    for name in ("statements", "dissent"):
        old_list, new_list = getattr(was, name), getattr(now, name)
        known = dict(_beside(old_list, getattr(found, name)))
        gone = [old for old in old_list if old not in new_list]
        for new in new_list:
            if new in known:
                yield from _kept(new, "" if known[new] else found.earlier.get(new, ""))
            else:
                for old in get_close_matches(new, gone, n=1, cutoff=ALIKE):
                    yield from _kept(new, known[old] or found.earlier.get(old, ""))


def _kept(passage: str, words: str) -> Iterator[tuple[str, str]]:
    if passage and words:
        yield passage, words


def _moved(found: tuple[str, ...], was: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    if now == was:
        return found
    known = dict(_beside(was, found))
    return tuple(known.get(text, "") for text in now)


def _beside(source: tuple[str, ...], found: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(text, at(found, index)) for index, text in enumerate(source)]


def _numbered(values: Mapping[str, Any], name: str, count: int) -> tuple[str, ...]:
    return tuple(str(values.get(f"{name}-{index}", "")) for index in range(count))


def _guiding(values: Mapping[str, Any]) -> str:
    """A guiding question is chosen as ``session/question``; it counts only with its session."""
    session, _, question = str(values.get("guiding", "")).partition("/")
    return question if session and session == str(values.get("session", "")) else ""
