"""The words of topics, by the passages that may be read today."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from nlp.topics import TopicWord
from nlp.topics.wording import words_still_told
from webapp.models import Passage, Revision, Story, Topic, TopicAssignment
from webapp.services.access import ANYBODY, audience_for, visible_to
from webapp.services.topic_runs import is_current, without_names


def told_words(topic: Topic, texts: Iterable[str]) -> tuple[str, ...]:
    """The topic's words as far as two of the texts hold them, those that it has first."""
    place = {word: position for position, word in enumerate(topic.words)}
    candidates = sorted(candidates_of(topic), key=lambda c: place.get(c.word, len(place)))
    return words_still_told(candidates, texts)


def candidates_of(topic: Topic) -> list[TopicWord]:
    """What the topic's words were chosen from when it was found, the ten first."""
    return [TopicWord(word, tuple(forms), weight) for word, forms, weight in topic.candidates]


def topic_texts(session: Session, topic_ids: Sequence[int]) -> list[str]:
    """The passages of the topics that anybody may read today, without the names in them."""
    query = (
        select(Passage.revision_id, Passage.start, Passage.end)
        .join(TopicAssignment, col(TopicAssignment.passage_id) == col(Passage.id))
        .join(Revision, col(Passage.revision_id) == col(Revision.id))
        .join(Story, is_current())
        .where(col(TopicAssignment.topic_id).in_(topic_ids), visible_to(audience_for(ANYBODY)))
    )
    rows = session.exec(query).all()
    texts = without_names(session, {revision_id for revision_id, _, _ in rows})
    return [texts[revision_id][start:end] for revision_id, start, end in rows if revision_id in texts]
