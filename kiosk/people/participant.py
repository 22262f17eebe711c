"""Who voted, as an opaque id: one per session, phone, card or group, never across exhibitions."""

from __future__ import annotations

from kiosk import ids


def of_session(session_id: str, exhibition: str) -> str:
    """Return the participant of one session at a touchscreen, as 64 hexadecimal digits."""
    return _hashed("session", session_id, exhibition)


def of_phone(cookie: str, exhibition: str) -> str:
    """Return the participant of a phone's cookie; another exhibition makes it another person.

    Only this hash is stored: the cookie stays on the phone (GDPR art. 9: opinions of one person
    are never joined across exhibitions).
    """
    return _hashed("phone", cookie, exhibition)


def of_card(code: str, exhibition: str) -> str:
    """Return the participant of a printed card: whoever holds it changes the same ballot."""
    return _hashed("card", code, exhibition)


def _hashed(way: str, secret: str, exhibition: str) -> str:
    return ids.digest(f"participant\0{way}\0{exhibition}\0{secret}")
