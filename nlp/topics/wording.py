"""The words of a topic, and a heading made of them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from nlp.search.stemmer import stem
from nlp.topics import DiscoveredTopic, Labels, TopicWord, representatives
from nlp.topics.word_choice import Candidate, ordered_words
from nlp.types import Matrix

# Words of three letters and more without digits. Of a possessive, the noun; of a contraction nothing, because
# "don" and "ve" are no words.
WORD_PATTERN = r"(?<![\w'’])[^\W\d_]{3,}(?!\w|['’](?!s\b)\w)"
_WORD = re.compile(WORD_PATTERN)

# Words that hold sentences together, in no topic more than in another.
_STOP_WORDS = (
    "about above across after afterwards again against all almost alone along already also although always among "
    "amongst and another any anyhow anyone anything anyway anywhere are around back became because become becomes "
    "been before beforehand behind being below beside besides between beyond both but can cannot could down due "
    "during each either else elsewhere enough etc even ever every everyone everything everywhere except few first "
    "for former from front full further had has have having hence her here hereby hers herself him himself his how "
    "however inc indeed into its itself last later latter least less ltd many may maybe meanwhile might mine more "
    "moreover most mostly move much must myself namely neither never nevertheless next nobody none nor not nothing "
    "now nowhere off often once only onto other others otherwise our ours ourselves out over own part per perhaps "
    "please rather same seem seemed seems several she should show side since some somehow someone something sometime "
    "sometimes somewhere still such than that the their theirs them themselves then there thereafter thereby "
    "therefore these they this those though through throughout thus together too top toward towards under until "
    "upon very via was well were what whatever when whenever where whereas whereby wherever whether which while "
    "who whoever whole whom whose why will with within without would yet you your yours yourself yourselves"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
# What people do in any story, whatever it is about, and when: on the project's own stories these words led half of
# the topics.
_STORYTELLING_WORDS = (
    "ask asked asking asks bring brought called came come comes coming day days did does doing done get "
    "gets getting given gives giving gone good got gave give going goes just kept kind knew know known "
    "knows let like long look looked looking looks lot make makes making man men mrs need needed new old one "
    "open opened people person place put really right said saw say saying says see seen sort sure take "
    "taken takes tell tells thing things think thought time times today told took turn turned turns two "
    "use used using want wanted wants way week weeks went woman women work worked working year years "
    "yes monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january "
    "february march april june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec four five six seven eight nine ten eleven twelve twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred three"
)
_STORYTELLING = frozenset(_STORYTELLING_WORDS.split())

N_WORDS = 10
N_CANDIDATES = 25
_MIN_PASSAGES_OF_A_WORD = 2


def discovered_topics(
    texts: Sequence[str],
    embeddings: Matrix,
    labels: Labels,
    *,
    stability: Mapping[int, float] | None = None,
    lemma_by_form: Mapping[str, str] | None = None,
) -> tuple[DiscoveredTopic, ...]:
    """The topics that the labels make, by number, with their words and representatives."""
    candidates = topic_candidates(texts, labels, lemma_by_form=lemma_by_form)
    topics = []
    for number, ranked in enumerate(candidates):
        words = tuple(candidate.word for candidate in ranked[:N_WORDS])
        topics.append(
            DiscoveredTopic(
                number=number,
                words=words,
                label=heading(words, number=number),
                representatives=representatives(embeddings, np.flatnonzero(labels == number)),
                stability=(stability or {}).get(number, float("nan")),
                candidates=ranked,
            )
        )
    return tuple(topics)


def topic_candidates(
    texts: Sequence[str], labels: Labels, *, lemma_by_form: Mapping[str, str] | None = None
) -> list[tuple[TopicWord, ...]]:
    """For each topic, at most N_CANDIDATES telling words; the first N_WORDS of them go together and tell it best.

    A word counts by c-TF-IDF, tf / |c| · log(1 + A / f) with A the mean number of words of a topic (Grootendorst,
    arXiv:2203.05794, eq. 3), with the logarithm squared, times the passages of the topic that hold it, so that one
    passage's many repetitions do not speak for a topic; a word of a single passage never does. The square was chosen
    on 1,200 descriptions of charities. Which of the best tell the topic: see `nlp.topics.word_choice`.
    """
    lemma_of, forms = _lemmas(texts, lemma_by_form or {})
    told = [[lemma for word in _WORD.findall(text) if (lemma := lemma_of.get(word.lower()))] for text in texts]
    n_topics = int(labels.max(initial=-1)) + 1
    counts: list[Counter[str]] = [Counter() for _ in range(n_topics + 1)]
    holders: list[Counter[str]] = [Counter() for _ in range(n_topics + 1)]
    for words, label in zip(told, labels, strict=True):
        counts[label].update(words)
        holders[label].update(set(words))
    total = sum(counts, Counter[str]())
    mean_length = total.total() / max(n_topics, 1)
    weights = {word: math.log(1 + mean_length / n) for word, n in total.items()}
    pools = [_pool(counts[number], holders[number], weights, total) for number in range(n_topics)]
    ordered = ordered_words(pools, told, n_words=N_WORDS)
    return [tuple(TopicWord(word, tuple(forms[word]), weights[word]) for word in words) for words in ordered]


def words_still_told(candidates: Sequence[TopicWord], texts: Iterable[str]) -> tuple[str, ...]:
    """A topic's words by the passages that are left of it: what none of two of them holds is not told any more."""
    _, holders = _uses(candidates, texts)
    return tuple(c.word for c in candidates if holders[c.word] >= _MIN_PASSAGES_OF_A_WORD)[:N_WORDS]


def words_of_part(candidates: Sequence[TopicWord], part: Sequence[str], rest: Sequence[str]) -> list[TopicWord]:
    """A topic's candidates that a part of it has, in the order in which they tell that part from the rest."""
    found, holders = _uses(candidates, part)
    elsewhere, _ = _uses(candidates, rest)
    held = [c for c in candidates if holders[c.word] >= _MIN_PASSAGES_OF_A_WORD]

    def telling(candidate: TopicWord) -> float:
        n = found[candidate.word]
        rate, other = n / max(len(part), 1), elsewhere[candidate.word] / max(len(rest), 1)
        return n * holders[candidate.word] * (candidate.weight * rate / (rate + other)) ** 2

    return sorted(held, key=lambda c: (-telling(c), c.word))


def _uses(candidates: Sequence[TopicWord], texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Word → how often the texts have it, and how many of them do."""
    found, holders = Counter[str](), Counter[str]()
    word_by_form = {form: candidate.word for candidate in candidates for form in candidate.forms}
    for text in texts:
        words = [word_by_form[w] for word in _WORD.findall(text) if (w := word.lower()) in word_by_form]
        found.update(words)
        holders.update(set(words))
    return found, holders


def heading(words: Sequence[str], *, number: int) -> str:
    """Two or three words as people would write them above a list: "Kitchen, meals and volunteers"."""
    first = words[:3]
    if not first:
        return f"Topic {number + 1}"
    joined = " and ".join([", ".join(first[:-1]), first[-1]]) if len(first) > 1 else first[0]
    return joined[0].upper() + joined[1:]


def _lemmas(texts: Iterable[str], lemma_by_form: Mapping[str, str]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Form → the word that stands for it, and word → its forms.

    A word that is never written small is a name, and a topic says what stories speak of, not who is in them; who
    asked not to be named must not be met in a heading. Forms of one stem are one word: the most frequent of them,
    or of those that the pipeline gives one dictionary form; it gives none to what tells nothing.
    """
    n_by_form = Counter(word for text in texts for word in _WORD.findall(text) if word == word.lower())
    by_stem: dict[str, list[str]] = {}
    for form, _ in n_by_form.most_common():
        lemma = lemma_by_form.get(form, form)
        if lemma and not {form, lemma} & (STOP_WORDS | _STORYTELLING):
            by_stem.setdefault(stem(lemma), []).append(form)
    forms: dict[str, list[str]] = {}
    for written in by_stem.values():
        # The commonest form is how people write it: "volunteers", where the dictionary has "volunteer".
        forms[written[0]] = written
    return {form: word for word, written in forms.items() for form in written}, forms


def _pool(
    counts: Counter[str], holders: Counter[str], weights: Mapping[str, float], total: Counter[str]
) -> list[Candidate]:
    """A topic's N_CANDIDATES best words, best first."""
    found = [
        Candidate(word, n * weights[word] ** 2 * holders[word], n / total[word])
        for word, n in counts.items()
        if holders[word] >= _MIN_PASSAGES_OF_A_WORD
    ]
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.word))[:N_CANDIDATES]
