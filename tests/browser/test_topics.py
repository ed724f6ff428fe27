"""What only a browser shows of topics: a map of 10,000 points under a moving pointer, and staff at work on topics."""

import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine, insert
from sqlmodel import Session, select

from tests.browser.conftest import RunningSite
from tests.browser.telling import sign_in
from tests.browser.test_accessibility import AXE, violations
from tests.webapp.services.topic_stories import store_stories, store_subjects_as_run
from webapp.database import open_database, transaction
from webapp.models import Passage, Revision, TopicAssignment
from webapp.services.topics import overview

OpenPage = Callable[..., Page]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("built_front_end")]

MANY = 10_000
# In the page: the pointer goes over the map, a step a frame; gives what each step cost and how far frames were apart.
MOVE_POINTER = """
async (canvas) => {
  const box = canvas.getBoundingClientRect();
  const costs = [], gaps = [];
  let before = performance.now();
  for (let step = 0; step < 240; step += 1) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    gaps.push(now - before);
    before = now;
    canvas.dispatchEvent(new PointerEvent("pointermove", {
      clientX: box.left + box.width * (0.1 + 0.8 * ((step * 7) % 240) / 240),
      clientY: box.top + box.height * (0.1 + 0.8 * step / 240),
    }));
    costs.push(performance.now() - now);
  }
  const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return { cost: middle(costs), gap: middle(gaps.slice(1)) };
}
"""


@pytest.fixture
def database(running_site: RunningSite) -> Iterator[Engine]:
    """The site's own, with 26 stories on four subjects and the run that found them."""
    # Nobody reads the stories again, for their passages lie where the test put them.
    running_site.app.extensions["wake"] = lambda: None
    engine = open_database(running_site.app.extensions["resources"].settings)
    with transaction(engine) as session:
        for subject in range(4):
            store_stories(session, 8 - subject, subject=subject, period="2021")
        store_subjects_as_run(session)
    yield engine
    engine.dispose()


def add_passages(session: Session, n: int) -> None:
    """n more points of the standing run, all over the map, each a passage that can be read."""
    revision = session.exec(select(Revision)).first()
    known = session.exec(select(TopicAssignment)).first()
    made = insert(Passage).returning(Passage.id)
    row = {"revision_id": revision.id, "start": 0, "end": 40, "embedding_name": "drawn", "embedding": b"\0" * 64}
    ids = list(session.scalars(made, [row | {"position": 100 + i} for i in range(n)]))
    places = np.random.default_rng(1).random((n, 2)).round(4).tolist()
    session.execute(
        insert(TopicAssignment),
        [
            {"run_id": known.run_id, "passage_id": passage_id, "topic_id": known.topic_id, "x": x, "y": y}
            for passage_id, (x, y) in zip(ids, places, strict=True)
        ],
    )


def open_map(page: Page) -> Locator:
    page.goto("/topics")
    canvas = page.locator(".topic-map canvas")
    expect(canvas).to_be_visible()
    canvas.scroll_into_view_if_needed()
    return canvas


def find_dot(page: Page, canvas: Locator) -> tuple[float, float]:
    """A place on the page where a dot is that has no other near it."""
    points = page.request.get("/topics/points.json").json()
    places = np.stack([points["x"], points["y"]], axis=1).astype(float)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    is_inside = ((places > 20) & (places < 980)).all(axis=1)
    x, y = places[np.where(is_inside, apart.min(axis=1), -1).argmax()]
    box = canvas.bounding_box()
    assert box
    unit = box["width"] / 1020
    return box["x"] + (x + 10) * unit, box["y"] + (1010 - y) * unit


def test_a_map_of_ten_thousand_points_stays_smooth_under_the_pointer(open_page: OpenPage, database: Engine) -> None:
    with transaction(database) as session:
        add_passages(session, MANY)
    page = open_page()
    canvas = open_map(page)
    answer = page.request.get("/topics/points.json")
    assert len(answer.json()["passages"]) == MANY
    assert len(answer.body()) < 300_000
    times = canvas.evaluate(MOVE_POINTER)
    # A frame of sixty a second has 17 ms; the rest of it is the browser's.
    assert times["cost"] < 8, times
    assert times["gap"] < 34, times


def test_a_dot_tells_its_words_and_opens_its_story_at_the_passage(open_page: OpenPage, database: Engine) -> None:
    page = open_page()
    x, y = find_dot(page, open_map(page))
    page.mouse.move(x, y)
    caption = page.locator(".topic-map figcaption")
    expect(caption).to_contain_text(re.compile("kitchen|library|football|choir"))
    words = caption.inner_text().removeprefix("A story ")
    page.mouse.click(x, y)
    expect(page).to_have_url(re.compile(r"/stories/.*passage=\d+#passage"))
    expect(page.locator(".mark-passage").first).to_have_text(words)
    expect(page.locator(".mark-passage").first).to_be_in_viewport()


def test_a_finger_reads_a_dot_before_it_opens_anything(open_page: OpenPage, database: Engine) -> None:
    page = open_page(width=390, has_touch=True)
    x, y = find_dot(page, open_map(page))
    page.touchscreen.tap(x, y)
    link = page.locator(".topic-map figcaption a")
    expect(link).to_have_text("A story")
    expect(page).to_have_url(re.compile("/topics$"))
    link.click()
    expect(page.locator(".mark-passage").first).to_be_visible()


def test_a_number_of_a_picture_leads_to_its_stories_and_on_to_a_search(open_page: OpenPage, database: Engine) -> None:
    page = open_page()
    page.goto("/topics")
    cell = page.locator(".heat").first.get_by_role("link", name="8", exact=True)
    cell.click()
    expect(page.get_by_role("heading", name="8 stories")).to_be_visible()
    page.get_by_role("link", name="Search for these words with the same filter").click()
    expect(page.get_by_role("link", name="Remove Year: 2021")).to_be_visible()
    page.goto("/topics")
    page.locator(".hierarchy a").first.click()
    expect(page.get_by_role("heading", name="Similar topics")).to_be_visible()


def test_axe_finds_nothing_on_the_pages_of_topics(open_page: OpenPage, database: Engine) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is missing: run `npm ci`")
    page = sign_in(open_page(width=390, color_scheme="dark"), "admin")
    with Session(database) as session:
        kitchen = overview(session).topics[0].id
    for address in ("/topics", f"/topics/{kitchen}", f"/topics/{kitchen}?year=2021", f"/topics/{kitchen}/split"):
        page.goto(address)
        assert violations(page, AXE.read_text(encoding="utf-8")) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_staff_curate_topics_and_take_everything_back(open_page: OpenPage, database: Engine) -> None:
    page = sign_in(open_page(), "admin")

    def open_topic(name: str) -> None:
        page.goto("/topics")
        page.locator(".topic-table th").get_by_role("link", name=name).click()

    def said(words: str) -> None:
        expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()

    open_topic("Kitchen")
    page.get_by_label("Name", exact=True).fill("Cooking together")
    page.get_by_label("Note").fill("Kitchens of all kinds.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Cooking together")).to_be_visible()
    expect(page.get_by_text("Kitchens of all kinds.").first).to_be_visible()

    page.get_by_role("link", name="Split by hand").click()
    page.get_by_label("Show passages with the word").fill("drawn-3")
    page.get_by_role("button", name="Show").click()
    page.locator(".picked-passages label").nth(0).click()
    page.locator(".picked-passages label").nth(1).click()
    page.get_by_label("Name of the new topic").fill("The third kitchen")
    page.get_by_role("button", name="Split off the ticked ones").click()
    expect(page.get_by_text("2 passages of 1 story")).to_be_visible()

    open_topic("The third kitchen")
    page.get_by_label("Merge into").select_option(label="Cooking together")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("40 passages of 8 stories")).to_be_visible()

    open_topic("Choir")
    page.get_by_role("button", name="Hide it").click()
    expect(page.locator(".topic-table th").get_by_role("link", name="Choir")).to_have_count(0)

    open_topic("Cooking together")
    page.get_by_label("Make it a theme").fill("Cooking for others.")
    page.get_by_role("button", name="Add to the codebook").click()
    expect(page.get_by_role("heading", name="Cooking together")).to_be_visible()
    expect(page.locator("blockquote")).not_to_have_count(0)
    page.goto("/themes")
    expect(page.get_by_role("link", name="Cooking together")).to_be_visible()

    page.goto("/topics")
    expect(page.locator("#changes ~ ul li")).to_have_count(5)
    deeds = (
        "making a topic a theme",
        "hiding or showing",
        "merging two topics",
        "splitting a topic",
        "naming a topic",
    )
    for deed in deeds:
        page.get_by_role("button", name=f"Undo the last change: {deed}").click()
        said(f"Undone: {deed}")
    expect(page.get_by_role("button", name="Undo the last change")).to_have_count(0)
    expect(page.locator(".topic-table tbody tr")).to_have_count(4)
    expect(page.locator(".topic-table th").get_by_role("link", name="Kitchen")).to_be_visible()
    expect(page.locator("#changes ~ ul .tag")).to_have_count(5)
