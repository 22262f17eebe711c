"""A screen that was enrolled for one exhibition is told of no other."""

from __future__ import annotations

import httpx
import pytest

from tests.sync.acts import publishes, says
from tests.sync.conftest import Hub, Screen


@pytest.mark.parametrize(("enrolled", "sees"), [("", True), ("harbour", True), ("market", False)])
async def test_another_exhibition_is_not_to_be_asked_for(
    hub: Hub, town_hall: Screen, enrolled: str, sees: bool
) -> None:
    """Mallory has the credential of the market's screen; the harbour's voices are none of hers."""
    await says(town_hall, "More shade.")
    await town_hall.push()
    await publishes(hub)
    identity = hub.enrols("Market", enrolled)
    headers = {"Authorization": f"Bearer {identity.credential}"}
    async with httpx.AsyncClient(
        base_url="http://hub", headers=headers, transport=httpx.ASGITransport(hub.app)
    ) as mallory:
        answer = await mallory.get("/api/v1/feed", params={"exhibition": "harbour"})
    assert answer.status_code == 200
    told = [entry for entry in answer.json()["entries"] if entry["kind"] == "comment"]
    assert bool(told) is sees
