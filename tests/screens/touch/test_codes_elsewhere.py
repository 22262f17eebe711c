"""The fictional exhibition on the real one's screen: a phone that scans there goes there, too."""

from __future__ import annotations

import pytest

from kiosk.people import tokens
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.frame import dock
from kiosk.screens.touch.step import Step
from kiosk.screens.touch.visit import Visit
from tests.world import SUNDAY


@pytest.mark.parametrize(
    ("exhibition", "exhibit", "target"),
    [
        ("vivre-ensemble", "", tokens.WHOLE),
        ("vivre-ensemble", "resilient", tokens.target_of(exhibit="resilient")),
        ("example", "", tokens.target_of(exhibition="example")),
        ("example", "resilient", tokens.target_of(exhibit="resilient", exhibition="example")),
        ("example", "card-wall", tokens.target_of(exhibit="card-wall")),
        ("example", "benches-at-night", tokens.target_of("example/core/benches-at-night")),
    ],
)
def test_a_code_names_the_exhibition_where_it_would_be_taken_for_the_screens_own(
    context: TouchContext, exhibition: str, exhibit: str, target: bytes
) -> None:
    """Both have a resilient city; a question says by itself where it belongs."""
    hung = context.shelf.get(exhibition)
    assert hung is not None
    visit = Visit(context, "one", hung, Step("en", exhibition))
    code, short = dock.phone_codes(visit, hung.exhibition.exhibits.get(exhibit))
    assert tokens.read(code, lambda _: context.key, SUNDAY).target == target
    assert short == tokens.short_code(context.key, target)
