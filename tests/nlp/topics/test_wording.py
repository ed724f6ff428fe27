import numpy as np

from nlp.topics import TopicWord
from nlp.topics.wording import heading, topic_candidates, words_of_part, words_still_told


def words_of(*texts: str, lemmas: dict[str, str] | None = None) -> list[str]:
    """The words that tell a topic of these passages, each of which is there twice, in alphabetical order."""
    [candidates] = topic_candidates([*texts, *texts], np.zeros(2 * len(texts), dtype=np.int64), lemma_by_form=lemmas)
    return sorted(candidate.word for candidate in candidates)


def test_stop_words_and_what_people_do_in_any_story_tell_no_topic() -> None:
    assert words_of("People said that the hall took in soup and bread on monday.") == ["bread", "hall", "soup"]


def test_a_word_that_is_never_written_small_is_taken_for_a_name() -> None:
    assert words_of("Soup and Bexley. Bexley liked the soup.") == ["liked", "soup"]


def test_words_keep_their_accents_and_lose_their_possessive() -> None:
    assert words_of("the café’s kitchen, the vicar's hat") == ["café", "hat", "kitchen", "vicar"]


def test_no_part_of_a_contraction_becomes_a_word() -> None:
    assert words_of("they've, shouldn't, don’t, we'll and 40kg of rice") == ["rice"]


def test_forms_with_one_lemma_are_one_word_as_people_write_it_most() -> None:
    assert words_of("mice and mice and a mouse", lemmas={"mice": "mouse"}) == ["mice"]


def test_a_word_without_a_dictionary_form_tells_no_topic() -> None:
    assert words_of("soup left and stood", lemmas={"left": "", "stood": ""}) == ["soup"]


def test_a_word_of_one_passage_never_tells_a_topic() -> None:
    labels = np.zeros(3, dtype=np.int64)
    [candidates] = topic_candidates(["badger badger kitchen", "kitchen", "kitchen"], labels)
    assert [candidate.word for candidate in candidates] == ["kitchen"]


def test_a_word_of_every_topic_comes_behind_a_word_of_one() -> None:
    texts = ["soup hall"] * 4 + ["books hall"] * 4 + ["nothing at all"] * 2
    first, second = topic_candidates(texts, np.array([0] * 4 + [1] * 4 + [-1] * 2))
    assert [candidate.word for candidate in first] == ["soup", "hall"]
    assert [candidate.word for candidate in second] == ["books", "hall"]


def test_what_is_told_follows_the_passages_that_are_left() -> None:
    candidates = [TopicWord("secret", ("secret",), 2.0), TopicWord("meal", ("meal", "meals"), 1.0)]
    assert words_still_told(candidates, ["Meals here", "a meal there", "one secret"]) == ("meal",)
    assert words_still_told(candidates, []) == ()


def test_a_heading_reads_as_people_would_write_it() -> None:
    assert heading(("kitchen", "meals", "volunteers", "rice"), number=0) == "Kitchen, meals and volunteers"
    assert heading(("kitchen", "meals"), number=0) == "Kitchen and meals"


def test_a_topic_without_words_is_called_by_its_number_as_people_count() -> None:
    assert heading((), number=0) == "Topic 1"


def test_a_part_of_a_topic_is_told_by_what_the_rest_has_less_of() -> None:
    candidates = [TopicWord(word, (word,), 1.0) for word in ("kitchen", "soup", "oven")]
    part, rest = ["kitchen and oven"] * 3, ["kitchen and soup"] * 3
    assert [c.word for c in words_of_part(candidates, part, rest)] == ["oven", "kitchen"]
    assert [c.word for c in words_of_part(candidates, rest, part)] == ["soup", "kitchen"]
