"""Keeping a table that people open in a spreadsheet from being read as formulas.

Source: OWASP, "CSV Injection": a cell that begins with =, +, -, @, a tab or a carriage return may be run. The
full-width forms of the four signs are read as the signs themselves by spreadsheets set to East Asian languages.
"""

import re

_STARTS_FORMULA = re.compile(r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# XML, and so XLSX, cannot hold these.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MAX_CELL_LENGTH = 32_767
"""Characters that a cell of XLSX holds."""

Value = str | int | float | None


def safe_cell(value: Value) -> Value:
    """The value as a cell may hold it: words that would be a formula begin with an apostrophe. Numbers stay."""
    if not isinstance(value, str):
        return value
    written = _UNWRITABLE.sub(" ", value)
    if _STARTS_FORMULA.match(written):
        written = f"'{written}"
    return written[:MAX_CELL_LENGTH]
