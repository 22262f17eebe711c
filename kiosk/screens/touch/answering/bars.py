"""A tally anyone can read: one sentence, one bar with a word on each part, then by channel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Question
from kiosk.exhibition.voting_period import has_ended
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.texts import shut
from kiosk.screens.touch.together import group_picture
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, icon, shown
from kiosk.voice import group_actions
from kiosk.voice.tally import BALLOTS, Tally

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


class Bars:
    """Sentence, bars and the split by channel; newer figures are said in place.

    Drawn anew, they would take away from under a switch or a reader what she stands on.
    """

    def __init__(
        self,
        visit: Visit,
        question: Question,
        tally: Tally,
        mine: tuple[str, ...],
        *,
        groups: bool = True,
    ) -> None:
        """Draw them; *mine*: this visit's choices, *groups*: what groups raised is told below."""
        self._visit = visit
        self._question = question
        self._parts: dict[str, tuple[Tag, Tag]] = {}
        with Tag("div", None, "tally"):
            self._said = Tag("p", self._sentence(tally), "said")
            with Tag("ul", None, "bars"):
                for choice in words.choice_ids(question):
                    self._bar(choice, tally, mine=choice in mine)
            with Tag("p", None, "by-channel"):
                self._channels = Tag("span", None, "channels")
                self._by_channel(tally)
                t = visit.t
                Tag("span", t("Not a representative poll."))
                button(t("How this is counted"), visit.way(steps.LEGAL, "counting"), "word-link")
            if groups:
                _groups(visit, question)

    def update(self, tally: Tally) -> None:
        """Say the newer figures."""
        self._said.say(self._sentence(tally))
        for choice, (part, count) in self._parts.items():
            part.style(_width(tally, choice))
            count.say(words.votes(self._visit.t, tally.of(choice)))
        self._channels.clear()
        self._by_channel(tally)

    def _sentence(self, tally: Tally) -> str:
        language, fallbacks = self._visit.step.language, self._visit.exhibition.fallbacks()
        return words.tally_sentence(self._visit.t, tally, self._question, language, fallbacks)

    def _bar(self, choice: str, tally: Tally, *, mine: bool) -> None:
        t, label = self._visit.t, self._visit.answer(self._question, choice)
        with Tag("li", None, f"bar-line {choice} mine" if mine else f"bar-line {choice}"):
            with Tag("span", None, "bar-word"):
                shown("span", label)
                if mine:
                    with Tag("span", None, "your"):
                        icon("agree")
                        Tag("span", t("your vote"))
            with Tag("span", None, "track", aria_hidden="true"):
                part = Tag("span", None, "part").style(_width(tally, choice))
            self._parts[choice] = part, Tag("span", words.votes(t, tally.of(choice)), "bar-count")

    def _by_channel(self, tally: Tally) -> None:
        t = self._visit.t
        with self._channels:
            for channel, counts in sorted(tally.by_channel.items()):
                label = words.channel_label(t, channel)
                number = words.votes(t, counts.get(BALLOTS, 0))
                Tag("span", t("{channel}: {votes}", channel=label, votes=number))


def _width(tally: Tally, choice: str) -> str:
    return f"inline-size:{100 * tally.of(choice) / max(tally.ballots, 1):.1f}%"


def _groups(visit: Visit, question: Question) -> None:
    """Say what groups raised: hands, which no bar above holds."""
    read = visit.context.database.read_now
    raised = read(partial(group_actions.groups_on, question=question.id))
    said = group_picture.everyone(visit, question, raised)
    if said:
        Tag("p", said, "hint groups")


def of_shut(visit: Visit, question: Question, tally: Tally) -> Bars | None:
    """Say it in the place of the answers; figures are told of a vote that is over alone."""
    now = visit.context.clock()
    shut.tell(visit, question)
    return Bars(visit, question, tally, ()) if has_ended(question, now) else None
