"""When a story happened, from what people write: '2020-03/2021-06', '2020', 'spring 2021'."""

import re

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# A period that names its ends covers the years between, but '1920 and 2021' is two years, not a century.
_LONGEST_RANGE = 15


def years_of(period: str | None) -> list[str]:
    """The years that a period names or spans, in order."""
    named = sorted({int(year) for year in _YEAR.findall(period or "")})
    if len(named) == 2 and named[1] - named[0] <= _LONGEST_RANGE:
        named = list(range(named[0], named[1] + 1))
    return [str(year) for year in named]
