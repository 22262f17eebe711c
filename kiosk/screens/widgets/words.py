"""How exhibits, sources, choices and tallies are put into words, the same on every screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING, Protocol

from kiosk.exhibition.localized import Shown
from kiosk.exhibition.model import (
    Exhibit,
    Exhibition,
    Kind,
    Question,
    QuestionKind,
    Source,
    Standing,
)
from kiosk.exhibition.voting_period import has_begun, has_ended

if TYPE_CHECKING:
    from kiosk.locale.translator import Translator

AGREE_CHOICES = ("agree", "disagree", "pass")
"""The choices of a statement, in the order in which they are offered."""

THE_EXHIBITION = "exhibition"
"""The id under which an exhibition names itself as a source."""

ENOUGH_TO_COMPARE = 10
"""Below this number of votes no sentence says where most of them came from."""


UNBROKEN = "\N{NO-BREAK SPACE}"
"""A space at which no line ends: a figure stays with its word, and no line begins with a dot."""


class Counted(Protocol):
    """What a tally tells: ballots, ballots by choice, and both again by channel."""

    @property
    def ballots(self) -> int:
        """How many ballots count."""
        ...

    @property
    def by_choice(self) -> Mapping[str, int]:
        """Ballots that hold the choice."""
        ...

    @property
    def by_channel(self) -> Mapping[str, Mapping[str, int]]:
        """The same by channel; the key ``*`` counts that channel's ballots."""
        ...


def unbroken(words: str) -> str:
    """Return words at whose spaces no line ends: “21.” alone would be a number."""
    return words.replace(" ", UNBROKEN)


def moment(t: Translator, at: datetime) -> str:
    """Return day and hour in UTC, and say so: a city's midnight is another day's elsewhere."""
    return t("{moment} UTC", moment=t.moment(at))


def number_in(t: Translator, number: str) -> str:
    """Return a voice's number for a sentence: beside Arabic letters “0-41” would turn to 41-0."""
    if t.direction != "rtl":
        return number
    return f"\N{LEFT-TO-RIGHT ISOLATE}{number}\N{POP DIRECTIONAL ISOLATE}"


def standing_label(t: Translator, standing: Standing) -> str:
    """Return the short word set beside a sentence."""
    return {
        Standing.REPORTED: t("Reported"),
        Standing.DECIDED: t("Decided"),
        Standing.INTENDED: t("Intended"),
        Standing.PUT: t("Put to you by this exhibition"),
    }[standing]


def who_says(t: Translator, exhibit: Exhibit) -> str:
    """Return the short word for the sentence that is shown large of an exhibit.

    Its question, where it has one, is put by the exhibition, however firmly the rest stands.
    """
    return standing_label(t, Standing.PUT if exhibit.question else exhibit.standing)


def standing_meaning(t: Translator, standing: Standing) -> str:
    """Return the sentence that explains the word."""
    return {
        Standing.REPORTED: t("A source says this of the summit."),
        Standing.DECIDED: t("A body resolved this."),
        Standing.INTENDED: t("This was announced, or is to be studied."),
        Standing.PUT: t("The exhibition says or asks this. No summit said it."),
    }[standing]


def kind_label(t: Translator, kind: Kind) -> str:
    """Return what an exhibit is, for the line above its title."""
    return {
        Kind.TOPIC: t("Topic"),
        Kind.CONCLUSION: t("Conclusion"),
        Kind.STATEMENT: t("Statement"),
        Kind.QUESTION: t("Question"),
        Kind.PRACTICE: t("Good practice"),
        Kind.DECLARATION: t("Declaration"),
        Kind.SESSION: t("Session"),
        Kind.TIMELINE: t("Timeline"),
        Kind.COMMITMENT: t("Commitment"),
        Kind.CITY: t("City"),
        Kind.WORD: t("Official’s word"),
        Kind.RESOURCE: t("Resource"),
        Kind.MEDIA: t("Picture"),
    }[kind]


def commitment_status(t: Translator, status: str) -> str:
    """Return a commitment's status; what is not known is said to be so."""
    names = {
        "planned": t("planned"),
        "begun": t("begun"),
        "done": t("done"),
        "dropped": t("dropped"),
    }
    return names.get(status, t("not known"))


def channel_label(t: Translator, channel: str) -> str:
    """Return where votes and voices came from, as a heading."""
    names = {
        "touchscreen": t("Touchscreens"),
        "phone": t("Phones"),
        "card": t("Cards"),
        "group": t("Groups"),
    }
    return names.get(channel, channel)


def said_at(t: Translator, channel: str) -> str:
    """Return how one resident spoke, for the line under a voice."""
    names = {
        "touchscreen": t("A resident, at a touchscreen"),
        "phone": t("A resident, by phone"),
        "card": t("A resident, on a card"),
        "group": t("A group of residents"),
    }
    return names.get(channel, t("A resident"))


def cited(t: Translator, source: Source) -> str:
    """Return publisher and date of a source; its title is shown beside it in its own language."""
    return beside(t, source.publisher, t.date(source.published) if source.published else "")


def beside(t: Translator, *parts: str) -> str:
    """Return what stands side by side, such as a name and an office; what is empty is left out."""
    told = [part for part in parts if part]
    return reduce(lambda before, one: t("{before}, {one}", before=before, one=one), told or [""])


def sources_of(t: Translator, exhibition: Exhibition, ids: Sequence[str]) -> tuple[Source, ...]:
    """Return the named sources to cite; that it says something itself, its label tells already."""
    cited_ids = (i for i in ids if i in exhibition.sources and i != THE_EXHIBITION)
    return tuple(exhibition.sources[i].named_in(t.language) for i in cited_ids)


def field_of_practice(t: Translator, name: str) -> str:
    """Return what a good practice is about, in words; a field that is not known as it is filed."""
    known = {
        "culture": t("culture"),
        "governance": t("governance"),
        "immigration": t("immigration"),
        "public-safety": t("public safety"),
        "social-development": t("social development"),
    }
    return known.get(name) or name.replace("-", " ")


def city_beside(office: str, city: str, name: str) -> str:
    """Return a city's name unless the office names the city, in this language or its own.

    *city* is its id, which is its name without accents: “Maire de Sceaux” names ``sceaux``.
    """
    said = office.casefold()
    named = (name.casefold(), city.casefold(), city.replace("-", " "))
    return "" if any(one and one in said for one in named) else name


def supported(t: Translator, times: int) -> str:
    """Return how often a voice was supported, empty for never: touches are no people."""
    return t.plural("Supported {n} time", "Supported {n} times", times) if times else ""


def choice_ids(question: Question) -> tuple[str, ...]:
    """Return the ids of all answers in the order in which they are offered."""
    return AGREE_CHOICES if question.kind is QuestionKind.AGREE else question.choice_ids()


def choice_label(
    t: Translator, question: Question, choice: str, language: str, fallbacks: Sequence[str] = ()
) -> Shown:
    """Return an answer's name; that of a statement's answers is the screens' own."""
    for offered in question.choices:
        if offered.id == choice and offered.label:
            return offered.label.pick(language, fallbacks)
    names = {"agree": t("Agree"), "disagree": t("Disagree"), "pass": t("Pass")}
    return Shown(names.get(choice, choice), language, fallback=False)


def shut(t: Translator, question: Question, now: datetime) -> list[str]:
    """Return why a question cannot be answered now, and until or since when; empty if it can."""
    begins, ends = question.opens_at, question.closes_at
    if ends is not None and has_ended(question, now):
        return [
            t("This vote is over."),
            t("It ended on {date}.", date=unbroken(moment(t, ends))),
            t("You can still read it and comment on it."),
        ]
    if begins is not None and not has_begun(question, now):
        begins_on = unbroken(moment(t, begins))
        return [t("This vote has not begun."), t("It opens on {date}.", date=begins_on)]
    return []


def votes(t: Translator, count: int) -> str:
    """Return a number of votes; they are votes, not people."""
    return t.plural("{n} vote", "{n} votes", count)


def tally_sentence(
    t: Translator,
    tally: Counted,
    question: Question,
    language: str = "",
    fallbacks: Sequence[str] = (),
) -> str:
    """Return a tally as one or two sentences: what leads, and where most votes came from."""
    if not tally.ballots:
        return t("No votes yet.")
    return f"{_result(t, tally, question, language, fallbacks)} {_origin(t, tally)}".strip()


class Raised(Protocol):
    """What groups raised for a question, apart from every tally."""

    @property
    def groups(self) -> int:
        """How many groups."""
        ...

    @property
    def people(self) -> int:
        """Of how many people."""
        ...

    def of(self, choice: str) -> int:
        """How many hands for a choice."""
        ...


def hands_sentence(
    t: Translator,
    raised: Raised,
    question: Question,
    language: str,
    fallbacks: Sequence[str] = (),
) -> str:
    """Say what groups raised, which no figure of votes holds; empty where no group did."""
    if not raised.groups:
        return ""
    counts = t.list(
        t("{answer}: {n}", answer=choice_label(t, question, c, language, fallbacks).text,
          n=t.number(raised.of(c)))
        for c in choice_ids(question)
    )  # fmt: skip
    hands = t.plural(
        "Hands of {n} group with {people} people: {counts}.",
        "Hands of {n} groups with {people} people: {counts}.",
        raised.groups,
        people=t.number(raised.people),
        counts=counts,
    )
    return f"{hands} {t('They are counted apart from the votes.')}"


def _result(
    t: Translator, tally: Counted, question: Question, language: str, fallbacks: Sequence[str]
) -> str:
    counts = {choice: tally.by_choice.get(choice, 0) for choice in choice_ids(question)}
    most = max(counts.values(), default=0)
    leaders = [choice for choice, count in counts.items() if count == most]
    if len(leaders) > 1:
        return t.plural(
            "No answer leads after {n} vote.", "No answer leads after {n} votes.", tally.ballots
        )
    if tally.ballots == 1:
        only = choice_label(t, question, leaders[0], language, fallbacks)
        return t("One vote so far: {label}.", label=t.quote(only.text))
    if question.kind is QuestionKind.AGREE:
        return _agreement(t, leaders[0], most, tally.ballots)
    label = t.quote(choice_label(t, question, leaders[0], language, fallbacks).text)
    return t.plural(
        "{label} leads with {n} of {all} vote.",
        "{label} leads with {n} of {all} votes.",
        most,
        label=label,
        all=t.number(tally.ballots),
    )


def _agreement(t: Translator, leader: str, count: int, ballots: int) -> str:
    total = t.number(ballots)
    if leader == "agree":
        return t.plural("{n} of {all} votes agrees.", "{n} of {all} votes agree.", count, all=total)
    if leader == "disagree":
        return t.plural(
            "{n} of {all} votes disagrees.", "{n} of {all} votes disagree.", count, all=total
        )
    return t.plural("{n} of {all} votes passes.", "{n} of {all} votes pass.", count, all=total)


def _origin(t: Translator, tally: Counted) -> str:
    counts = {channel: rows.get("*", 0) for channel, rows in tally.by_channel.items()}
    if tally.ballots < ENOUGH_TO_COMPARE or len([c for c in counts.values() if c]) < 2:
        return ""
    channel, count = max(counts.items(), key=lambda item: item[1])
    if 2 * count <= tally.ballots:
        return ""
    sentences = {
        "touchscreen": t("Most votes came from touchscreens."),
        "phone": t("Most votes came from phones."),
        "card": t("Most votes came from cards."),
        "group": t("Most votes came from groups."),
    }
    return sentences.get(channel, "")
