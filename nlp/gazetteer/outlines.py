"""Outlines of places made lighter for maps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Point = Sequence[float]
"""(longitude, latitude), as GeoJSON has them."""

TOLERANCE_DEGREES = 0.004
"""About 400 m from north to south: less than a pixel on a map of a region."""
_DECIMALS = 3


def simplified(geometry: dict[str, Any], *, tolerance: float = TOLERANCE_DEGREES) -> dict[str, Any]:
    """A GeoJSON Polygon or MultiPolygon as a MultiPolygon with fewer points; islands too small to see are left out.

    Raises ValueError for another type, or coordinates that are none.
    """
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"A geometry of type {geometry.get('type')!r} is no outline.")
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    try:
        thinned = [[_ring(ring, tolerance) for ring in polygon] for polygon in polygons]
    except (TypeError, IndexError, KeyError) as err:
        raise ValueError("The outline's coordinates are not rings of [longitude, latitude] pairs.") from err
    kept = [[ring for ring in polygon if len(ring) >= 4] for polygon in thinned if len(polygon[0]) >= 4]
    # The smallest authority is still a place: then its outline stays as it came.
    return {"type": "MultiPolygon", "coordinates": kept or [list(polygon) for polygon in polygons]}


def _ring(ring: Sequence[Point], tolerance: float) -> list[list[float]]:
    points = [(float(point[0]), float(point[1])) for point in ring]
    if len(points) < 4:
        return []
    # A ring ends where it begins, so it is halved at the point farthest from there.
    far = max(range(len(points)), key=lambda i: _squared(points[0], points[i]))
    kept = [*_thin(points[: far + 1], tolerance)[:-1], *_thin(points[far:], tolerance)]
    rounded = [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in kept]
    return [point for i, point in enumerate(rounded) if i == 0 or point != rounded[i - 1]]


def _thin(points: list[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    """Ramer, Douglas and Peucker's algorithm, with a stack of its own: a coast may have very many points."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        distances = [_distance(points[i], points[first], points[last]) for i in range(first + 1, last)]
        if distances and max(distances) > tolerance:
            middle = first + 1 + distances.index(max(distances))
            keep.add(middle)
            stack += [(first, middle), (middle, last)]
    return [points[i] for i in sorted(keep)]


def _distance(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """From a point to the line through two others, in degrees."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = float((dx * dx + dy * dy) ** 0.5)
    if length == 0:
        return float(_squared(point, start) ** 0.5)
    return abs(dx * (start[1] - point[1]) - dy * (start[0] - point[0])) / length


def _squared(a: tuple[float, float], b: tuple[float, float]) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
