"""A question on a phone: what is asked, its answers, and after the vote what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.errors import KioskError
from kiosk.exhibition.localized import Shown
from kiosk.exhibition.model import Exhibit, Question, QuestionKind, Standing
from kiosk.exhibition.voting_period import is_open
from kiosk.screens.phone import views
from kiosk.screens.phone.visit import Visit
from kiosk.screens.widgets import words
from kiosk.voice.tally import BALLOTS, Tally

SHORT = 8
"""Letters up to which three answers stand side by side on the narrowest of ordinary phones."""

CHANNELS = ("phone", "touchscreen", "card", "group")


@dataclass(slots=True)
class Asking:
    """What the form of a question shows."""

    exhibit: Exhibit
    question: Question
    over: str
    text: Shown
    lead: Shown
    standing: str
    meaning: str
    choices: list[tuple[str, Shown]]
    address: str
    """Where the page that tells more is."""
    notes: list[str]
    chosen: tuple[str, ...] = ()
    wrong: list[str] = field(default_factory=list)
    """What was wrong with the last answer, and what to do."""

    @property
    def several(self) -> bool:
        """Whether more than one answer may be chosen."""
        return self.question.kind is QuestionKind.MULTIPLE

    @property
    def agrees(self) -> bool:
        """Whether it is a statement to agree or disagree with."""
        return self.question.kind is QuestionKind.AGREE

    @property
    def short(self) -> bool:
        """Whether its answers fit side by side; else none of them stands beside another."""
        return all(len(label.text) <= SHORT for _, label in self.choices)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar: where it begins and how long it is, in hundredths of the bar."""

    start: float
    length: float
    css: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a tally: its name, its bar, the same in words, and its number."""

    name: Shown | str
    pieces: list[Piece]
    words: str
    count: str
    mine: bool = False
    """Whether it is an answer that this phone gave."""


@dataclass(frozen=True, slots=True)
class Result:
    """A tally as a page shows it: the sentence first, then a bar and numbers anyone can read."""

    sentence: str
    rows: list[Row]
    total: str
    by_answer: bool
    """Whether the rows are answers, not channels."""
    pieces: list[Piece] = field(default_factory=list)
    key: list[tuple[str, Shown, str]] = field(default_factory=list)
    """Of a statement: each answer, its name and its votes, in the order of the bar's pieces."""


def asking(v: Visit, exhibit: Exhibit, question: Question, place: str = "") -> Asking:
    """Return the form's content; *place* names the screen that the code was scanned from."""
    topic = v.topic_of(exhibit)
    over = [v.pick(topic.title).text] if topic else []
    if exhibit.standing is not Standing.PUT:  # what stands below the question is its text's
        over.append(words.who_says(v.t, exhibit))
    text = v.pick(question.text)
    lead = v.pick(exhibit.lead)
    choices = [
        (c, words.choice_label(v.t, question, c, v.t.language, v.exhibition.fallbacks()))
        for c in words.choice_ids(question)
    ]
    return Asking(
        exhibit,
        question,
        " · ".join([*over, place] if place else over),
        text,
        lead,
        words.standing_label(v.t, exhibit.standing),
        words.standing_meaning(v.t, exhibit.standing),
        choices,
        v.reading(exhibit.id),
        views.notes(v, [text, lead, *(label for _, label in choices)]),
    )


def wrong(v: Visit, error: KioskError) -> list[str]:
    """Return what is wrong and what to do, in the visitor's language."""
    lines = [v.t(error.message, **error.values)]
    if error.cure:
        lines.append(v.t(error.cure, **error.values))
    return lines


def result(v: Visit, question: Question, tally: Tally, own: Sequence[str] = ()) -> Result:
    """Return the tally in words, with a row for each channel (agree) or each answer (others)."""
    fallbacks = v.exhibition.fallbacks()
    sentence = words.tally_sentence(v.t, tally, question, v.t.language, fallbacks)
    choices = words.choice_ids(question)
    labels = {c: words.choice_label(v.t, question, c, v.t.language, fallbacks) for c in choices}
    total = words.votes(v.t, tally.ballots)
    if question.kind is not QuestionKind.AGREE:
        rows = _by_choice(v, tally, choices, labels, own) if tally.ballots else []
        return Result(sentence, rows, total, by_answer=True)
    counts = [tally.of(c) for c in choices]
    key = [(c, labels[c], v.t.number(n)) for c, n in zip(choices, counts, strict=True)]
    return Result(
        sentence,
        _by_channel(v, tally, choices, labels),
        total,
        by_answer=False,
        pieces=_pieces(counts, max(tally.ballots, 1), choices),
        key=key if tally.ballots else [],
    )


def _by_channel(
    v: Visit, tally: Tally, choices: Sequence[str], labels: dict[str, Shown]
) -> list[Row]:
    rows = []
    for channel in CHANNELS:
        counts = tally.by_channel.get(channel, {})
        total = counts.get(BALLOTS, 0)
        if not total:
            continue
        told = [f"{labels[c].text} {v.t.number(counts.get(c, 0))}" for c in choices]
        pieces = _pieces([counts.get(c, 0) for c in choices], total, choices)
        name = words.channel_label(v.t, channel)
        rows.append(Row(name, pieces, " · ".join(told), v.t.number(total)))
    return rows


def _by_choice(
    v: Visit,
    tally: Tally,
    choices: Sequence[str],
    labels: dict[str, Shown],
    own: Sequence[str],
) -> list[Row]:
    rows = []
    for choice in choices:
        count = tally.of(choice)
        told = []
        for channel in CHANNELS:
            part = tally.by_channel.get(channel, {}).get(choice, 0)
            if part:
                told.append(f"{words.channel_label(v.t, channel)} {v.t.number(part)}")
        pieces = _pieces([count], max(tally.ballots, 1), ("agree",))
        number, mine = v.t.number(count), choice in own
        rows.append(Row(labels[choice], pieces, " · ".join(told), number, mine))
    return rows


def _pieces(counts: Sequence[int], total: int, names: Sequence[str]) -> list[Piece]:
    pieces = []
    start = 0.0
    for name, count in zip(names, counts, strict=True):
        length = 100 * count / total
        if length:
            pieces.append(Piece(round(start, 2), round(length, 2), name))
        start += length
    return pieces


def following(v: Visit, exhibit: Exhibit, answered: Sequence[str]) -> str:
    """Return the next question's exhibit that this phone has not answered, or an empty text."""
    asked = [e for e in v.exhibition.exhibits.values() if e.question]
    here = next((i for i, e in enumerate(asked) if e.id == exhibit.id), 0)
    now = v.context.now()
    for each in (*asked[here + 1 :], *asked[:here]):
        question = each.question
        if question and question.id not in answered and is_open(question, now):
            return each.id
    return ""
