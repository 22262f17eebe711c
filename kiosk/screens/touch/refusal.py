"""A refusal as a sentence in the visitor's language: what is wrong and what to do next."""

from __future__ import annotations

from kiosk.errors import KioskError
from kiosk.locale.translator import Translator


def sentence(t: Translator, error: KioskError) -> str:
    """Return message and cure with their values, translated."""
    parts = (t(text, **error.values) for text in (error.message, error.cure) if text)
    return " ".join(parts)
