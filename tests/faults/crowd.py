"""A crowd before a running hub: phones vote, touchscreens push; what each was told is noted here.

Outside of the hub's processes, so that what is noted survives whatever is done to them.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import httpx

from benchmarks.stage import Stage
from kiosk import clock, ids
from kiosk.people import tickets, tokens
from kiosk.people.enrolment import Identity
from kiosk.people.tokens import Kind

PHONES, SCREENS = 24, 4
BATCH = 20
HEALTH = {"queue_length": 0, "queue_age_s": 0, "edition": "", "clock_offset_ms": 0}


@dataclass
class Crowd:
    """Everyone before one hub; *told* grows with every answer that somebody received."""

    stage: Stage
    address: str
    chance: random.Random
    told: set[str] = field(default_factory=set)
    sent: int = 0
    _highest: dict[str, int] = field(default_factory=dict)
    _wanted: int = 0
    _enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, so_many: int, then: Callable[[], None]) -> None:
        """Vote and push until so many more were told; then do *then*, and hear the rest."""
        self._wanted, self._enough = len(self.told) + so_many, asyncio.Event()
        limits = httpx.Limits(max_connections=PHONES + SCREENS)
        async with httpx.AsyncClient(
            base_url=self.address, trust_env=False, timeout=30, limits=limits
        ) as http:
            # Each vote is another phone's: none sends a mark that another was given.
            http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            poster = self.stage.poster()
            tasks = [asyncio.create_task(self._phone(http, poster)) for _ in range(PHONES)]
            tasks += [
                asyncio.create_task(self._screen(http, screen))
                for screen in self.stage.screens[:SCREENS]
            ]
            everyone: asyncio.Future[Any] = asyncio.gather(*tasks)
            reached: asyncio.Future[Any] = asyncio.create_task(self._enough.wait())
            await asyncio.wait({everyone, reached}, return_when=asyncio.FIRST_COMPLETED)
            reached.cancel()
            await asyncio.to_thread(then)
            await everyone
            assert self._enough.is_set(), "the hub answered nobody any more"

    async def _phone(self, http: httpx.AsyncClient, poster: str) -> None:
        """One phone after the other, each with a ticket of its own, until nobody answers."""
        question = self.stage.question
        target = tokens.target_of(question.id)
        while True:
            nonce, choice = ids.secret(16), self.chance.choice(question.choice_ids())
            number = self.chance.choice(self.stage.screens).number
            ticket = tickets.issue(self.stage.key, Kind.SCREEN, number, target, clock.now(), nonce)
            form = {"ticket": ticket, "choice": choice}
            headers = {"Sec-Fetch-Site": "same-origin"}
            self.sent += 1
            try:
                answer = await http.post(f"/q/{poster}", data=form, headers=headers)
            except httpx.HTTPError:
                return
            if answer.status_code == 303:
                self._heard(tickets.derived_id(nonce, question.id, choice))

    async def _screen(self, http: httpx.AsyncClient, screen: Identity) -> None:
        """A touchscreen with ever more to send, until nobody answers."""
        headers = {"Authorization": f"Bearer {screen.credential}", "X-Kiosk-Protocol": "1"}
        while True:
            first = self._highest.get(screen.id, 0) + 1
            batch = [self._message(screen, seq) for seq in range(first, first + BATCH)]
            content = f'{{"messages": [{",".join(batch)}], "health": {json.dumps(HEALTH)}}}'
            self.sent += BATCH
            try:
                answer = await http.post(
                    "/api/v1/messages", content=content.encode(), headers=headers
                )
            except httpx.HTTPError:
                return
            if answer.status_code == 200:
                self._confirmed(screen, int(answer.json()["highest"]))

    def _heard(self, id: str) -> None:
        self.told.add(id)
        if len(self.told) >= self._wanted:
            self._enough.set()

    def _confirmed(self, screen: Identity, highest: int) -> None:
        for seq in range(self._highest.get(screen.id, 0) + 1, highest + 1):
            self._heard(_id(screen, seq))
        self._highest[screen.id] = max(highest, self._highest.get(screen.id, 0))

    def _message(self, screen: Identity, seq: int) -> str:
        body = {
            "exhibition": self.stage.settings.exhibition, "city": "", "place": screen.place,
            "channel": "touchscreen", "question": self.stage.question.id,
            "participant": f"visitor {seq} at {screen.id}",
            "choices": [self.stage.question.choice_ids()[seq % 3]],
            "cast_at": "2026-11-21T14:00:00.000Z",
        }  # fmt: skip
        written = json.dumps(body)
        hash = hashlib.sha256(written.encode()).hexdigest()
        head = {"id": _id(screen, seq), "seq": seq, "kind": "ballot", "hash": hash}
        return f'{{"body": {written}, {json.dumps(head)[1:]}'


def _id(screen: Identity, seq: int) -> str:
    return f"{screen.id[-12:]}-{seq}"
