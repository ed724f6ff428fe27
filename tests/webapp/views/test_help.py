"""The help pages and the guided tours."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webapp.tours import TOURS, Tour, markdown

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.key)
def test_a_tour_is_shown_with_a_picture_at_each_step(client: FlaskClient, tour: Tour) -> None:
    page = client.get(f"/help/tours/{tour.key}").text
    for step in tour.steps:
        assert f'alt="{step.alt}"'.replace("->", "-&gt;") in page
        with client.get(f"/static/tour/{step.picture}.webp") as answer:
            assert answer.mimetype == "image/webp"


@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.key)
def test_the_page_in_docs_is_the_tour_of_the_site(tour: Tour) -> None:
    assert (ROOT / "docs" / f"tour-{tour.key}.md").read_text(encoding="utf-8") == markdown(tour)


def test_help_leads_to_every_tour_and_an_unknown_one_is_not_there(client: FlaskClient) -> None:
    page = client.get("/help").text
    assert all(f'href="/help/tours/{tour.key}"' in page for tour in TOURS)
    assert client.get("/help/tours/nobody").status_code == 404
