"""The editor sees how far visits get, and nobody in it."""

from __future__ import annotations

from functools import partial

from kiosk.people.enrolment import enrol
from kiosk.voice import funnel_store
from kiosk.voice.funnel import Count, Day, Stage
from tests.screens.desk.sitting import Sitting
from tests.world import LINDMARK, PORT_AUBIER, SUNDAY

LINDMARK_S_NAME = "The title"
"""What the small exhibition calls its one city."""


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


async def test_the_seconds_at_an_exhibit_are_told_as_a_rounded_average(sitting: Sitting) -> None:
    """Two days are one average; where few looked it would be the time of one that somebody saw."""
    seen = (("2026-09-04", "benches", 10, 700), ("2026-09-05", "benches", 20, 560))
    for day, exhibit, times, seconds in (*seen, ("2026-09-05", "ferry", 4, 200)):
        opened = (Count(Stage.OPENED, exhibit, times, seconds),)
        counted = Day(day, "hub", "harbour", opened)
        await sitting.context.database.write(partial(funnel_store.add, day=counted))
    await sitting.log_in("edda")
    await sitting.open("visits")
    await sitting.sees("Seconds on average")
    table = next(e for e in sitting.find("rows") if sitting.words_of(e).startswith("By exhibit"))
    rows = [sitting.words_of(row).split() for row in table.descendants() if row.tag == "tr"][1:]
    assert [row[-2:] for row in rows[:1]] == [["30", "40"]]
    assert [row[-3:] for row in rows[1:]] == [["under", "5", "–"]]


async def test_receipts_that_were_opened_are_told_by_screen(sitting: Sitting) -> None:
    """What the town hall's screen gave was opened on phones; the hub's own came from phones."""
    database = sitting.context.database
    screen = await database.write(
        partial(enrol, name="Hall", exhibition="", city=LINDMARK, place="Hall", now=SUNDAY)
    )
    for origin, opened in ((screen.id, 12), ("hub", 6)):
        day = Day("2026-09-05", origin, "harbour", (Count(Stage.RECEIPT, "", opened),))
        await database.write(partial(funnel_store.add, day=day))
    await sitting.log_in("edda")
    await sitting.open("visits")
    await sitting.sees("Receipts opened")
    (steps,) = sitting.find("funnel")
    assert sitting.words_of(steps).split()[-3:] == ["Receipts", "opened", "20"]
    table = next(e for e in sitting.find("rows") if sitting.words_of(e).startswith("By screen"))
    rows = [sitting.words_of(row).split() for row in table.descendants() if row.tag == "tr"][1:]
    assert [" ".join(row) for row in rows] == ["Hall 0 0 0 0 10", "By phone 0 0 0 0 5"]


async def test_a_screen_s_days_are_added_up(sitting: Sitting) -> None:
    """Two days of the phones are one line; each day stands below, for who asks."""
    for day, visits in (("2026-09-04", 25), ("2026-09-05", 35)):
        counted = Day(day, "hub", "harbour", (Count(Stage.VISIT, "", visits),))
        await sitting.context.database.write(partial(funnel_store.add, day=counted))
    await sitting.log_in("edda")
    await sitting.open("visits")
    await sitting.sees("By screen")
    rows = [sitting.words_of(row) for row in sitting.elements() if row.tag == "tr"]
    figures = [row for row in rows if "By phone" in row]
    assert [("60" in row, "25" in row, "35" in row) for row in figures] == [
        (True, False, False),
        (False, False, True),
        (False, True, False),
    ]


async def test_screens_of_one_name_are_not_added_together(sitting: Sitting) -> None:
    """Two cities have a library, and Lindmark's was enrolled anew: three lines, told apart."""
    database = sitting.context.database
    screens = (
        ("Library", LINDMARK, 25), ("Library", PORT_AUBIER, 35), ("Library", LINDMARK, 45),
        ("Town hall", LINDMARK, 55),
    )  # fmt: skip
    for name, city, visits in screens:
        kiosk = await database.write(
            partial(enrol, name=name, exhibition="", city=city, place=name, now=SUNDAY)
        )
        day = Day("2026-09-05", kiosk.id, "harbour", (Count(Stage.VISIT, "", visits),))
        await database.write(partial(funnel_store.add, day=day))
    await sitting.log_in("edda")
    await sitting.open("visits")
    await sitting.sees("By screen")
    table = next(e for e in sitting.find("rows") if sitting.words_of(e).startswith("By screen"))
    rows = [sitting.words_of(row).split() for row in table.descendants() if row.tag == "tr"][1:]
    assert [" ".join(row).removesuffix(" 0 0 0 0") for row in rows] == [
        f"Library · {LINDMARK_S_NAME} · 1 25",
        f"Library · {LINDMARK_S_NAME} · 3 45",
        "Library · port-aubier 35",
        "Town hall 55",
    ]
    each_day = " ".join(sitting.words_of(sitting.find("more")[0]).split())
    assert "Library · port-aubier" in each_day
