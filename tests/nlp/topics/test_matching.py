from nlp.topics.matching import RunTopic, match_topics

EAST, NORTH, UP = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


def test_a_topic_that_comes_again_under_another_number_is_kept() -> None:
    old = [RunTopic(range(10), EAST), RunTopic(range(10, 20), NORTH)]
    new = [RunTopic(range(10, 21), NORTH), RunTopic(range(9), EAST)]
    found = match_topics(old, new)
    assert found.kept == {0: 1, 1: 0}
    assert [found.fate(0), found.fate(1)] == ["kept", "kept"]
    assert found.vanished == ()


def test_a_topic_of_passages_that_were_in_none_is_new_and_one_not_found_again_has_vanished() -> None:
    old = [RunTopic(range(10), EAST), RunTopic(range(10, 20), NORTH)]
    found = match_topics(old, [RunTopic(range(10), EAST), RunTopic(range(30, 40), UP)])
    assert (found.fate(1), found.vanished) == ("new", (1,))


def test_of_a_topic_that_was_split_the_larger_part_keeps_its_name() -> None:
    found = match_topics([RunTopic(range(20), EAST)], [RunTopic(range(13, 20), EAST), RunTopic(range(13), EAST)])
    assert found.kept == {1: 0}
    assert (found.fate(0), found.fate(1)) == ("split", "kept")
    assert found.sources[0] == (0,)


def test_of_two_topics_that_became_one_the_larger_goes_on() -> None:
    old = [RunTopic(range(14), EAST), RunTopic(range(14, 20), EAST)]
    found = match_topics(old, [RunTopic(range(20), EAST)])
    assert (found.kept, found.vanished) == ({0: 0}, (1,))
    assert found.fate(0) == "merged"


def test_middles_of_different_models_are_not_compared() -> None:
    old, new = [RunTopic(range(10), EAST)], [RunTopic(range(3, 10), NORTH)]
    assert match_topics(old, new, same_space=False).kept == {0: 0}


def test_a_first_run_has_nothing_to_be_matched_with() -> None:
    assert match_topics([], [RunTopic(range(10), EAST)]).fate(0) == "new"
