import pytest

from nlp.topics import MIN_DOCUMENTS, MIN_PASSAGES, TooFewPassages, open_topic_model, require_enough


def test_enough_passages_of_enough_stories_are_taken_without_a_word() -> None:
    require_enough(n_passages=MIN_PASSAGES, n_documents=MIN_DOCUMENTS)
    require_enough(n_passages=MIN_PASSAGES)


def test_too_few_passages_are_refused_with_how_many_it_takes() -> None:
    with pytest.raises(TooFewPassages, match=r"There are 30 passages from 1 story, too few .* at least 100 passages"):
        require_enough(n_passages=30, n_documents=1)


def test_many_passages_of_few_stories_are_too_few() -> None:
    with pytest.raises(TooFewPassages, match=r"from 14 stories, too few .* at least 15 stories"):
        require_enough(n_passages=500, n_documents=14)


def test_an_unknown_topic_model_is_refused_with_the_one_that_exists() -> None:
    with pytest.raises(ValueError, match=r"no topic model 'lda'\. Use 'bertopic'"):
        open_topic_model("lda")
