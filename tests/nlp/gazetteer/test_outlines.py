import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.gazetteer.outlines import simplified


def circle(n: int, radius: float = 1.0) -> list[list[float]]:
    ring = [[radius * math.cos(2 * math.pi * i / n), radius * math.sin(2 * math.pi * i / n)] for i in range(n)]
    return [*ring, ring[0]]


def test_an_outline_keeps_its_form_with_fewer_points() -> None:
    [[ring]] = simplified({"type": "Polygon", "coordinates": [circle(2000)]})["coordinates"]
    assert len(ring) < 100
    assert ring[0] == ring[-1]
    assert all(0.99 < math.hypot(x, y) < 1.01 for x, y in ring)


def test_islands_too_small_to_see_are_left_out_unless_there_is_nothing_else() -> None:
    island = circle(12, radius=0.001)
    both = simplified({"type": "MultiPolygon", "coordinates": [[circle(50)], [island]]})
    assert len(both["coordinates"]) == 1
    assert simplified({"type": "Polygon", "coordinates": [island]})["coordinates"] == [[island]]


@pytest.mark.parametrize(
    "geometry", [{}, {"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": [7]}]
)
def test_what_is_no_outline_is_refused(geometry: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="outline"):
        simplified(geometry)


@given(st.lists(st.tuples(st.floats(-8, 2), st.floats(50, 60)), min_size=4, max_size=40))
def test_any_ring_gives_points_that_it_had(points: list[tuple[float, float]]) -> None:
    ring = [list(point) for point in [*points, points[0]]]
    had = {(round(x, 3), round(y, 3)) for x, y in ring} | {tuple(point) for point in ring}
    for polygon in simplified({"type": "Polygon", "coordinates": [ring]})["coordinates"]:
        assert all(tuple(point) in had for thinned in polygon for point in thinned)
