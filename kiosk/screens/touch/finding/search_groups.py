"""How what was found is put in groups, each with a name that a visitor understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kiosk.exhibition.model import Kind
from kiosk.exhibition.search_index import Hit
from kiosk.locale.translator import Translator
from kiosk.screens.touch.search_finder import ANSWER, VOICE

_OF_KIND: Mapping[str, str] = MappingProxyType(
    {
        Kind.TOPIC: "topics",
        Kind.CONCLUSION: "conclusions",
        Kind.STATEMENT: "questions",
        Kind.QUESTION: "questions",
        Kind.CITY: "cities",
        Kind.SESSION: "programme",
        Kind.DECLARATION: "summits",
        Kind.TIMELINE: "summits",
        Kind.COMMITMENT: "commitments",
        Kind.PRACTICE: "practices",
        Kind.WORD: "words",
        Kind.RESOURCE: "background",
        Kind.MEDIA: "background",
        VOICE: "voices",
        ANSWER: "answers",
    }
)


def name(t: Translator, group: str) -> str:
    """Return a group's headline."""
    names = {
        "topics": t("Topics"),
        "conclusions": t("Conclusions"),
        "questions": t("Questions and statements"),
        "cities": t("Cities"),
        "programme": t("Programme"),
        "summits": t("Summits and declarations"),
        "commitments": t("Commitments"),
        "practices": t("Good practices"),
        "words": t("Officials’ words"),
        "voices": t("What residents say"),
        "answers": t("What was answered"),
    }
    return names.get(group, t("Background"))


def ranked(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return hits, the best first; what only explains counts less than what was said or asked."""
    return tuple(sorted(hits, key=lambda hit: -hit.score * _weight(hit)))


def grouped(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Return hits by group, in their order: the group with the first of them comes first."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(_group(hit), []).append(hit)
    return groups


def _group(hit: Hit) -> str:
    return _OF_KIND.get(hit.entry.kind, _BACKGROUND)


def _weight(hit: Hit) -> float:
    return 0.4 if _group(hit) == _BACKGROUND else 1.0


_BACKGROUND = "background"
