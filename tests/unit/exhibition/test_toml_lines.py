"""Where a key stands in its file is found, whichever way TOML lets an editor write it."""

from __future__ import annotations

import time

from kiosk.exhibition.toml_lines import line_of, lines_of

TEXT = '''\
id = "a"            # line 1
text = """
id = "not a key"
"""
[[exhibit]]         # line 5
id = "first"
tags = [
  "one",            # { not a table }
  'two',
]
parts = [           # line 11
  {id = "x", of = [1, 2]},
  {id = "y"},
]
[[exhibit]]         # line 15
[exhibit.question]
kind = "agree"
[[exhibit.passage]]
id = "p"
[[exhibit.passage]] # line 20
site."name" = 1
'''


def test_each_key_is_found() -> None:
    """Tables, lists of tables, inline tables over several lines, dotted keys."""
    lines = lines_of(TEXT)

    assert lines[("id",)] == 1
    assert lines[("exhibit", 0, "id")] == 6
    assert lines[("exhibit", 0, "parts", 0)] == 12
    assert lines[("exhibit", 0, "parts", 1)] == 13
    assert lines[("exhibit", 1)] == 15
    assert lines[("exhibit", 1, "question", "kind")] == 17
    assert lines[("exhibit", 1, "passage", 0, "id")] == 19
    assert lines[("exhibit", 1, "passage", 1)] == 20
    assert lines[("exhibit", 1, "passage", 1, "site", "name")] == 21


def test_what_is_not_told_apart_is_found_by_what_holds_it() -> None:
    """A key of an inline table is pointed at by the line of its table."""
    lines = lines_of(TEXT)

    assert line_of(lines, ("exhibit", 0, "parts", 1, "id")) == 13
    assert line_of(lines, ("exhibit", 1, "missing")) == 15
    assert line_of(lines, ("nowhere", 7)) == 1


def test_a_large_file_and_a_line_of_blanks_take_no_time() -> None:
    """Some editors leave blanks behind; a city's folder may hold thousands of exhibits."""
    blanks = " " * 20_000
    begun = time.process_time()
    lines = lines_of(f"{blanks}\nid{blanks}= 1\n" + "[[exhibit]]\nid = 1\nof = 2\n" * 6_000)

    assert time.process_time() - begun < 1.5, "it took more than the reading of the file itself"
    assert lines[("id",)] == 2
    assert lines[("exhibit", 5_999, "of")] == 2 + 3 * 6_000
