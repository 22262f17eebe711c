"""How far visits got, by day and screen, and what was looked at: rounded, so nobody is seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.locale.translator import Translator
from kiosk.people import kiosk_store
from kiosk.people.kiosk_store import Kiosk
from kiosk.people.staff import Actor
from kiosk.screens.desk.card import apart
from kiosk.screens.desk.seat import Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets.markup import Tag, shown
from kiosk.voice import funnel_store
from kiosk.voice.funnel import FEWEST, Day, Stage, rounded

DAYS = 35
"""How far back the page looks."""

Found = tuple[list[Day], list[Kiosk]]

Screens = dict[str, tuple[str, ...]]
"""By a screen's id, the parts of what it is called here."""


async def draw(seat: Seat, request: Request) -> None:
    """Draw a sentence, then a table by day and screen, then one by exhibit."""
    del request
    exhibition = seat.exhibition.id

    def find(c: Connection, actor: Actor, now: datetime) -> Found:
        del actor
        since = (now - timedelta(days=DAYS)).date().isoformat()
        return funnel_store.since(c, exhibition, since), kiosk_store.everyone(c)

    days, kiosks = await seat.read(find)
    t = seat.t
    heading(
        t("Visits"),
        t(
            "Counted without anybody in it: nothing tells two visitors apart, and figures under"
            " {n} are not shown. A day comes here when it is over.",
            n=FEWEST,
        ),
    )
    if not days:
        empty(t("Nothing was counted yet."), t("Each screen sends its day once, after midnight."))
        return
    Tag("p", sentence(t, days), "lead")
    _steps(t, days)
    _by_exhibit(seat, days)
    screens = _screens(seat, days, kiosks)
    _by_screen(t, days, screens)
    with Tag("details", None, "more"):
        Tag("summary", t("By day and screen"))
        _by_day(t, days, screens)


def figure(t: Translator, number: int) -> str:
    """Return a figure as it may be shown."""
    said = rounded(number)
    return t("under {n}", n=FEWEST) if said is None else t.number(said)


def sentence(t: Translator, days: Sequence[Day]) -> str:
    """Say the whole in one sentence."""
    sums = {stage: sum(day.of(stage) for day in days) for stage in Stage}
    return t(
        "In the last {days} days {visits} visits began: {opened} opened an exhibit,"
        " {voted} voted, {wrote} wrote.",
        days=DAYS,
        visits=figure(t, sums[Stage.VISIT]),
        opened=figure(t, sums[Stage.EXHIBIT]),
        voted=figure(t, sums[Stage.VOTE]),
        wrote=figure(t, sums[Stage.COMMENT]),
    )


_STAGES = (Stage.VISIT, Stage.EXHIBIT, Stage.VOTE, Stage.COMMENT, Stage.RECEIPT)


def _stages(t: Translator) -> tuple[str, ...]:
    """What the stages are called, in their order."""
    return (
        t("Visits"), t("Opened an exhibit"), t("Voted"), t("Wrote"), t("Receipts opened"),
    )  # fmt: skip


def _steps(t: Translator, days: Sequence[Day]) -> None:
    """Draw how many came as far as each stage, as a bar beside the figure."""
    sums = [sum(day.of(stage) for day in days) for stage in _STAGES]
    most = rounded(max(sums)) or 1
    with Tag("ol", None, "funnel"):
        for name, number in zip(_stages(t), sums, strict=True):
            with Tag("li"):
                Tag("span", name)
                Tag("strong", figure(t, number), "number")
                with Tag("span", None, "funnel-bar", aria_hidden="true"):
                    # As long as the figure that is shown: an exact one would tell what is rounded.
                    share = (rounded(number) or 0) / most
                    Tag("span").style(f"inline-size: {share:.1%}")


def _screens(seat: Seat, days: Sequence[Day], kiosks: Sequence[Kiosk]) -> Screens:
    """Return what the screens that counted are called: nothing makes their names unique.

    Where names repeat, the city follows; where one was enrolled anew in its city, the number too.
    """
    counted = {day.origin for day in days}
    hers = [kiosk for kiosk in kiosks if kiosk.id in counted]
    called: Screens = {kiosk.id: (kiosk.name,) for kiosk in hers}
    further: tuple[Callable[[Kiosk], str], ...] = (
        lambda kiosk: seat.city_name(kiosk.city),
        lambda kiosk: seat.t.number(kiosk.number),
    )
    for more in further:
        times = Counter(called.values())
        for kiosk in hers:
            if times[called[kiosk.id]] > 1:
                called[kiosk.id] += (more(kiosk),)
    return called


def _by_screen(t: Translator, days: Sequence[Day], screens: Screens) -> None:
    of: dict[str, list[Day]] = defaultdict(list)
    for day in days:
        of[day.origin if day.origin in screens else ""].append(day)
    phones = (t("By phone"),)
    lines = [(screens.get(origin, phones), hers) for origin, hers in of.items()]
    with Tag("table", None, "rows"):
        Tag("caption", t("By screen"))
        _head((t("Screen"), *_stages(t)), 1)
        with Tag("tbody"):
            for called, hers in sorted(lines, key=lambda line: (line[0] is phones, line[0])):
                with Tag("tr"):
                    with Tag("th", scope="row"):
                        apart("span", *called)
                    _figures(t, hers)


def _by_day(t: Translator, days: Sequence[Day], screens: Screens) -> None:
    with Tag("table", None, "rows"):
        Tag("caption", t("By day and screen"), "unseen")
        _head((t("Day"), t("Screen"), *_stages(t)), 2)
        with Tag("tbody"):
            for day in days:
                with Tag("tr"):
                    Tag("th", t.date(datetime.fromisoformat(day.day).date()), scope="row")
                    apart("td", *screens.get(day.origin, (t("By phone"),)))
                    _figures(t, [day])


def _figures(t: Translator, days: Sequence[Day]) -> None:
    for stage in _STAGES:
        number = sum(day.of(stage) for day in days)
        Tag("td", figure(t, number), "number few" if rounded(number) is None else "number")


def _by_exhibit(seat: Seat, days: Sequence[Day]) -> None:
    t = seat.t
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for day in days:
        for count in day.counts:
            if count.stage == Stage.OPENED:
                times, seconds = found[count.subject]
                found[count.subject] = times + count.number, seconds + count.seconds
    with Tag("table", None, "rows"):
        Tag("caption", t("By exhibit"))
        _head((t("Exhibit"), t("Times opened"), t("Seconds on average")), 1)
        with Tag("tbody"):
            for exhibit, (times, seconds) in sorted(found.items(), key=lambda e: -e[1][0]):
                with Tag("tr"):
                    _name(seat, exhibit)
                    Tag("td", figure(t, times), "number")
                    Tag("td", _average(t, times, seconds), "number")


def _average(t: Translator, times: int, seconds: int) -> str:
    return "–" if times < FEWEST else t.number(FEWEST * round(seconds / times / FEWEST))


def _name(seat: Seat, exhibit: str) -> None:
    known = seat.exhibition.exhibits.get(exhibit)
    if known is None:
        Tag("th", exhibit, scope="row")
    else:
        title = known.title.pick(seat.language, seat.exhibition.fallbacks())
        shown("th", title, scope="row")


def _head(heads: Sequence[str], words: int) -> None:
    with Tag("thead"), Tag("tr"):
        for n, head in enumerate(heads):
            Tag("th", head, "" if n < words else "number", scope="col")
