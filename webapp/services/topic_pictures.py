"""What the explorer draws: a map of passages, and topics by year, region and theme. Each is a table first."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from sqlmodel import Session, col, select

from webapp.models import Coding, Passage, Revision, Story, Theme, Topic, TopicAssignment, TopicRun
from webapp.services.access import ANYBODY, audience_for, visible_to
from webapp.services.periods import years_of
from webapp.services.places import place_names
from webapp.services.topic_identity import roots
from webapp.services.topic_runs import is_current

MAX_POINTS = 10_000
HEAT_STEPS = 5
_MOST_COLUMNS = 12
COLOURS = 12
"""How many colours the map tells topics apart by; the sheet `topics.css` has as many."""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A passage on the map. x, y: in [0, 1]. topic: identity, 0 for none."""

    passage_id: int
    x: float
    y: float
    topic: int


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Stories by topic and by one thing more."""

    columns: tuple[tuple[str, str], ...]
    """(value, what it is called)."""
    counts: Mapping[tuple[int, str], int]
    """(topic's identity, value) → stories."""

    def heat(self, topic: int, value: str) -> int:
        """How full a cell is beside the fullest of its topic, from 0 to HEAT_STEPS."""
        fullest = max((n for (row, _), n in self.counts.items() if row == topic), default=0)
        n = self.counts.get((topic, value), 0)
        return -(-n * HEAT_STEPS // fullest) if n else 0


@dataclass(frozen=True, slots=True)
class Join:
    """Two topics, or groups of them, that lie nearest; distance: 1 - cosine of their middles."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    distance: float


def colour_by_topic(topics: Iterable[int]) -> dict[int, int]:
    """Topic → its colour, from 1; the first ones get different ones."""
    return {topic: position % COLOURS + 1 for position, topic in enumerate(topics)}


def map_points(session: Session, run: TopicRun, *, limit: int = MAX_POINTS) -> list[MapPoint]:
    """The passages that anybody may read today; a random part of them, always the same, if there are more."""
    query = (
        select(TopicAssignment.passage_id, TopicAssignment.x, TopicAssignment.y, Topic.identity_id)
        .join(Passage, col(TopicAssignment.passage_id) == col(Passage.id))
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .outerjoin(Topic, col(TopicAssignment.topic_id) == col(Topic.id))
        .where(
            TopicAssignment.run_id == run.row_id,
            col(TopicAssignment.x).is_not(None),
            visible_to(audience_for(ANYBODY)),
        )
        .order_by(col(TopicAssignment.passage_id))
    )
    rows = list(session.exec(query))
    if len(rows) > limit:
        rows = random.Random(run.row_id).sample(rows, limit)
    root_of = roots(session)
    return [MapPoint(passage, x or 0.0, y or 0.0, root_of.get(identity or 0, 0)) for passage, x, y, identity in rows]


def cross_tables(session: Session, run: TopicRun) -> dict[str, CrossTable]:
    """'year', 'region' and 'theme' → stories by topic and that."""
    topics_by_story = _topics_by_story(session, run)
    stories = list(session.exec(select(Story).where(col(Story.id).in_(topics_by_story)))) if topics_by_story else []
    themes = theme_keys_by_story(session, list(topics_by_story))
    names = dict(session.exec(select(Theme.key, Theme.name)).all())
    values = {
        "year": {story.row_id: years_of(story.period) for story in stories},
        "region": {story.row_id: [region] for story in stories if (region := region_of(story))},
        "theme": themes,
    }
    made = {}
    for name, by_story in values.items():
        counts = Counter(
            (topic, value) for story, topics in topics_by_story.items() for topic in topics
            for value in by_story.get(story, ())
        )  # fmt: skip
        made[name] = CrossTable(_columns(name, counts, names), counts)
    return made


def region_of(story: Story) -> str:
    """The path of the story's region or nation, as search filters by it; '' if it has none."""
    names, place = place_names(story.public_place), story.public_place
    while place is not None and place.name != names.get("region"):
        place = place.parent
    return place.path if place is not None else ""


def theme_keys_by_story(session: Session, story_ids: Sequence[int]) -> dict[int, list[str]]:
    """Story → the keys of its themes, confirmed or suggested."""
    query = (
        select(Story.id, Theme.key)
        .join(Revision, is_current())
        .join(Coding, col(Coding.revision_id) == col(Revision.id))
        .join(Theme, col(Coding.theme_id) == col(Theme.id))
        .where(visible_to(audience_for(ANYBODY)), Coding.status != "rejected", col(Theme.is_retired).is_(False))
        .distinct()
    )
    wanted = set(story_ids)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for story_id, key in session.exec(query):
        if story_id in wanted:
            found[story_id or 0].append(key)
    return dict(found)


def theme_pairs(session: Session, *, limit: int = 20) -> list[tuple[Theme, Theme, int]]:
    """Themes that stories share, most often together first: what can be shown where topics cannot be discovered."""
    query = select(Story.id).where(visible_to(audience_for(ANYBODY)))
    by_story = theme_keys_by_story(session, [row for row in session.exec(query) if row is not None])
    pairs = Counter(pair for keys in by_story.values() for pair in combinations(sorted(set(keys)), 2))
    themes = {theme.key: theme for theme in session.exec(select(Theme))}
    return [(themes[a], themes[b], n) for (a, b), n in pairs.most_common(limit)]


def joins(session: Session, run: TopicRun) -> list[Join]:
    """The hierarchy of the run's topics, nearest first; those that people merged count as one."""
    root_of = roots(session)
    topics = session.exec(select(Topic).where(Topic.run_id == run.row_id).order_by(col(Topic.number))).all()
    groups: list[tuple[int, ...]] = [(root_of[topic.identity_id],) for topic in topics]
    first = {topic.number: index for index, topic in enumerate(topics)}
    n_made = len(run.hierarchy) + 1
    # The hierarchy counts the topics of the fit; those that people split off later are in none of its joins.
    members = {number: groups[first[number]] for number in range(n_made) if number in first}
    found = []
    for position, (a, b, distance) in enumerate(run.hierarchy):
        left, right = members.get(int(a), ()), members.get(int(b), ())
        members[n_made + position] = tuple(dict.fromkeys(left + right))
        if left and right and set(left) != set(right):
            found.append(Join(left, right, distance))
    return found


def similar_topics(session: Session, run: TopicRun, identity_id: int, *, limit: int = 5) -> list[tuple[int, float]]:
    """(identity, cosine of the middles) of the topics nearest to one, without those that are hidden in another."""
    root_of = roots(session)
    best: dict[int, float] = {}
    topics = session.exec(select(Topic).where(Topic.run_id == run.row_id)).all()
    own = [np.frombuffer(t.middle, "<f4") for t in topics if root_of[t.identity_id] == identity_id]
    for topic in topics:
        root = root_of[topic.identity_id]
        if root != identity_id and own:
            cosine = max(float(np.frombuffer(topic.middle, "<f4") @ middle) for middle in own)
            best[root] = max(best.get(root, -1.0), cosine)
    return sorted(best.items(), key=lambda found: -found[1])[:limit]


def _topics_by_story(session: Session, run: TopicRun) -> dict[int, set[int]]:
    query = (
        select(Story.id, Topic.identity_id)
        .select_from(TopicAssignment)
        .join(Topic, col(TopicAssignment.topic_id) == col(Topic.id))
        .join(Passage, col(TopicAssignment.passage_id) == col(Passage.id))
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(TopicAssignment.run_id == run.row_id, visible_to(audience_for(ANYBODY)))
        .distinct()
    )
    root_of = roots(session)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for story_id, identity_id in session.exec(query):
        found[story_id or 0].add(root_of[identity_id])
    return dict(found)


def _columns(
    name: str, counts: Mapping[tuple[int, str], int], theme_names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    totals: Counter[str] = Counter()
    for (_, value), n in counts.items():
        totals[value] += n
    if name == "year":
        return tuple((year, year) for year in sorted(totals)[-_MOST_COLUMNS:])
    most = [value for value, _ in totals.most_common(_MOST_COLUMNS)]
    if name == "region":
        return tuple((path, path.rsplit(" / ", 1)[-1]) for path in sorted(most))
    return tuple((key, theme_names.get(key, key)) for key in most)
