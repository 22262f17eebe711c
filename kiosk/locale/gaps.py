"""What a catalogue leaves to English: sentences that it lacks, or that could not be said."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from kiosk.locale import languages


def left_to_english(language: str) -> tuple[str, ...]:
    """Return the English sentences that a screen in *language* shows as they are.

    Those without a translation, those marked as unsure (``fuzzy``), which are passed over, and
    those whose translation names a value that the English sentence does not have.
    """
    if language == languages.SOURCE:
        return ()
    said = {sentence for sentence, message in _messages(language) if is_said(message)}
    return tuple(sentence for sentence in every_sentence() if sentence not in said)


def every_sentence() -> tuple[str, ...]:
    """Return what the interface says in English; of a plural, the form for one.

    A catalogue may be half done: all of them together name every sentence of the program.
    """
    there = sorted(path.stem for path in languages.FOLDER.glob("*.po"))
    return tuple(dict.fromkeys(sentence for each in there for sentence, _ in _messages(each)))


def _messages(language: str) -> Iterator[tuple[str, Message]]:
    path = languages.catalogue(language)
    if not path.is_file():
        return
    with path.open("rb") as file:
        for message in read_po(file, locale=languages.cldr(language)):
            sentence = _forms(message.id)[0]
            if sentence:  # the empty one is the catalogue's own head
                yield sentence, message


def is_said(message: Message) -> bool:
    """Whether a screen would say it, and not its English sentence instead."""
    said, known = _forms(message.string or ""), _values(*_forms(message.id))
    return not message.fuzzy and all(said) and known is not None and _fits(said, known)


def _fits(said: tuple[str, ...], known: frozenset[str]) -> bool:
    named = _values(*said)
    return named is not None and named <= known


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _values(*texts: str) -> frozenset[str] | None:
    """Return the names in braces; None where the braces do not pair."""
    try:
        parts = [part for text in texts for part in Formatter().parse(text)]
    except ValueError:
        return None
    return frozenset(name for _, name, _, _ in parts if name is not None)
