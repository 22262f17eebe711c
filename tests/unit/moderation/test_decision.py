"""Which decision leads from where to where; everything else is refused."""

from __future__ import annotations

from itertools import product

import pytest

from kiosk.errors import Conflict, InvalidText
from kiosk.moderation.decision import GROUNDS, LONGEST_NOTE, Action, check_ground, leads_to
from kiosk.voice.comment import Status

STEPS = {
    ("waiting", "approve"): "held",
    ("waiting", "publish"): "published",
    ("waiting", "refuse"): "refused",
    ("held", "publish"): "published",
    ("held", "undo"): "waiting",
    ("held", "refuse"): "refused",
    ("refused", "approve"): "held",
    ("refused", "publish"): "published",
    ("refused", "undo"): "waiting",
    ("published", "unpublish"): "refused",
    ("published", "dismiss-report"): "published",
}


@pytest.mark.parametrize(("status", "action"), list(product(Status, Action)))
def test_each_action_in_each_state(status: Status, action: Action) -> None:
    """Every pair is either a step of the table or refused."""
    expected = STEPS.get((status, action))
    if expected is None:
        with pytest.raises(Conflict):
            leads_to(status, action)
    else:
        assert leads_to(status, action) == expected


@pytest.mark.parametrize("action", list(Action))
def test_what_keeps_a_comment_from_the_public_says_why(action: Action) -> None:
    """A refusal and a taking down need a ground; an approval needs none."""
    if action in {Action.REFUSE, Action.UNPUBLISH}:
        with pytest.raises(InvalidText):
            check_ground(action, "", "")
        with pytest.raises(InvalidText):
            check_ground(action, "not liked", "")
    else:
        check_ground(action, "", "")


def test_eight_grounds_fit_eight_digits() -> None:
    """Each ground has a key from 1 to 8 at the desk."""
    assert len(GROUNDS) == 8


def test_a_note_is_short_enough_to_be_read() -> None:
    """The author reads the note on a phone."""
    check_ground(Action.REFUSE, "insult", "x" * LONGEST_NOTE)
    with pytest.raises(InvalidText):
        check_ground(Action.REFUSE, "insult", "x" * (LONGEST_NOTE + 1))
