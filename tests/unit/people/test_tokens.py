"""Codes on screens: what a phone scans opens a vote, what was forged or grew old does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import ids
from kiosk.errors import InvalidToken
from kiosk.people import tickets, tokens
from kiosk.people.tokens import Kind

SUNDAY = datetime(2026, 9, 6, 14, 0, 15, tzinfo=UTC)
KEYS = {0: b"the hub's own key", 7: b"the town hall's key", 65_535: b"the last kiosk's key"}

moments = st.integers(1_577_836_800, 3_786_825_600).map(lambda s: datetime.fromtimestamp(s, UTC))
targets = st.binary(min_size=3, max_size=3)
numbers = st.sampled_from(sorted(KEYS))
counters = st.integers(0, 255)
kinds = st.sampled_from(list(Kind))


@given(numbers, kinds, targets, moments, counters)
def test_what_a_screen_writes_a_phone_opens(
    kiosk: int, kind: Kind, target: bytes, now: datetime, counter: int
) -> None:
    """The hub reads every code back, of every kind, at the moment it was shown."""
    code = tokens.issue(KEYS[kiosk], kiosk, kind, target, now, counter)
    assert len(code) == tokens.CODE_LENGTH == 32
    assert code == code.upper()
    token = tokens.read(code, KEYS.get, now)
    assert (token.kiosk, token.kind, token.target) == (kiosk, kind, target)
    assert (token.counter, token.expired) == (counter, False)


@given(st.integers(0, 159), moments)
def test_a_code_with_one_bit_changed_is_refused(bit: int, now: datetime) -> None:
    """Whoever changes kiosk, question, step or counter lacks the key to sign it."""
    code = tokens.issue(KEYS[7], 7, Kind.SCREEN, b"abc", now)
    raw = bytearray(ids.from_code(code))
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidToken):
        tokens.read(ids.to_code(bytes(raw)), KEYS.get, now)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_refused_or_read_never_broken(typed: str) -> None:
    """A child types on the phone; nothing but a refusal comes of it."""
    with pytest.raises(InvalidToken):
        tokens.read(typed, KEYS.get, SUNDAY)
    assert tokens.tidy_short(typed) == "" or len(tokens.tidy_short(typed)) == 6


@pytest.mark.parametrize(
    ("seconds", "expired"), [(-46, True), (-30, False), (0, False), (60, False), (90, True)]
)
def test_a_screens_code_lives_for_four_steps(seconds: int, expired: bool) -> None:
    """Ada's phone may be slow, and the screen's clock a little off: −2 … +1 steps of 30 s."""
    code = tokens.issue(KEYS[7], 7, Kind.SCREEN, tokens.target_of("harbour/core/benches"), SUNDAY)
    token = tokens.read(code, KEYS.get, SUNDAY + timedelta(seconds=seconds))
    assert token.expired is expired


@pytest.mark.parametrize("kind", [Kind.POSTER, Kind.CARD, Kind.GROUP])
def test_what_is_printed_does_not_grow_old(kind: Kind) -> None:
    """A poster hangs all summer."""
    code = tokens.issue(KEYS[7], 7, kind, b"abc", SUNDAY)
    assert not tokens.read(code, KEYS.get, SUNDAY + timedelta(days=400)).expired


def test_a_code_of_an_unknown_kiosk_or_version_is_refused() -> None:
    """A kiosk that was taken away no longer opens anything."""
    code = tokens.issue(b"stranger", 12, Kind.POSTER, b"abc", SUNDAY)
    with pytest.raises(InvalidToken):
        tokens.read(code, KEYS.get, SUNDAY)


def test_a_code_forgives_how_it_is_typed() -> None:
    """Ben types it in small letters, in groups, with an O for the zero."""
    code = tokens.issue(KEYS[7], 7, Kind.POSTER, b"abc", SUNDAY)
    typed = ids.grouped(code).lower().replace("0", "o").replace("1", "l")
    assert tokens.read(typed, KEYS.get, SUNDAY).kiosk == 7


def test_the_whole_exhibition_is_a_target_of_its_own() -> None:
    """No question and no exhibit shares the target of the home page."""
    assert tokens.target_of() == tokens.WHOLE
    assert tokens.target_of("a/core/b") != tokens.WHOLE != tokens.target_of(exhibit="b")


def test_short_codes_lead_to_screen_and_question() -> None:
    """Six characters typed at home find the screen in the hall and what it asked."""
    wanted = [tokens.target_of(f"harbour/core/q{i}") for i in range(60)]
    found = tokens.short_codes(KEYS, wanted)
    assert len(found) == len(KEYS) * len(wanted)
    code = tokens.short_code(KEYS[7], wanted[5])
    assert found[code] == (7, wanted[5])
    assert tokens.tidy_short(f"{code[:3]}-{code[3:].lower()} ") == code


nonces = st.binary(min_size=16, max_size=16)


@given(kinds, numbers, targets, moments, nonces)
def test_a_ticket_is_read_back(
    kind: Kind, kiosk: int, target: bytes, now: datetime, nonce: bytes
) -> None:
    """The form carries screen, question and nonce to the vote."""
    text = tickets.issue(KEYS[0], kind, kiosk, target, now, nonce)
    ticket = tickets.read(text, KEYS[0], now + timedelta(seconds=590))
    assert (ticket.kind, ticket.kiosk, ticket.target) == (kind, kiosk, target)
    assert (ticket.nonce, ticket.expired) == (nonce, False)
    assert tickets.read(text, KEYS[0], now + timedelta(seconds=602)).expired


@given(st.integers(0, 319))
def test_a_forged_ticket_is_refused(bit: int) -> None:
    """Nobody writes tickets but the hub."""
    text = tickets.issue(KEYS[0], Kind.SCREEN, 7, b"abc", SUNDAY, bytes(16))
    raw = bytearray.fromhex(text)
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidToken):
        tickets.read(raw.hex(), KEYS[0], SUNDAY)


def test_a_double_tap_has_one_id_another_answer_another() -> None:
    """The ballot's id comes of nonce and choices: the same tap twice is the same ballot."""
    first = tickets.derived_id(bytes(16), "agree")
    assert first == tickets.derived_id(bytes(16), "agree")
    assert first != tickets.derived_id(bytes(16), "disagree")
    assert len(first) == 36
