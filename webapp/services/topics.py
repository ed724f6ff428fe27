"""Topics as people see them: by what anybody may read on the website today, under the names that people gave."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from nlp.topics.wording import heading
from webapp.errors import NotFound
from webapp.models import Passage, Revision, Story, Theme, Topic, TopicAssignment, TopicIdentity, TopicRun
from webapp.services.access import ANYBODY, audience_for, visible_to
from webapp.services.periods import years_of
from webapp.services.topic_identity import roots
from webapp.services.topic_keeping import standing_of
from webapp.services.topic_pictures import region_of, theme_keys_by_story
from webapp.services.topic_runs import is_current, standing_run
from webapp.services.topic_words import told_words, topic_texts


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic with all that people merged into it."""

    id: int
    """Of its identity: what its address is made of."""
    name: str
    words: tuple[str, ...]
    n_passages: int
    n_stories: int
    stability: float | None
    fate: str
    note: str
    is_hidden: bool
    is_named: bool
    """Did people name it?"""
    theme: Theme | None
    topic_ids: tuple[int, ...]
    """The run's own topics that it is made of, its own first."""


@dataclass(frozen=True, slots=True)
class TopicOverview:
    """What the explorer shows of the standing run."""

    run_id: int
    made_at: datetime
    topics: tuple[ShownTopic, ...]
    """Largest first; hidden ones are left out."""
    hidden: tuple[ShownTopic, ...]
    n_passages: int
    n_stories: int
    n_stories_in_topics: int
    outlier_share: float
    stability: float | None
    reasons_for_a_new_run: tuple[str, ...]


def overview(session: Session) -> TopicOverview | None:
    """The standing run, or None if there is none."""
    run = standing_run(session)
    if run is None:
        return None
    shown = shown_topics(session, run)
    standing = standing_of(session, run)
    n_passages, n_stories = _extent(session, run, in_topics=False)
    return TopicOverview(
        run_id=run.row_id,
        made_at=run.created_at,
        topics=tuple(topic for topic in shown if not topic.is_hidden),
        hidden=tuple(topic for topic in shown if topic.is_hidden),
        n_passages=n_passages,
        n_stories=n_stories,
        n_stories_in_topics=_extent(session, run, in_topics=True)[1],
        outlier_share=standing.outlier_share,
        stability=run.stability,
        reasons_for_a_new_run=standing.reasons,
    )


def shown_topics(session: Session, run: TopicRun) -> list[ShownTopic]:
    """The topics that have a passage that anybody may read today, largest first."""
    root_of = roots(session)
    groups: defaultdict[int, list[Topic]] = defaultdict(list)
    for topic in session.exec(select(Topic).where(Topic.run_id == run.row_id).order_by(col(Topic.number))):
        groups[root_of[topic.identity_id]].append(topic)
    visible, stored = _counts(session, run, visible_only=True), _counts(session, run, visible_only=False)
    identities = {row.row_id: row for row in session.exec(select(TopicIdentity))}
    themes = {theme.id: theme for theme in session.exec(select(Theme))}
    shown = []
    for root, topics in groups.items():
        ids = [topic.row_id for topic in topics]
        if not any(visible.get(topic_id) for topic_id in ids):
            continue
        is_whole = all(visible.get(i) == stored.get(i) for i in ids)
        words = _words(session, topics, is_whole=is_whole)
        shown.append(_shown(identities[root], topics, words, visible, _n_stories(session, ids), themes))
    return sorted(shown, key=lambda topic: (-topic.n_passages, topic.id))


def topic_by_id(session: Session, identity_id: int) -> ShownTopic:
    """One topic of the standing run; of one that was merged, the one that it went into. NotFound if there is none."""
    run = standing_run(session)
    root = roots(session).get(identity_id)
    found = next((t for t in shown_topics(session, run) if t.id == root), None) if run else None
    if found is None:
        raise NotFound(f"The latest run has no topic {identity_id}: it vanished, or all its stories were taken back.")
    return found


def stories_of(
    session: Session, topic_ids: Sequence[int], *, region: str = "", year: str = "", theme: str = ""
) -> list[Story]:
    """The stories of a topic that anybody may read today, newest first, narrowed as the pictures' cells are."""
    query = (
        select(Story)
        .join(Revision, is_current())
        .join(Passage, col(Passage.revision_id) == col(Revision.id))
        .join(TopicAssignment, col(TopicAssignment.passage_id) == col(Passage.id))
        .where(col(TopicAssignment.topic_id).in_(topic_ids), visible_to(audience_for(ANYBODY)))
        .order_by(col(Story.published_at).desc(), col(Story.id))
    )
    stories = list({story.row_id: story for story in session.exec(query)}.values())
    themes = theme_keys_by_story(session, [s.row_id for s in stories]) if theme else {}
    return [
        story
        for story in stories
        if (not region or region_of(story) == region)
        and (not year or year in years_of(story.period))
        and (not theme or theme in themes.get(story.row_id, ()))
    ]


def _words(session: Session, topics: Sequence[Topic], *, is_whole: bool) -> tuple[str, ...]:
    """As stored, if all that they were taken from may still be read and nothing was merged."""
    if is_whole and len(topics) == 1:
        return tuple(topics[0].words)
    ranked: dict[str, None] = {}
    for topic in topics:
        words = topic.words if is_whole else told_words(topic, topic_texts(session, [topic.row_id]))
        ranked.update(dict.fromkeys(words))
    return tuple(ranked)[:10] if len(topics) == 1 else _interleaved([t.words for t in topics], ranked)


def _interleaved(lists: Sequence[Sequence[str]], allowed: dict[str, None]) -> tuple[str, ...]:
    """The first words of each, then the second ones, …"""
    depth = max(len(words) for words in lists)
    mixed = [words[i] for i in range(depth) for words in lists if i < len(words) and words[i] in allowed]
    return tuple(dict.fromkeys(mixed))[:10]


def _shown(
    identity: TopicIdentity,
    topics: Sequence[Topic],
    words: tuple[str, ...],
    visible: dict[int, int],
    n_stories: int,
    themes: dict[int | None, Theme],
) -> ShownTopic:
    first = next((topic for topic in topics if topic.identity_id == identity.row_id), topics[0])
    weights = [(topic.stability, topic.n_passages) for topic in topics if topic.stability is not None]
    total = sum(n for _, n in weights)
    return ShownTopic(
        id=identity.row_id,
        name=identity.name or heading(words, number=identity.row_id - 1),
        words=words,
        n_passages=sum(visible.get(topic.row_id, 0) for topic in topics),
        n_stories=n_stories,
        stability=sum(s * n for s, n in weights) / total if total else None,
        fate=first.fate,
        note=identity.note,
        is_hidden=identity.is_hidden,
        is_named=bool(identity.name),
        theme=themes.get(identity.theme_id) if identity.theme_id else None,
        topic_ids=(first.row_id, *(topic.row_id for topic in topics if topic is not first)),
    )


def _counts(session: Session, run: TopicRun, *, visible_only: bool) -> dict[int, int]:
    """The run's topic → its passages."""
    query = (
        select(TopicAssignment.topic_id, func.count())
        .where(TopicAssignment.run_id == run.row_id)
        .group_by(col(TopicAssignment.topic_id))
    )
    if visible_only:
        query = (
            query.join(Passage, col(TopicAssignment.passage_id) == col(Passage.id))
            .join(Revision, col(Passage.revision_id) == col(Revision.id))
            .join(Story, is_current())
            .where(visible_to(audience_for(ANYBODY)))
        )
    return {topic_id: n for topic_id, n in session.exec(query) if topic_id is not None}


def _n_stories(session: Session, topic_ids: Sequence[int]) -> int:
    query = (
        select(func.count(func.distinct(Story.id)))
        .select_from(TopicAssignment)
        .join(Passage, col(TopicAssignment.passage_id) == col(Passage.id))
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(col(TopicAssignment.topic_id).in_(topic_ids), visible_to(audience_for(ANYBODY)))
    )
    return int(session.exec(query).one())


def _extent(session: Session, run: TopicRun, *, in_topics: bool) -> tuple[int, int]:
    """(passages, stories) that the run covers."""
    query = (
        select(func.count(), func.count(func.distinct(Story.id)))
        .select_from(TopicAssignment)
        .join(Passage, col(TopicAssignment.passage_id) == col(Passage.id))
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(TopicAssignment.run_id == run.row_id, visible_to(audience_for(ANYBODY)))
    )
    if in_topics:
        query = query.where(col(TopicAssignment.topic_id).is_not(None))
    n_passages, n_stories = session.exec(query).one()
    return int(n_passages), int(n_stories)
