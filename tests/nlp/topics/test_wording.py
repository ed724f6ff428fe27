import numpy as np

from nlp.topics.wording import heading, telling_words, topic_vocabulary


def vocabulary_of(*texts: str) -> list[str]:
    return topic_vocabulary(texts, stop_words={"the", "and", "that"})


def test_stop_words_and_what_people_do_in_any_story_tell_no_topic() -> None:
    assert vocabulary_of("People said that the hall took in soup and bread on monday.") == [
        "bread",
        "hall",
        "soup",
    ]


def test_a_word_that_is_never_written_small_is_taken_for_a_name() -> None:
    assert vocabulary_of("Soup and Bexley. Bexley liked the soup.") == ["liked", "soup"]


def test_words_keep_their_accents_and_lose_their_possessive() -> None:
    assert vocabulary_of("the café’s kitchen, the vicar's hat") == ["café", "hat", "kitchen", "vicar"]


def test_no_part_of_a_contraction_becomes_a_word() -> None:
    assert vocabulary_of("they've, shouldn't, don’t, we'll and 40kg of rice") == ["rice"]


def test_a_word_of_one_passage_never_tells_a_topic() -> None:
    words = telling_words(["badger", "kitchen"], np.array([9.0, 0.1]), np.array([1, 5]))
    assert words == ("kitchen",)


def test_words_of_many_passages_come_before_words_repeated_in_few() -> None:
    words = telling_words(["rope", "soup"], np.array([0.5, 0.3]), np.array([2, 8]))
    assert words == ("soup", "rope")


def test_of_two_forms_of_a_word_the_more_telling_stays() -> None:
    words = telling_words(["meal", "meals", "soup"], np.array([0.2, 0.5, 0.3]), np.array([4, 4, 4]))
    assert words == ("meals", "soup")


def test_a_heading_reads_as_people_would_write_it() -> None:
    assert heading(("kitchen", "meals", "volunteers", "rice"), number=0) == "Kitchen, meals and volunteers"
    assert heading(("kitchen", "meals"), number=0) == "Kitchen and meals"


def test_a_topic_without_words_is_called_by_its_number_as_people_count() -> None:
    assert heading((), number=0) == "Topic 1"
