"""A flow as a Sankey diagram: where each band and each block stands, for a template that draws it.

Two columns of blocks, as high as their stories; a band leaves a block at the height where the one before it ended.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from webapp.services.story_flow import Band, Flow, Side

_BLOCK = 12
_GAP = 10
_LOWEST = 18
"""The least height of a block, so that its name stays legible."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a picture is. margin: room at either side for names; without any they stand upon the bands."""

    width: int
    margin: int
    height_per_block: int
    most_bands: int
    """Bands that are drawn; the table has all of them."""


WIDE = Shape(width=920, margin=230, height_per_block=46, most_bands=30)
OVERVIEW = Shape(width=920, margin=230, height_per_block=36, most_bands=16)
"""For the first page: only what is most frequent."""
NARROW = Shape(width=360, margin=0, height_per_block=52, most_bands=14)
"""For the screen of a telephone."""


@dataclass(frozen=True, slots=True)
class Block:
    """A kind of use on one side. n_stories: that say so, each once. text_x, middle: where its name stands."""

    category: str
    n_stories: int
    x: float
    y: float
    height: float
    text_x: float
    is_text_before: bool
    """Whether its name ends at text_x rather than beginning there."""

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class DrawnBand:
    """A band. path: of its middle line. width: of the whole; width_confirmed: of the part that people confirmed."""

    band: Band
    path: str
    width: float
    path_confirmed: str
    width_confirmed: float


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """All that is drawn, in a box of width × height."""

    width: int
    height: int
    block_width: int
    bands: tuple[DrawnBand, ...]
    blocks: tuple[Block, ...]
    n_left_out: int


@dataclass(frozen=True, slots=True)
class _Column:
    """One side while it is drawn. n_by_category: bands' stories added up, which a block is as high as."""

    heights: Mapping[str, float]
    tops: Mapping[str, float]
    n_by_category: Mapping[str, int]
    per_story: float

    def first_heights(self) -> dict[str, float]:
        """Where the first band of each block stands: a block raised to the least height has them in its middle."""
        return {
            category: top + (self.heights[category] - self.n_by_category[category] * self.per_story) / 2
            for category, top in self.tops.items()
        }


def flow_picture(flow: Flow, shape: Shape = WIDE) -> FlowPicture:
    """The widest bands as a picture."""
    drawn = flow.bands[: shape.most_bands]
    left, right = Counter[str](), Counter[str]()
    for band in drawn:
        left[band.from_category] += band.n_stories
        right[band.to_category] += band.n_stories
    height = max(220, max(len(left), len(right), 1) * shape.height_per_block)
    per_story = _scale((left, right), height)
    from_ = _column(left, [category for category, _ in left.most_common()], per_story, height)
    to = _column(right, _least_crossing(drawn, from_), per_story, height)
    return FlowPicture(
        width=shape.width,
        height=height,
        block_width=_BLOCK,
        bands=tuple(_bands(drawn, from_, to, shape)),
        blocks=(*_blocks(flow, "from", from_, shape), *_blocks(flow, "to", to, shape)),
        n_left_out=len(flow.bands) - len(drawn),
    )


def _scale(sides: Iterable[Counter[str]], height: float) -> float:
    """Height of one story, so that the fuller side just fits."""
    scales = []
    for side in sides:
        room = height - _GAP * (len(side) - 1)
        low: set[str] = set()
        # Blocks that are raised to the least height take their room from the others.
        while len(low) < len(side):
            rest = sum(n for category, n in side.items() if category not in low)
            scale = (room - _LOWEST * len(low)) / rest
            raised = {category for category, n in side.items() if n * scale < _LOWEST} - low
            if not raised:
                break
            low |= raised
        scales.append(scale if side else 1.0)
    return max(min(scales), 0.1)


def _column(side: Counter[str], order: Iterable[str], per_story: float, height: float) -> _Column:
    heights = {category: max(_LOWEST, side[category] * per_story) for category in order}
    y = (height - sum(heights.values()) - _GAP * (len(heights) - 1)) / 2
    tops = {}
    for category, block_height in heights.items():
        tops[category] = y
        y += block_height + _GAP
    return _Column(heights, tops, side, per_story)


def _least_crossing(bands: Sequence[Band], from_: _Column) -> list[str]:
    """The kinds of use on the right in the order of where their bands come from on the average."""
    weighted, total = Counter[str](), Counter[str]()
    for band in bands:
        middle = from_.tops[band.from_category] + from_.heights[band.from_category] / 2
        weighted[band.to_category] += round(band.n_stories * middle)
        total[band.to_category] += band.n_stories
    return sorted(total, key=lambda category: (weighted[category] / total[category], category))


def _blocks(flow: Flow, side: Side, column: _Column, shape: Shape) -> Iterable[Block]:
    is_left, is_inside = side == "from", shape.margin == 0
    x = shape.margin if is_left else shape.width - shape.margin - _BLOCK
    text_x = x + _BLOCK + 10 if is_left == is_inside else x - 10
    for category, top in column.tops.items():
        n_stories, height = flow.n_by_end[side, category], column.heights[category]
        yield Block(category, n_stories, x, round(top, 1), round(height, 1), text_x, is_left != is_inside)


def _bands(bands: Sequence[Band], from_: _Column, to: _Column, shape: Shape) -> Iterable[DrawnBand]:
    leaves, arrives = from_.first_heights(), to.first_heights()
    # Seen from either side, bands leave in the order in which they arrive, so that few of them cross.
    for band in sorted(bands, key=lambda band: (from_.tops[band.from_category], to.tops[band.to_category])):
        width = band.n_stories * from_.per_story
        start = leaves[band.from_category]
        leaves[band.from_category] += width
        end = arrives[band.to_category]
        arrives[band.to_category] += width
        confirmed = band.n_confirmed * from_.per_story
        yield DrawnBand(
            band=band,
            path=_curve(start + width / 2, end + width / 2, shape),
            width=round(width, 1),
            path_confirmed=_curve(start + confirmed / 2, end + confirmed / 2, shape),
            width_confirmed=round(confirmed, 1),
        )


def _curve(start: float, end: float, shape: Shape) -> str:
    x_from, x_to = shape.margin + _BLOCK, shape.width - shape.margin - _BLOCK
    middle = (x_from + x_to) / 2
    return f"M{x_from} {start:.1f}C{middle:.0f} {start:.1f} {middle:.0f} {end:.1f} {x_to} {end:.1f}"
