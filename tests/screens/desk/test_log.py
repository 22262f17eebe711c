"""The decision log shows whose city a decision was, to everyone who sees more than one."""

from __future__ import annotations

from sqlalchemy import Connection

from kiosk.moderation import actions
from kiosk.people import appointments, staff_store
from kiosk.people.permissions import Role
from kiosk.people.staff import Grant
from tests.screens.desk.sitting import Sitting
from tests.staff import PASSWORD, writes
from tests.world import LINDMARK, PORT_AUBIER, SUNDAY


async def meera_refuses(sitting: Sitting) -> None:
    """The one decision there is: Meera's, in Lindmark."""
    database = sitting.context.database
    comment = await database.write(lambda c: writes(c, "Buy my umbrellas."))

    def refuse(c: Connection) -> None:
        meera = staff_store.actor(c, staff_store.id_of(c, "meera") or "")
        assert meera is not None
        actions.refuse(c, comment.id, 1, meera, SUNDAY, ground="advertising")

    await database.write(refuse)


def heads(sitting: Sitting) -> str:
    """The words above the table's columns."""
    return sitting.words_of(next(e for e in sitting.elements() if e.tag == "thead"))


async def lina_reads(sitting: Sitting, *cities: str) -> None:
    """Lina, an administrator of these cities, opens the log."""
    grants = [Grant(Role.ADMIN, "harbour", city) for city in cities]
    await sitting.context.database.write(
        lambda c: appointments.appoint(c, "lina", "Lina", PASSWORD, grants, SUNDAY)
    )
    await sitting.log_in("lina")
    await sitting.open("log")
    await sitting.sees("Advertising")


async def test_who_sees_several_cities_is_told_whose_it_was(sitting: Sitting) -> None:
    """All that was decided so far was Lindmark's: without the column it might be anybody's."""
    await meera_refuses(sitting)
    await lina_reads(sitting, LINDMARK, PORT_AUBIER)
    assert "City" in heads(sitting)
    row = next(e for e in sitting.elements() if e.tag == "tr" and "Refused" in sitting.words_of(e))
    assert sitting.words_of(row).endswith("The title"), "what the small exhibition calls Lindmark"


async def test_where_there_is_one_city_nobody_needs_a_column_for_it(sitting: Sitting) -> None:
    """Lina reads of every city, and the exhibition has one."""
    await meera_refuses(sitting)
    await lina_reads(sitting, "")
    assert "City" not in heads(sitting)


async def test_who_sees_her_own_city_alone_needs_no_column_for_it(sitting: Sitting) -> None:
    """Meera reads Lindmark's decisions and no others."""
    await meera_refuses(sitting)
    await sitting.log_in("meera")
    await sitting.open("log")
    await sitting.sees("Advertising")
    assert "City" not in heads(sitting)
