"""The map of the cities: land without borders, true places, targets that a finger can hit."""

from __future__ import annotations

import json
import math
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exhibition.model import Exhibition, Kind
from kiosk.exhibition.reader import read
from kiosk.screens.touch.measure import LEAST_TARGET, Measure
from kiosk.screens.touch.ways import map_view
from kiosk.screens.touch.ways.map_field import CALM, Drawn, below, name_width, whole_frame
from kiosk.screens.touch.ways.map_view import View
from kiosk.screens.widgets import map_land
from kiosk.screens.widgets.map_land import cut, rings, thin, unrolled
from kiosk.screens.widgets.map_projection import Frame, Window, equal_earth, projector
from kiosk.screens.widgets.map_spread import (
    Box,
    Group,
    Named,
    Spread,
    gathered,
    leader,
    spread,
)

ROOT = Path(__file__).resolve().parents[3]
ATLAS = ROOT / "build" / "front-end" / "node_modules"

FIELDS = (
    Measure(70.0, 36.0, 16.0),
    Measure(66.0, 40.0, 12.0),
    Measure(45.0, 19.0, 12.0),
    Measure(60.0, 34.0, 16.0),
    Measure(70.0, 36.0, 32.0),
    Measure(38.0, 18.0, 24.0),
)
"""Of 1920 × 1080, 1280 × 800, 1024 × 600, upright, 4K, and of large text."""

EUROPE = Frame(29, -10, 58, 38)


@pytest.fixture(scope="module")
def sceaux() -> Exhibition:
    """The real exhibition as Sceaux shows it: forty cities on four continents."""
    return read(ROOT / "content" / "vivre-ensemble", "sceaux")


def test_what_is_shipped_holds_land_and_no_border() -> None:
    """Nobody can draw a border: the files hold land alone, and no outline of a country is there."""
    atlas = ATLAS / "world-atlas"
    assert not list(atlas.glob("countries-*"))
    for name in (map_land.NEAR, map_land.FAR):
        topology = json.loads((atlas / name).read_text("utf-8"))
        assert set(topology["objects"]) == {"land"}
        kinds = {g["type"] for g in topology["objects"]["land"]["geometries"]}
        assert kinds == {"MultiPolygon"}


def test_outlines_of_countries_are_refused() -> None:
    """Whoever puts another file in place gets no map with borders."""
    topology = {"objects": {"land": {}, "countries": {}}, "arcs": [], "transform": {}}
    with pytest.raises(ValueError, match="only outlines of the land"):
        rings(topology)


def test_a_topology_is_decoded_forwards_and_backwards() -> None:
    """Two arcs, one of them backwards, close a square around a lake (TopoJSON, 2.1.4)."""
    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [-1, -1]},
        "arcs": [
            [[0, 0], [4, 0], [0, 4]],
            [[0, 0], [0, 4], [4, 0]],
            [[1, 1], [1, 0], [0, 1], [-1, -1]],
        ],
        "objects": {
            "land": {
                "type": "GeometryCollection",
                "geometries": [{"type": "Polygon", "arcs": [[0, ~1], [2]]}],
            }
        },
    }
    found = rings(topology)
    square = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    lake = [(-0.5, -0.5), (0, -0.5), (0, 0), (-0.5, -0.5)]
    assert [list(ring) for ring in found] == [square, lake]


def test_land_that_passes_180_degrees_is_drawn_at_both_ends() -> None:
    """No line runs across the whole map where Asia's end lies beyond 180 degrees."""
    passing = ((178.0, 66.0), (-178.0, 66.0), (-178.0, 68.0), (178.0, 68.0), (178.0, 66.0))
    east, west = unrolled(passing)
    assert [lon for lon, _ in east] == [178, 182, 182, 178, 178]
    assert [lon for lon, _ in west] == [-182, -178, -178, -182, -182]


def test_land_around_a_pole_is_closed_along_it() -> None:
    """Antarctica fills the foot of the map."""
    around = tuple((float(lon), -70.0) for lon in (-180, -90, 0, 90, 180, -180))
    first = next(iter(unrolled(around)))
    assert (180.0, -90.0) in first
    assert first[0] == first[-1]


def test_what_is_outside_the_window_is_cut_off() -> None:
    """A square that juts out is cut at the edge; one outside is gone."""
    window = (0.0, 0.0, 10.0, 10.0)
    jutting = [(5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)]
    assert sorted(cut(jutting, window)) == [(5.0, 5.0), (5.0, 8.0), (10.0, 5.0), (10.0, 8.0)]
    assert cut([(20.0, 20.0), (30.0, 20.0), (25.0, 30.0)], window) == []


def test_a_thinned_coast_stays_within_its_width() -> None:
    """Points on a line go, a cape stays."""
    coast = [(0.0, 0.0), (1.0, 0.1), (2.0, 0.0), (3.0, 5.0), (4.0, 0.0), (2.0, -6.0), (0.0, 0.0)]
    thinned = thin(coast, 1.0)
    assert (3.0, 5.0) in thinned
    assert (1.0, 0.1) not in thinned


@given(
    st.integers(-85, 85), st.integers(-175, 175), st.sampled_from([EUROPE, Frame(-5, -90, 60, 100)])
)
def test_areas_keep_their_size(south: int, west: int, frame: Frame) -> None:
    """A degree in Gabon is drawn no smaller than its share beside one in Scotland."""
    project = projector(frame)
    middle = ((frame.west + frame.east) / 2, (frame.south + frame.north) / 2)
    if frame.wide < 100 and _away(middle, (west, south)) > 100:
        return
    corners = [(west, south), (west + 1, south), (west + 1, south + 1), (west, south + 1)]
    steps = [
        _between(a, b, n / 8)
        for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
        for n in range(8)
    ]
    points = [project(at) for at in steps]
    drawn = (
        abs(
            sum(
                ax * by - bx * ay
                for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True)
            )
        )
        / 2
    )
    true = math.radians(1) * abs(math.sin(math.radians(south + 1)) - math.sin(math.radians(south)))
    assert drawn == pytest.approx(true, rel=0.02)


def _between(a: tuple[float, float], b: tuple[float, float], part: float) -> tuple[float, float]:
    return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])


def _away(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Degrees between two places seen from the middle of the Earth."""
    (al, ap), (bl, bp) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    near = math.sin(ap) * math.sin(bp) + math.cos(ap) * math.cos(bp) * math.cos(al - bl)
    return math.degrees(math.acos(max(-1, min(1, near))))


def test_north_is_up_and_east_is_right() -> None:
    """Glasgow above Málaga, Moscow to the right of both, on every screen."""
    for measure in FIELDS:
        window = Window(EUROPE, measure.wide, measure.high)
        glasgow, malaga = window.at((-4.25, 55.86)), window.at((-4.42, 36.72))
        moscow = window.at((37.62, 55.76))
        assert glasgow[1] < malaga[1]
        assert moscow[0] > max(glasgow[0], malaga[0])
        assert all(0 <= x <= measure.wide and 0 <= y <= measure.high for x, y in (glasgow, moscow))


def test_the_window_and_the_drawing_show_the_same() -> None:
    """A point lies on its coast: window and view box agree on where Greenwich is."""
    window = Window(EUROPE, 70, 36)
    left, top, wide, high = (float(part) for part in window.view_box(map_land.GRAIN).split())
    x0, y0, _, _ = EUROPE.extent()
    scale = EUROPE.scale(map_land.GRAIN)
    x, y = projector(EUROPE)((0.0, 51.48))
    drawn = ((x - x0) * scale - left) / wide * 70, ((y - y0) * scale - top) / high * 36
    assert drawn == pytest.approx(window.at((0.0, 51.48)), abs=0.02)


def test_the_land_is_where_it_is() -> None:
    """The path of the world is drawn from the shipped file, and not too long for a small screen."""
    frame = Frame(-5, -88, 60, 103)
    path = map_land.outline(ATLAS, frame)
    assert path.startswith("M")
    assert set(path) <= set("Mlz -0123456789")
    assert len(path) < 40_000
    assert map_land.outline(ROOT / "nowhere", frame) == ""


def test_a_frame_is_read_as_it_is_written() -> None:
    """The part of the map that is seen is an address, so that back leads to it."""
    assert Frame.parse(str(EUROPE)) == EUROPE
    for wrong in ("", "1_2_3", "a_b_c_d", "58_-10_29_38", "0_0_91_10", "1_2_3_4_5"):
        assert Frame.parse(wrong) is None
    with pytest.raises(ValueError, match="a place"):
        Frame.around([])


@pytest.mark.parametrize(
    "view", [View(), View("practices"), View("all", EUROPE), View("words", EUROPE)]
)
def test_a_view_is_read_as_it_is_written(view: View) -> None:
    """Choice and part of the map stand in the step's subject."""
    assert View.parse(str(view)) == view


@pytest.mark.parametrize("subject", ["nothing", "practices_", "practices_1_2", "58_-10_29_38"])
def test_a_view_of_nothing_is_none(subject: str) -> None:
    """Such an address leads to the beginning."""
    assert View.parse(subject) is None


def _spread(exhibition: Exhibition, frame: Frame, measure: Measure, *, whole: bool) -> Spread:
    window, room = Window(frame, measure.wide, measure.high), measure.room()
    named = []
    for city in exhibition.of_kind(Kind.CITY):
        name = city.title.pick("de", exhibition.fallbacks()).text
        x, y = window.at(map_view.place(city))
        if 0 <= x <= measure.wide and 0 <= y <= measure.high:
            named.append(Named(city.id, (x, y), max(name_width(name), room.name)))
    return spread(named, room, CALM if whole else 0.0)


@pytest.mark.parametrize("measure", FIELDS, ids=str)
def test_no_target_covers_another_and_each_is_large_enough(
    sceaux: Exhibition, measure: Measure
) -> None:
    """Arnhem, Venlo, Düsseldorf and Brühl lie within a thumb: each is hit alone, or as a group."""
    for frame, whole in ((whole_frame(map_view.cities(sceaux)), True), (EUROPE, False)):
        drawn = _spread(sceaux, frame, measure, whole=whole)
        targets = [x.target for x in drawn.labels] + [x.target for x in drawn.groups]
        assert not any(a.meets(b, air=0) for a, b in combinations(targets, 2))
        for target in targets:
            assert min(target.wide, target.high) * measure.rem >= LEAST_TARGET
            assert target.within(measure.wide + 0.01, measure.high + 0.01)
        ids = [x.id for x in drawn.labels] + [i for g in drawn.groups for i in g.ids]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("measure", FIELDS, ids=str)
def test_every_city_is_reached_in_a_few_touches(sceaux: Exhibition, measure: Measure) -> None:
    """From the whole map each touch comes closer, until every city stands by its own name.

    Three touches at most where the text is small, seven with the largest on a low screen.
    """
    places = {city.id: map_view.place(city) for city in map_view.cities(sceaux)}
    todo = [(whole_frame(map_view.cities(sceaux)), set(places), 0)]
    while todo:
        frame, wanted, touches = todo.pop()
        assert touches <= (3 if measure.rem == 16 else 7), f"still not named: {wanted}"
        drawn = _spread(sceaux, frame, measure, whole=not touches)
        gathered_here = {i for group in drawn.groups for i in group.ids}
        assert wanted <= gathered_here | {label.id for label in drawn.labels}
        for group in drawn.groups:
            if wanted & set(group.ids):
                closer = Frame.around(places[i] for i in group.ids)
                todo.append((closer, wanted & set(group.ids), touches + 1))


def test_a_name_beside_its_point_needs_no_line() -> None:
    """A line is seen only where the name had to give way."""
    alone = spread([Named("a", (20.0, 20.0), 8.0)], FIELDS[0].room())
    line = leader(alone.labels[0].point, alone.labels[0].target)
    assert math.dist(*line) < 1.2


def test_what_is_near_is_gathered_through_its_neighbours() -> None:
    """A chain of neighbours is one part, a city far away its own."""
    chain = [Named(str(n), (n * 2.0, 0.0), 5.0) for n in range(4)]
    parts = gathered([*chain, Named("far", (60.0, 0.0), 5.0)], 3.0)
    assert sorted(len(part) for part in parts) == [1, 4]


def test_equal_earth_keeps_the_equator_straight() -> None:
    """The projection of the whole world: known values (Šavrič, Patterson and Jenny, 2018)."""
    assert equal_earth((0, 0)) == (0, 0)
    x, y = equal_earth((180, 0))
    assert (round(x, 4), y) == (2.7066, 0)
    assert round(equal_earth((0, 90))[1], 4) == -1.3174


def test_a_point_under_its_groups_circle_is_not_drawn() -> None:
    """Half a point beside a circle looks like a fault: its city is in the circle's number."""
    circle = Group(("inside", "rim", "outside"), Box(10.0, 10.0, 6.0, 6.0))
    points = {"inside": (10.0, 11.0), "rim": (13.5, 10.0), "outside": (16.0, 10.0)}
    assert below(Drawn("", "", Spread((), (circle,)), points)) == {"inside", "rim"}
