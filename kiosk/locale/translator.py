"""Says the interface's sentences in a language, with its plurals, dates, numbers and quotes."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import dates, lists, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kiosk.locale.languages import LANGUAGES, catalogue, cldr, direction, native_name

log = logging.getLogger("kiosk.locale")

__all__ = ["LANGUAGES", "Translator", "native_name", "translator"]

Day = date
"""A day, by another name than the method that says it."""


class Translator:
    """One language's sentences: ``t("{n} of {all} agree", n=3, all=5)``.

    Sentences are looked up by their English wording; one that is missing is said in English, and
    so is one whose translation names a value that is not there.
    """

    def __init__(self, language: str, said: NullTranslations) -> None:
        self.language = language
        self.native_name = native_name(language)
        self.direction = direction(language)
        self._locale = cldr(language)
        self._said = said
        self._unsayable: set[str] = set()

    def __call__(self, sentence: str, **values: object) -> str:
        """Return *sentence* in this language with its placeholders filled; of nothing, nothing."""
        text = self._said.gettext(sentence) if sentence else ""  # "" is the catalogue's own head
        return self._filled(text, sentence, values) if values else text

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """Return the form that fits the number *n*; ``{n}`` in it is the number as written here."""
        text = self._said.ngettext(one, many, n)
        return self._filled(text, one if n == 1 else many, {"n": n, **values})

    def _filled(self, text: str, english: str, values: Mapping[str, object]) -> str:
        shown = self._shown(values)
        try:
            return text.format_map(shown)
        except (AttributeError, LookupError, ValueError):
            said = english.format_map(shown)
        if english not in self._unsayable:
            self._unsayable.add(english)
            log.warning(
                "%s.po: a wrong placeholder; it is said in English: %s", self.language, english
            )
        return said

    def _shown(self, values: Mapping[str, object]) -> dict[str, object]:
        return {
            k: self.number(v) if isinstance(v, int) and not isinstance(v, bool) else v
            for k, v in values.items()
        }

    def number(self, n: float) -> str:
        """Return a number with this language's separators."""
        return str(numbers.format_decimal(n, locale=self._locale))

    def percent(self, share: float) -> str:
        """Return a share between 0 and 1 as a percentage without decimals."""
        return str(numbers.format_percent(share, format=None, locale=self._locale))

    def date(self, day: Day) -> str:
        """Return a day, such as “31 August 2019”."""
        return self._first(day, str(dates.format_date(day, format="long", locale=self._locale)))

    def day_and_month(self, day: Day) -> str:
        """Return a day without its year, such as “31 August”."""
        return self._first(day, str(dates.format_skeleton("MMMMd", day, locale=self._locale)))

    def days_of_month(self, first: Day, last: Day) -> str:
        """Return days of one month, such as “10–11 June 2015”."""
        said = str(dates.format_date(last, format="long", locale=self._locale))
        both = rf"{first.day}\1–{last.day}\1"
        return re.sub(rf"(?<!\d){last.day}(?!\d)(\.?)", both, said, count=1)

    def _first(self, day: Day, said: str) -> str:
        """The first of a month is an ordinal in French alone: “1er décembre 2018”."""
        french = self.language == "fr" and day.day == 1
        return said.replace("1 ", "1er ", 1) if french else said

    def time(self, moment: datetime, zone: str) -> str:
        """Return an hour of the day in the zone of this IANA name, such as “14:00”."""
        return str(dates.format_time(moment, "HH:mm", tzinfo=ZoneInfo(zone), locale=self._locale))

    def moment(self, moment: datetime, zone: str = "UTC") -> str:
        """Return day and hour in the zone of this IANA name, such as “31 August 2019, 14:00”."""
        day = self.date(moment.astimezone(ZoneInfo(zone)).date())
        joined = str(dates.get_datetime_format("medium", locale=self._locale))
        return joined.format(self.time(moment, zone), day)

    def ago(self, moment: datetime, now: datetime) -> str:
        """Return how long ago *moment* was, such as “3 days ago”; six days are not yet a week.

        Less than a minute is one, also where another device's clock is a little ahead.
        """
        since = min(moment - now, -timedelta(seconds=1))
        said = dates.format_timedelta(
            since, granularity="minute", threshold=1, add_direction=True, locale=self._locale
        )
        return str(said)

    def quote(self, text: str) -> str:
        """Return *text* in this language's quotation marks, which its catalogue knows."""
        t = self
        return t("“{text}”", text=text)

    def list(self, names: Iterable[str]) -> str:
        """Return names as this language lists them, such as “Tunis, Vienna and Venlo”."""
        return str(lists.format_list(tuple(names), locale=self._locale))

    def language_name(self, code: str) -> str:
        """Return the name of another language in this one, such as “French”."""
        return str(self._locale.languages.get(code, code))

    def country_name(self, code: str) -> str:
        """Return the name of a country by its ISO 3166 code."""
        return str(self._locale.territories.get(code, code))


@cache
def translator(language: str) -> Translator:
    """Return the translator of a language; English needs no catalogue."""
    path = catalogue(language)
    if not path.is_file():
        return Translator(language, NullTranslations())
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=cldr(language)))
    compiled.seek(0)
    return Translator(language, GNUTranslations(compiled))
