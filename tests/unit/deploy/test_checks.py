"""The checks of ``make check`` find what they are there for, and leave good code alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.checks import markup, queries, sizes, sources, words
from deploy.checks.sources import ROOT, Fault, files

Check = Callable[[Path, str], Iterator[Fault]]


def found(check: Check, text: str, path: str = "kiosk/voice/ballot.py") -> list[int]:
    """Return the lines at which *check* finds fault with *text*, were it the file *path*."""
    return [fault.line for fault in check(ROOT / path, text)]


def function(lines: int) -> str:
    """Return a function of *lines* lines, its first one included."""
    return "def count():\n" + "    votes = 1\n" * (lines - 1)


def test_a_file_may_have_400_lines() -> None:
    """A file of 400 lines passes and one of 401 does not, whether code or style sheet."""
    assert found(sizes.faults, "votes = 1\n" * 400) == []
    assert found(sizes.faults, "votes = 1\n" * 401) == [401]
    assert found(sizes.faults, "p {}\n" * 401, "kiosk/screens/touch/touch.css") == [401]


def test_content_may_be_as_long_as_it_needs() -> None:
    """The Declaration's text is no code, and no lock file is."""
    assert found(sizes.faults, "words\n" * 2000, "content/example/text.en.md") == []
    assert found(sizes.faults, "words\n" * 2000, "deploy/lock/test.txt") == []


def test_a_function_may_have_60_lines() -> None:
    """A function of 60 lines passes and one of 61 is named by its first line."""
    assert found(sizes.faults, function(60)) == []
    assert found(sizes.faults, "\n\n" + function(61)) == [3]
    assert found(sizes.faults, "async " + function(61)) == [1]


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc", "manager"])
def test_a_file_is_named_by_what_is_in_it(name: str) -> None:
    """A file called utils says nothing of its content."""
    assert found(sizes.faults, "", f"kiosk/voice/{name}.py") == [1]


def test_unfinished_work_is_not_left_in_the_program() -> None:
    """A note to oneself is found in code and templates of the program, wherever it stands."""
    note = "TO" + "DO"
    assert found(words.faults, f"votes = 1\n# {note}: count\n") == [2]
    assert found(words.faults, f"<p>{note}</p>\n", "kiosk/screens/phone/vote.html") == [1]
    assert found(words.faults, f'"""One.\n\nA {"st" + "ub"} of it.\n"""\n') == [3]


def test_a_form_may_have_a_field_called_dummy() -> None:
    """Only comments and docstrings are read for stand-ins: names in code may be what they like."""
    assert found(words.faults, 'field = "dummy"\n') == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-" + "url https://packages.example",
        "https://registry." + "npm" + "js.org/x",
        '"resol' + 'ved": "x"',
    ],
)
def test_no_file_says_where_packages_come_from(line: str) -> None:
    """A place to download from is found in any file at all."""
    assert found(words.faults, f"\n{line}\n", "deploy/lock/test.txt") == [2]


@pytest.mark.parametrize(
    "call",
    [
        'ui.run_javascript(f"greet({name})")',
        'ui.run_javascript("greet(%s)" % name)',
        'ui.add_head_html("<title>" + name + "</title>")',
        'ui.add_head_html("<title>{}</title>".format(name))',
        "ui.markdown(text, sanitize=False)",
    ],
)
def test_a_residents_word_never_becomes_script(call: str) -> None:
    """Composed text in a script or in the head of a page is found; so is unsanitised markup."""
    assert found(markup.faults, f"\n{call}\n") == [2]


@pytest.mark.parametrize("call", ['ui.run_javascript("focus()")', "ui.markdown(t, sanitize=clean)"])
def test_fixed_scripts_pass(call: str) -> None:
    """A script written out in full, and markup with a sanitiser, are in order."""
    assert found(markup.faults, call) == []


@pytest.mark.parametrize(
    "call",
    [
        'text(f"SELECT * FROM comment WHERE id = {comment}")',
        'text("SELECT * FROM comment WHERE id = " + comment)',
        'text("SELECT * FROM comment WHERE id = %s" % comment)',
        "text(sql)",
    ],
)
def test_values_are_bound_to_a_query(call: str) -> None:
    """A value put into SQL is found, however it is put there."""
    assert found(queries.faults, call) == [1]


@pytest.mark.parametrize(
    "call",
    [
        'text("SELECT * FROM comment WHERE id = :id")',
        'text(f"SELECT {_COLUMNS} FROM comment" " WHERE id = :id")',
        'text("SELECT " + COLUMNS + " FROM comment")',
        "comment.text(body)",
    ],
)
def test_queries_of_constants_pass(call: str) -> None:
    """A query may be put together from constants, and other things may be called text."""
    assert found(queries.faults, call) == []


def test_every_file_of_the_project_is_looked_at() -> None:
    """The checks see their own source, and nothing that git ignores."""
    names = {path.relative_to(ROOT).as_posix() for path in files()}
    assert "deploy/checks/sources.py" in names
    assert not any(name.startswith((".venv/", "build/")) for name in names)


def test_without_git_the_same_files_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """In an unpacked archive, or where git is missing, the folders themselves are walked."""
    monkeypatch.setattr(sources, "_known_to_git", list)
    names = {path.relative_to(ROOT).as_posix() for path in files()}
    assert "deploy/checks/sources.py" in names
    assert not any(name.startswith((".git/", ".venv/", "build/")) for name in names)
    assert not any("__pycache__" in name for name in names)
