"""A map of pins: which stretch of the earth is shown, which pins stand together, which tiles lie under it.

Positions are pixels of the Web Mercator world at a zoom, as tile servers cut it: at zoom z the world is 256 · 2^z
pixels wide (OpenStreetMap wiki, "Slippy map tilenames"). The outlines in `dist/outlines.svg` are drawn in a world
of OUTLINE_WORLD units, made by `webapp/assets/outlines.js`.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webapp.services.places import PATH_SEPARATOR
from webapp.services.story_map import Pin

WIDTH, HEIGHT = 760, 700
OUTLINE_WORLD = 65_536
TILE = 256
NEAREST_ZOOM, FARTHEST_ZOOM = 11, 2
_TOGETHER_PX = 52
"""Pins nearer to one another than this stand as one cluster."""
_MARGIN_PX = 70
_FURTHEST_LATITUDE = 85.0
_BRITISH_ISLES = (54.6, -3.5, 5)


@dataclass(frozen=True, slots=True)
class Window:
    """What is looked at: the middle, and the zoom."""

    latitude: float
    longitude: float
    zoom: int

    @property
    def left(self) -> float:
        return _x(self.longitude, self.zoom) - WIDTH / 2

    @property
    def top(self) -> float:
        return _y(self.latitude, self.zoom) - HEIGHT / 2

    @property
    def outline_scale(self) -> float:
        return TILE * 2.0**self.zoom / OUTLINE_WORLD

    def moved(self, *, right: float = 0, down: float = 0) -> "Window":
        """The window beside this one, by parts of its width and height."""
        x = _x(self.longitude, self.zoom) + right * WIDTH
        y = _y(self.latitude, self.zoom) + down * HEIGHT
        return Window(_latitude(y, self.zoom), _longitude(x, self.zoom), self.zoom)

    def zoomed(self, by: int) -> "Window":
        """The same middle, nearer or farther."""
        return Window(self.latitude, self.longitude, min(max(self.zoom + by, FARTHEST_ZOOM), NEAREST_ZOOM))


@dataclass(frozen=True, slots=True)
class Cluster:
    """Pins that stand together. x, y: in the picture. name: of the smallest place that holds all of them."""

    x: float
    y: float
    radius: float
    n_stories: int
    name: str
    pins: tuple[Pin, ...]
    window: Window
    """What to look at to see its pins apart."""
    has_label: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of a tile server, and where it lies in the picture."""

    x: int
    y: int
    left: float
    top: float


def window_around(pins: Sequence[Pin]) -> Window:
    """The nearest window that shows all the pins; the British Isles if there are none."""
    if not pins:
        return Window(*_BRITISH_ISLES)
    latitudes, longitudes = [pin.latitude for pin in pins], [pin.longitude for pin in pins]
    for zoom in range(NEAREST_ZOOM - 1, FARTHEST_ZOOM, -1):
        across = _x(max(longitudes), zoom) - _x(min(longitudes), zoom)
        down = _y(min(latitudes), zoom) - _y(max(latitudes), zoom)
        if across <= WIDTH - 2 * _MARGIN_PX and down <= HEIGHT - 2 * _MARGIN_PX:
            break
    middle_y = (_y(min(latitudes), zoom) + _y(max(latitudes), zoom)) / 2
    return Window(_latitude(middle_y, zoom), (max(longitudes) + min(longitudes)) / 2, zoom)


def clusters(pins: Iterable[Pin], window: Window) -> list[Cluster]:
    """The pins in the window, those near one another as one, biggest first."""
    groups: list[tuple[float, float, list[Pin]]] = []
    for pin in sorted(pins, key=lambda pin: (-pin.n_stories, pin.path)):
        x, y = _x(pin.longitude, window.zoom) - window.left, _y(pin.latitude, window.zoom) - window.top
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            near = next((group for group in groups if math.dist(group[:2], (x, y)) < _TOGETHER_PX), None)
            if near is None:
                groups.append((x, y, [pin]))
            else:
                near[2].append(pin)
    found = [_cluster(x, y, group, window) for x, y, group in groups]
    found.sort(key=lambda cluster: (-cluster.n_stories, cluster.name))
    return list(_labelled(found))


def tiles(window: Window) -> list[Tile]:
    """The tiles that lie under the picture."""
    n_tiles = 2**window.zoom
    first_x, last_x = int(window.left // TILE), int((window.left + WIDTH) // TILE)
    first_y, last_y = int(window.top // TILE), int((window.top + HEIGHT) // TILE)
    return [
        Tile(x % n_tiles, y, round(x * TILE - window.left, 1), round(y * TILE - window.top, 1))
        for x in range(first_x, last_x + 1)
        for y in range(max(first_y, 0), min(last_y, n_tiles - 1) + 1)
    ]


def _cluster(x: float, y: float, pins: list[Pin], window: Window) -> Cluster:
    n_stories = sum(pin.n_stories for pin in pins)
    target = window_around(pins)
    nearer = min(max(target.zoom, window.zoom + 1), NEAREST_ZOOM)
    return Cluster(
        x=round(x, 1),
        y=round(y, 1),
        radius=round(min(12 + 2.2 * math.sqrt(n_stories), 40), 1),
        n_stories=n_stories,
        name=_common_name(pins),
        pins=tuple(pins),
        window=Window(target.latitude, target.longitude, nearer),
    )


def _common_name(pins: list[Pin]) -> str:
    if len(pins) == 1:
        return pins[0].name
    paths = [pin.path.split(PATH_SEPARATOR) for pin in pins]
    shared = [parts[0] for parts in zip(*paths, strict=False) if len(set(parts)) == 1]
    return shared[-1] if shared else f"{pins[0].name} and near"


def _labelled(found: list[Cluster]) -> Iterator[Cluster]:
    """The clusters, with a name where there is room for one."""
    taken: list[tuple[float, float, float, float]] = []
    for cluster in found:
        half = 4.2 * len(cluster.name) + 4
        top = cluster.y + cluster.radius + 2
        box = (cluster.x - half, top, cluster.x + half, top + 18)
        circles = [
            (c.x - c.radius, c.y - c.radius, c.x + c.radius, c.y + c.radius) for c in found if c is not cluster
        ]
        is_free = not any(_overlap(box, other) for other in (*taken, *circles))
        if is_free:
            taken.append(box)
        yield Cluster(
            cluster.x,
            cluster.y,
            cluster.radius,
            cluster.n_stories,
            cluster.name,
            cluster.pins,
            cluster.window,
            is_free,
        )


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _x(longitude: float, zoom: int) -> float:
    return (longitude + 180) / 360 * TILE * 2.0**zoom


def _y(latitude: float, zoom: int) -> float:
    radians = math.radians(min(max(latitude, -_FURTHEST_LATITUDE), _FURTHEST_LATITUDE))
    return (1 - math.asinh(math.tan(radians)) / math.pi) / 2 * TILE * 2.0**zoom


def _longitude(x: float, zoom: int) -> float:
    return round(x / (TILE * 2.0**zoom) * 360 - 180, 4)


def _latitude(y: float, zoom: int) -> float:
    return round(math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / (TILE * 2.0**zoom))))), 4)
