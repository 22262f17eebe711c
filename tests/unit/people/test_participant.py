"""Who votes is an opaque hash, and one person is someone else in another exhibition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.people import participant


@given(st.text(), st.text(), st.text())
def test_opinions_are_never_joined_across_exhibitions(cookie: str, one: str, other: str) -> None:
    """Ada's phone in two exhibitions is two participants, and neither shows her cookie."""
    name = participant.of_phone(cookie, one)
    assert len(name) == 64
    assert (name == participant.of_phone(cookie, other)) == (one == other)
    assert name != participant.of_session(cookie, one) != participant.of_card(cookie, one)
