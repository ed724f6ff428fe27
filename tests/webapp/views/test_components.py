"""The page of components: every part with an example, for administrators."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webapp.models import ROLES

TEMPLATES = Path(__file__).resolve().parents[3] / "webapp" / "templates"


def test_every_part_is_shown(sign_in: Callable[[str], FlaskClient]) -> None:
    page = sign_in("admin").get("/components").text
    shown = (TEMPLATES / "components" / "index.html").read_text(encoding="utf-8")
    for file in ("_parts.html", "_fields.html", "_facet.html"):
        for name in re.findall(r"{% macro (\w+)", (TEMPLATES / file).read_text(encoding="utf-8")):
            assert name in shown or name in ("described", "notes", "facet_box"), f"show {name} of {file}"
    assert "There is a problem" in page
    assert page.count('class="turn"') == 3
    assert 'href="#page-4"' in page


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_only_administrators_see_it(sign_in: Callable[[str], FlaskClient], role: str) -> None:
    assert sign_in(role).get("/components").status_code == 403


def test_pages_write_no_part_by_hand() -> None:
    """A part that a page writes anew would not follow when it is changed."""
    by_hand = re.compile(
        r'class="(?:tag|chip|empty|pages|looks|table-wrap|dialog|error-summary" role="alert" aria-labelledby)[" ]'
    )
    parts = {"_parts.html", "_fields.html", "_facet.html"}
    found = {
        f"{path.relative_to(TEMPLATES)}: {line.strip()[:60]}"
        for path in TEMPLATES.rglob("*.html")
        for line in path.read_text(encoding="utf-8").splitlines()
        if path.name not in parts and by_hand.search(line)
    }
    assert sorted(found) == []
