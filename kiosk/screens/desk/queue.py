"""The queue: one comment at a time, judged by single keys, and nothing moves by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from nicegui import ui
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import Conflict, KioskError
from kiosk.moderation import actions, decision_store, queue_store
from kiosk.people import staff_store
from kiosk.people.staff import Actor
from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.card import card
from kiosk.screens.desk.decided import Decided
from kiosk.screens.desk.help import Help
from kiosk.screens.desk.pile import Pile
from kiosk.screens.desk.refusal import Refusal
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.widgets.markup import Tag
from kiosk.voice.comment import Comment, Status

LOOK_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class _Look:
    """What the database says now: how many wait, what came, and the comments in sight."""

    waiting: int
    came: list[Comment]
    in_sight: dict[str, Comment]


async def draw(seat: Seat, request: Request) -> None:
    """Draw the queue."""
    del request
    exhibition = seat.exhibition.id

    def begin(c: Connection, actor: Actor, _: datetime) -> tuple[list[Comment], list[Comment], int]:
        scope = actions.queue_scope(actor, exhibition)
        waiting = queue_store.oldest_first(c, scope, Status.WAITING)
        held = queue_store.newest_first(c, scope, Status.HELD)
        return waiting, held, queue_store.counts(c, scope)[Status.WAITING]

    waiting, held, count = await seat.read(begin)
    page = _Queue(seat, Pile(waiting), count)
    for comment in reversed(held):
        page.decided.add(comment)
    ui.timer(LOOK_EVERY_S, page.look)


class _Queue:
    """One open page of the queue."""

    def __init__(self, seat: Seat, pile: Pile, waiting: int) -> None:
        self.seat = seat
        self.pile = pile
        self.waiting = waiting
        self.asked: Comment | None = None
        """What the open dialog is about: by its answer another card may have come up."""
        self.judged: dict[str, int] = {}
        """Revisions that her own decisions led to: what was read before them is out of date."""
        t = seat.t
        with Tag("div", None, "queue") as self.root:
            with Tag("section", None, "stage", aria_label=t("Queue")):
                with Tag("div", None, "queue-line"):
                    Tag("h1", t("Queue"))
                    self.line = Tag("p", "", "how-many")
                    Tag("span", None, "space")
                    self._leafing()
                self.changed = Tag("p", "", "changed")
                self.stage = Tag("div", None, "card-place")
                self._controls()
            self.decided = Decided(seat, self.undo)
        self.refusal = Refusal(
            seat, t("Refuse this comment"), t("Refuse"), self._refuse_with_ground
        )
        self.help = Help(seat)
        self.show()

    def _controls(self) -> None:
        t = self.seat.t
        with Tag("div", None, "controls", role="group", aria_label=t("Decide")):
            self.buttons = [
                button(t("Approve"), self.approve, "knob strong", "a"),
                button(t("Refuse …"), self.refuse, "knob strong", "r"),
                button(t("Publish now"), self.approve_now, "knob quiet", "A"),
            ]

    def _leafing(self) -> None:
        t = self.seat.t
        button(t("Previous"), lambda: self.step(-1), "knob quiet small", "k")
        button(t("Next"), lambda: self.step(1), "knob quiet small", "j")
        button(t("Help"), self._show_keys, "knob quiet small", "?")

    def _show_keys(self) -> None:
        self.help.open()

    def show(self) -> None:
        """Draw the comment on top of the pile."""
        t, comment = self.seat.t, self.pile.current
        self.changed.say("")
        self.stage.clear()
        with self.stage:
            if comment is None:
                with Tag("div", None, "empty done"):
                    Tag("p", t("Nothing is waiting."), "empty-title")
                    Tag("p", t("New comments appear here by themselves."))
            else:
                card(self.seat, comment)
        self.root.props["data-empty"] = "yes" if comment is None else "no"
        self.root.update()
        for each in self.buttons:
            each.props["aria-disabled"] = "true" if comment is None else "false"
            each.update()
        self._write_line()

    def _write_line(self) -> None:
        t = self.seat.t
        at, all_of = self.pile.at + 1, max(self.waiting, self.pile.at + 1)
        none = self.pile.current is None
        self.line.say("" if none else t("{at} of {all} waiting", at=at, all=all_of))

    def step(self, by: int) -> None:
        """Leaf without deciding."""
        if self.pile.step(by):
            self.show()

    async def approve(self, event: Any) -> None:
        """Let the comment on the card through, after the hold."""
        await self._judge(event, at_once=False)

    async def approve_now(self, event: Any) -> None:
        """Let the comment on the card through at once."""
        await self._judge(event, at_once=True)

    async def _judge(self, event: Any, *, at_once: bool) -> None:
        comment = self._meant(event)
        if comment is not None:
            done = self.seat.t("Public now.") if at_once else self.seat.t("Approved.")
            await self._decide(
                comment,
                lambda c, actor, now: actions.approve(
                    c, comment.id, comment.revision, actor, now, at_once=at_once
                ),
                done,
            )

    def refuse(self, event: Any) -> None:
        """Ask for the ground."""
        meant = self._meant(event)
        if meant is not None:
            self.asked = meant
            self.refusal.open()

    async def _refuse_with_ground(self, ground: str, note: str) -> None:
        comment = self.asked
        if comment is not None:
            await self._decide(
                comment,
                lambda c, actor, now: actions.refuse(
                    c, comment.id, comment.revision, actor, now, ground=ground, note=note
                ),
                self.seat.t("Refused."),
            )

    async def _decide(self, comment: Comment, act: Act[Comment], done: str) -> None:
        try:
            after = await self.seat.write(act)
        except Conflict as conflict:
            self.seat.refused(conflict)
            await self.seat.redraw(partial(self._take_as_it_is, comment))
            return
        except KioskError as error:
            self.seat.refused(error)
            return
        self.judged[after.id] = after.revision
        self.pile.take(comment.id)
        self.waiting = max(0, self.waiting - 1)
        self.decided.add(after)
        self.seat.say(done)
        self.show()

    async def _take_as_it_is(self, comment: Comment) -> None:
        """Someone else was first: show the comment as it is, or leave it if it waits no more."""
        look = await self._read()
        now = look.in_sight.get(comment.id)
        if now is not None and now.status is Status.WAITING:
            self.pile.refresh(now)
        else:
            self.pile.take(comment.id)
        self.show()

    async def undo(self, comment: Comment) -> None:
        """Take a decision back; the comment comes up again."""
        try:
            after = await self.seat.write(
                lambda c, actor, now: actions.undo(c, comment.id, comment.revision, actor, now)
            )
        except KioskError as error:
            self.seat.refused(error)
            return
        self.judged[after.id] = after.revision
        self.decided.remove(comment.id)
        self.pile.put_back(after)
        self.waiting += 1
        self.seat.say(self.seat.t("Undone: it waits again."))
        self.show()

    async def look(self) -> None:
        """Each second: count down, add what came at the end, say what others did; never jump."""
        try:
            look = await self._read()
        except KioskError as error:
            self.seat.refused(error)
            return
        was_empty = self.pile.current is None
        self.pile.add(c for c in look.came if c.revision >= self.judged.get(c.id, 0))
        self.waiting = look.waiting
        self.decided.refresh(look.in_sight.values())
        if was_empty and self.pile.current is not None:
            self.show()
        else:
            self._write_line()
            await self.seat.redraw(partial(self._say_what_changed, look))

    async def _say_what_changed(self, look: _Look) -> None:
        shown = self.pile.current
        now = look.in_sight.get(shown.id) if shown else None
        if shown is None or now is None or now.revision <= shown.revision:
            return
        who = await self.seat.read(lambda c, *_: _who_changed(c, now.id))
        if self.pile.current is not shown:
            return
        t = self.seat.t
        self.changed.say(
            t("{who} has decided on this meanwhile.", who=who) if who else t("This has changed.")
        )

    async def _read(self) -> _Look:
        exhibition, pile, decided = self.seat.exhibition.id, self.pile, self.decided
        in_sight = [c.id for c in ([pile.current] if pile.current else []) + decided.comments]
        last = pile.last if pile.nearly_done else None
        more = pile.nearly_done

        def look(c: Connection, actor: Actor, _: datetime) -> _Look:
            scope = actions.queue_scope(actor, exhibition)
            came = queue_store.oldest_first(c, scope, Status.WAITING, last) if more else []
            found = queue_store.several(c, scope, in_sight)
            count = queue_store.counts(c, scope)[Status.WAITING]
            return _Look(count, came, {f.id: f for f in found})

        return await self.seat.read(look)

    def _meant(self, event: Any) -> Comment | None:
        """The comment on the card, unless the press was meant for one that is gone by now."""
        seen = getattr(event, "args", None)
        comment = self.pile.current
        late = comment is not None and isinstance(seen, str) and seen not in {"", comment.id}
        return None if late else comment


def _who_changed(connection: Connection, comment: str) -> str:
    last = decision_store.last_of_comment(connection, comment)
    return staff_store.names(connection).get(last.staff, "") if last else ""
