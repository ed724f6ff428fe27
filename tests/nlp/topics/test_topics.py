import pytest

from nlp.topics import MIN_DOCUMENTS, MIN_PASSAGES, TooFewPassages, open_topic_model, require_enough
from nlp.topics.agreement import adjusted_rand_index


def test_enough_passages_of_enough_stories_are_taken_without_a_word() -> None:
    require_enough(n_passages=MIN_PASSAGES, n_documents=MIN_DOCUMENTS)
    require_enough(n_passages=MIN_PASSAGES)


def test_too_few_passages_are_refused_with_how_many_it_takes() -> None:
    with pytest.raises(TooFewPassages, match=r"There are 30 passages from 1 story, too few .* at least 100 passages"):
        require_enough(n_passages=30, n_documents=1)


def test_many_passages_of_few_stories_are_too_few() -> None:
    with pytest.raises(TooFewPassages, match=r"from 14 stories, too few .* at least 25 stories"):
        require_enough(n_passages=500, n_documents=14)


def test_an_unknown_topic_model_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match=r"no topic model 'lda'\. Use 'consensus', 'bertopic' or 'nmf'"):
        open_topic_model("lda")


def test_the_rand_index_is_that_of_its_authors_example() -> None:
    # Hubert and Arabie's index for the two cuts of six that scikit-learn's documentation works out: 0.24.
    assert adjusted_rand_index([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) == pytest.approx(0.2424, abs=1e-4)
    assert adjusted_rand_index([0, 0, 1, 1], [5, 5, 3, 3]) == 1
