"""What the counting office is sent arrives whole, however the line cuts it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import InvalidBallot, QuestionClosed, Unavailable
from kiosk.voice.office_wire import Frames, Refused, Told, as_told, frame, raised, refused

TOLD = st.builds(Told, st.integers(0, 2_000), st.just({}))


@given(st.lists(TOLD, max_size=8), st.lists(st.integers(1, 9), min_size=1))
def test_messages_arrive_whole_however_they_are_cut(messages: list[Told], cuts: list[int]) -> None:
    """Three messages come in pieces of any length: three messages are read, in their order."""
    sent = b"".join(frame(message) for message in messages)
    frames, read = Frames(), []
    at = turn = 0
    while at < len(sent):
        size = cuts[turn % len(cuts)]
        read += list(frames.take(sent[at : at + size], as_told))
        at, turn = at + size, turn + 1
    assert read == messages


def test_a_refusal_arrives_as_it_was_raised() -> None:
    """The visitor reads the same sentence whichever process refused the vote."""
    many = InvalidBallot("That is more than {most} answers.", "Choose at most {most}.", most=2)
    again = raised(refused(many))
    assert type(again) is InvalidBallot
    assert (str(again), again.remedy) == (str(many), many.remedy)
    assert type(raised(refused(QuestionClosed("This vote is over.")))) is QuestionClosed


def test_what_broke_inside_stays_inside() -> None:
    """A fault of the program reaches the visitor as "nothing was kept", without its words."""
    told = refused(RuntimeError("SELECT secret"))
    assert told.kind == "Unavailable"
    assert "secret" not in told.message + told.cure
    assert type(raised(Refused("Elsewhere", "", "", {}))) is Unavailable
