"""Agreement with another's comment: one touch gives it, the next takes it back; once a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.screens.touch.listening import report
from kiosk.screens.touch.refusal import sentence
from kiosk.screens.touch.visit import trouble
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button
from kiosk.sync import submit
from kiosk.voice.comment import PublicComment
from kiosk.voice.support import Support

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


async def give(visit: Visit, comment: str, tap: str, *, given: bool) -> bool:
    """Count this visit's agreement, or take it back; *tap* is the id made on the first tap.

    Return whether anything changed: a tap that comes twice is one.

    Raises:
        NotFound, Unavailable: nothing was counted.
    """
    if tap in visit.session.sent:
        return False
    context = visit.context
    now = context.clock()
    support = Support(
        id=tap,
        comment=comment,
        participant=visit.participant,
        given=given,
        place=context.where(visit.exhibition.id),
        given_at=now,
    )
    await context.database.write(lambda connection: submit.support(connection, support, now))
    visit.session.sent.add(tap)
    if given:
        visit.session.supported.add(comment)
    else:
        visit.session.supported.discard(comment)
    return True


class Tools:
    """The line under each voice of a screen: agree, how often it was agreed with, report."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self._flag = report.tool(visit)
        self._lines: dict[str, _Line] = {}

    def draw(self, comment: PublicComment) -> None:
        """Draw the line of one voice; a voice drawn anew takes the place of the former."""
        with Tag("div", None, "voice-tools"):
            self._lines[comment.id] = _Line(self.visit, comment)
            self._flag(comment)

    def update(self, comments: Sequence[PublicComment]) -> None:
        """Take newer counts in place: nothing moves under a finger."""
        for comment in comments:
            line = self._lines.get(comment.id)
            if line is not None:
                line.count(comment.supported)


class _Line:
    def __init__(self, visit: Visit, comment: PublicComment) -> None:
        self.visit = visit
        self.comment = comment
        self._button = button("", self._touched, "knob quiet agree", "agree", data_support="")
        with self._button:
            self._word = Tag("span", "")
        self._times = Tag("span", "", "supported")
        self._problem = Tag("span", None, "support-problem")
        self._draw()

    @property
    def given(self) -> bool:
        """Whether this visit agrees."""
        return self.comment.id in self.visit.session.supported

    def count(self, times: int) -> None:
        """Show another count."""
        if times != self.comment.supported:
            self.comment = replace(self.comment, supported=times)
            self._draw()

    def _draw(self) -> None:
        t = self.visit.t
        self._button.props.update({"aria-pressed": str(self.given).lower()})
        self._button.update()
        self._word.say(t("You agree") if self.given else t("I agree"))
        self._times.say(words.supported(t, self.comment.supported))

    async def _touched(self, event: object) -> None:
        given = not self.given  # as it was when she pressed: who presses again means the same
        async with self.visit.in_turn():
            await self._change(str(getattr(event, "args", "")), given=given)

    async def _change(self, tap: str, *, given: bool) -> None:
        self._problem.clear()
        try:
            changed = await give(self.visit, self.comment.id, tap, given=given)
        except KioskError as error:
            with self._problem:
                trouble(sentence(self.visit.t, error))
            return
        if changed:
            times = self.comment.supported + (1 if given else -1)
            self.comment = replace(self.comment, supported=max(times, 0))
        self._draw()


def same_voices(one: Sequence[PublicComment], other: Sequence[PublicComment]) -> bool:
    """Whether two pages differ in nothing but how often their voices were supported."""
    return _without_counts(one) == _without_counts(other)


def _without_counts(comments: Sequence[PublicComment]) -> list[PublicComment]:
    return [replace(comment, supported=0) for comment in comments]
