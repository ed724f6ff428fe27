"""A flow as a Sankey diagram: where each band and each block stands, for a template that draws it.

Two columns of blocks, as high as their stories; a band leaves a block at the height where the one before it ended.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from webapp.services.story_flow import Band

WIDTH = 920
_LABELS = 230
"""Room for the names at either side."""
_BLOCK = 12
_GAP = 10
_LOWEST = 18
"""The least height of a block, so that its name stays legible."""
_HEIGHT_PER_BLOCK = 46
MOST_BANDS = 30
"""Bands that are drawn; the table has all of them."""


@dataclass(frozen=True, slots=True)
class Block:
    """A kind of use on one side. text_x, middle: where its name stands."""

    category: str
    n_stories: int
    x: float
    y: float
    height: float
    text_x: float
    is_left: bool

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


def flow_picture(bands: Sequence[Band]) -> FlowPicture:
    """The widest bands as a picture."""
    drawn = list(bands[:MOST_BANDS])
    left = Counter[str]()
    right = Counter[str]()
    for band in drawn:
        left[band.from_category] += band.n_stories
        right[band.to_category] += band.n_stories
    n_rows = max(len(left), len(right), 1)
    height = max(220, n_rows * _HEIGHT_PER_BLOCK)
    per_story = _scale((left, right), height)
    blocks_left = _column(left, per_story, height, is_left=True)
    blocks_right = _column(right, per_story, height, is_left=False)
    return FlowPicture(
        width=WIDTH,
        height=height,
        block_width=_BLOCK,
        bands=tuple(_bands(drawn, blocks_left, blocks_right, per_story)),
        blocks=(*blocks_left.values(), *blocks_right.values()),
        n_left_out=len(bands) - len(drawn),
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


def _column(side: Counter[str], per_story: float, height: float, *, is_left: bool) -> dict[str, Block]:
    heights = {category: max(_LOWEST, n * per_story) for category, n in side.most_common()}
    y = (height - sum(heights.values()) - _GAP * (len(heights) - 1)) / 2
    x = _LABELS if is_left else WIDTH - _LABELS - _BLOCK
    text_x = x - 10 if is_left else x + _BLOCK + 10
    blocks = {}
    for category, block_height in heights.items():
        blocks[category] = Block(category, side[category], x, round(y, 1), round(block_height, 1), text_x, is_left)
        y += block_height + _GAP
    return blocks


def _bands(
    bands: Sequence[Band], left: dict[str, Block], right: dict[str, Block], per_story: float
) -> Iterable[DrawnBand]:
    leaves = _first_heights(left, per_story)
    arrives = _first_heights(right, per_story)
    # Seen from either side, bands leave in the order in which they arrive, so that few of them cross.
    for band in sorted(bands, key=lambda band: (left[band.from_category].y, right[band.to_category].y)):
        width = band.n_stories * per_story
        start = leaves[band.from_category]
        leaves[band.from_category] += width
        end = arrives[band.to_category]
        arrives[band.to_category] += width
        confirmed = band.n_confirmed * per_story
        yield DrawnBand(
            band=band,
            path=_curve(start + width / 2, end + width / 2),
            width=round(width, 1),
            path_confirmed=_curve(start + confirmed / 2, end + confirmed / 2),
            width_confirmed=round(confirmed, 1),
        )


def _first_heights(blocks: dict[str, Block], per_story: float) -> dict[str, float]:
    """Where the first band of each block stands: a block raised to the least height has them in its middle."""
    return {
        category: block.y + (block.height - block.n_stories * per_story) / 2 for category, block in blocks.items()
    }


def _curve(start: float, end: float) -> str:
    x_from, x_to = _LABELS + _BLOCK, WIDTH - _LABELS - _BLOCK
    middle = (x_from + x_to) / 2
    return f"M{x_from} {start:.1f}C{middle:.0f} {start:.1f} {middle:.0f} {end:.1f} {x_to} {end:.1f}"
