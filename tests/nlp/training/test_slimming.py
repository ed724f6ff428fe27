from nlp.training.slimming import NO_TREE, without_unused_trees


def test_only_the_trees_that_labels_reach_are_kept_and_found_under_new_numbers() -> None:
    unused, ending, shared = {"orig": 1, "subst": 2}, {"orig": 3, "subst": 4}, {"orig": 5, "subst": 6}
    inner = {"prefix_len": 1, "suffix_len": 0, "prefix_tree": NO_TREE, "suffix_tree": 1}
    outer = {"prefix_len": 2, "suffix_len": 1, "prefix_tree": 3, "suffix_tree": 2}
    trees, labels = without_unused_trees([unused, ending, shared, inner, outer, unused], [4, 2, 1])
    assert unused not in trees
    assert [trees[label] for label in labels[1:]] == [shared, ending]
    told = trees[labels[0]]
    assert trees[told["suffix_tree"]] == shared
    assert trees[trees[told["prefix_tree"]]["suffix_tree"]] == ending
    assert trees[told["prefix_tree"]]["prefix_tree"] == NO_TREE
