"""The editor sees how far visits get, and nobody in it."""

from __future__ import annotations

from functools import partial

from kiosk.voice import funnel_store
from kiosk.voice.funnel import Count, Day, Stage
from tests.screens.desk.sitting import Sitting


async def test_the_editor_reads_a_sentence_and_rounded_figures(sitting: Sitting) -> None:
    """Of three who wrote on one day nothing is told but that they were few."""
    counts = (
        Count(Stage.VISIT, "", 42),
        Count(Stage.EXHIBIT, "", 38),
        Count(Stage.VOTE, "", 21),
        Count(Stage.COMMENT, "", 3),
        Count(Stage.OPENED, "benches", 31, 1_240),
    )
    day = Day("2026-09-05", "hub", "harbour", counts)
    await sitting.context.database.write(partial(funnel_store.add, day=day))
    await sitting.log_in("edda")
    await sitting.open("visits")
    await sitting.sees("40 visits began: 40 opened an exhibit, 20 voted, under 5 wrote.")
    await sitting.sees("5 September 2026")
    assert "42" not in sitting.text()
