"""The sizes and tiles of a picture: computed by whoever makes them and by whoever shows them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.exhibition.folder import limit_of
from kiosk.exhibition.sizes import OVERLAP, TILE, UNTILED, is_tiled, levels, made_of, sizes, tiles

side = st.integers(1, 12_000)
PATH = "topics/healthy/media/wall.jpg"


@given(width=side, height=side)
def test_no_size_is_larger_than_the_picture(width: int, height: int) -> None:
    """Nothing is gained by making pixels up, and the shape stays as it was."""
    made = sizes(PATH, width, height)

    assert [each.width for each in made] == sorted({each.width for each in made})
    for each in made:
        assert 1 <= each.width <= width
        assert each.height >= 1
        assert abs(each.height - height * each.width / width) <= 1


@given(width=side, height=side)
def test_tiles_cover_each_level_and_share_their_edges(width: int, height: int) -> None:
    """No pixel of the wall is missing, and none belongs to more tiles than its edge."""
    for level in levels(width, height):
        found = list(tiles(PATH, level))
        assert len(found) == level.columns * level.rows
        for tile in found:
            assert max(tile.right - tile.left, tile.bottom - tile.top) <= TILE + 2 * OVERLAP
        _reaches([(tile.left, tile.right) for tile in found[: level.columns]], level.width)
        _reaches([(tile.top, tile.bottom) for tile in found[:: level.columns]], level.height)


def _reaches(parts: list[tuple[int, int]], end: int) -> None:
    """Hold that the parts of one side follow each other to its end, each sharing its edges."""
    assert parts[0][0] == 0
    assert parts[-1][1] == end
    for one, next_one in pairwise(parts):
        assert next_one[0] < one[1] <= next_one[1]


@given(width=side, height=side)
def test_each_level_doubles_the_one_before_up_to_the_whole(width: int, height: int) -> None:
    """The first fits one tile, so that something is seen at once; the last is the picture."""
    pyramid = levels(width, height)

    assert (pyramid[0].columns, pyramid[0].rows) == (1, 1)
    assert (pyramid[-1].width, pyramid[-1].height) == (width, height)
    assert [each.number for each in pyramid] == list(
        range(pyramid[0].number, pyramid[-1].number + 1)
    )
    for small, large in pairwise(pyramid):
        assert small.width == -(-large.width // 2)
        assert small.height == -(-large.height // 2)


@given(width=side, height=side)
def test_everything_made_has_a_name_that_an_edition_may_hold(width: int, height: int) -> None:
    """A kiosk refuses an edition with a file that no exhibition may have."""
    made = made_of(PATH, width, height)

    assert len(set(made)) == len(made)
    assert all(limit_of(path) for path in made)
    assert is_tiled(width, height) == (max(width, height) > UNTILED)


def test_24_megapixels_make_few_files() -> None:
    """A kiosk asks for each of them by itself."""
    assert len(made_of(PATH, 6000, 4000)) == 37
