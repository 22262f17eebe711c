"""What a run of the benchmarks leaves behind can be read: its shape is held, no number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import figure, wrk
from benchmarks.figure import Figure

REPORT = """Running 4s test @ http://127.0.0.1:40000
  1 threads and 64 connections
Requests/sec:  10000.00
counts 40000 3 4000000 12500
"""


def test_a_figure_is_the_middle_of_its_repetitions() -> None:
    """Of five rounds the middle one counts, and the lowest and highest are told."""
    made = figure.middle("votes", [5.0, 1.0, 3.0, 2.0, 4.0], "votes/s", "bare")
    assert made == Figure("votes", 3.0, 1.0, 5.0, "votes/s", "bare")


def test_the_file_is_a_list_of_figures(tmp_path: Path) -> None:
    """Name, value, low, high, unit, reference: six fields each, numbers where numbers belong."""
    path = tmp_path / "build" / "bench.json"
    figure.write(path, [figure.middle("start.public", [0.5, 0.75], "s")])
    (entry,) = json.loads(path.read_text())
    assert list(entry) == ["name", "value", "low", "high", "unit", "reference"]
    assert [type(value) for value in entry.values()] == [str, float, float, float, str, str]
    assert figure.read(path) == [Figure("start.public", 0.625, 0.5, 0.75, "s", "")]


def test_a_measure_run_alone_keeps_the_others(tmp_path: Path) -> None:
    """Whoever repeats one measure finds the rest as it was."""
    before = [Figure("page", 1, 1, 1, "s", ""), Figure("votes", 1, 1, 1, "s", "")]
    now = [Figure("votes", 2, 2, 2, "s", "")]
    assert figure.merged(before, now) == [before[0], now[0]]
    assert figure.read(tmp_path / "not-there.json") == []


def test_percentiles_lie_within_what_was_measured() -> None:
    """Of 100 taps that took 1 to 100 ms, half took at most 50.5, all but five at most 95.05."""
    taps = [float(n) for n in range(1, 101)]
    assert figure.percentile(taps, 50) == pytest.approx(50.5)
    assert figure.percentile(taps, 95) == pytest.approx(95.05)


def test_the_load_generators_report_is_read() -> None:
    """Requests, failures and rate come from the script's own line, not from rounded words."""
    assert wrk.parse(REPORT) == wrk.Load(40_000, 3, 10_000.0, 12.5)
    with pytest.raises(ValueError, match="no counts"):
        wrk.parse("unable to connect")


def test_a_measure_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip of the finger runs nothing and is told what there is."""
    assert command.main(["votse"]) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in (*command.MEASURES, *command.ON_DEMAND))


def test_what_is_left_of_an_earlier_run_has_the_same_shape() -> None:
    """The file that lies in build/ now, if there is one, can be read."""
    for each in figure.read(command.RESULTS):
        assert each.low <= each.value <= each.high
        assert each.name
        assert each.unit
