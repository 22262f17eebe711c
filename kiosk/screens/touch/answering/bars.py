"""A tally anyone can read: one sentence, one bar with a word on each part, then by channel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Question
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.together import group_picture
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, icon, shown
from kiosk.voice import group_actions
from kiosk.voice.tally import BALLOTS, Tally

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def draw(
    visit: Visit, question: Question, tally: Tally, mine: tuple[str, ...], *, groups: bool = True
) -> None:
    """Put sentence, bars and the split by channel on the screen; *groups* are told apart below."""
    language, fallbacks = visit.step.language, visit.exhibition.fallbacks()
    with Tag("div", None, "tally"):
        Tag("p", words.tally_sentence(visit.t, tally, question, language, fallbacks), "said")
        with Tag("ul", None, "bars"):
            for choice in words.choice_ids(question):
                _bar(visit, question, choice, tally, mine=choice in mine)
        _by_channel(visit, tally)
        if groups:
            _groups(visit, question)


def _groups(visit: Visit, question: Question) -> None:
    """Say what groups raised: hands, which no bar above holds."""
    read = visit.context.database.read_now
    raised = read(partial(group_actions.groups_on, question=question.id))
    said = group_picture.everyone(visit, question, raised)
    if said:
        Tag("p", said, "hint groups")


def _bar(visit: Visit, question: Question, choice: str, tally: Tally, *, mine: bool) -> None:
    t = visit.t
    count, all_ballots = tally.of(choice), max(tally.ballots, 1)
    label = words.choice_label(
        t, question, choice, visit.step.language, visit.exhibition.fallbacks()
    )
    with Tag("li", None, f"bar-line {choice} mine" if mine else f"bar-line {choice}"):
        with Tag("span", None, "bar-word"):
            shown("span", label)
            if mine:
                with Tag("span", None, "your"):
                    icon("agree")
                    Tag("span", t("your vote"))
        with Tag("span", None, "track", aria_hidden="true"):
            Tag("span", None, "part").style(f"inline-size:{100 * count / all_ballots:.1f}%")
        Tag("span", words.votes(t, count), "bar-count")


def _by_channel(visit: Visit, tally: Tally) -> None:
    t = visit.t

    with Tag("p", None, "by-channel"):
        for channel, counts in sorted(tally.by_channel.items()):
            label = words.channel_label(t, channel)
            number = words.votes(t, counts.get(BALLOTS, 0))
            Tag("span", t("{channel}: {votes}", channel=label, votes=number))
        Tag("span", t("Not a representative poll."))
        button(t("How this is counted"), visit.way(steps.LEGAL, "counting"), "word-link")
