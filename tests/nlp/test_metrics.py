"""Measures of rankings, against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest

from nlp.metrics import mean_over_queries, ndcg_at_k, recall_at_k, reciprocal_rank

GRADES = {"a": 3, "b": 2, "c": 0}


def test_ndcg_of_the_ideal_order_is_one() -> None:
    assert ndcg_at_k(["a", "b", "c"], GRADES, k=10) == 1.0
    assert ndcg_at_k(["a", "b"], GRADES, k=10, gain="linear") == 1.0


def test_ndcg_discounts_by_rank_and_gains_by_grade() -> None:
    ideal = 7 + 3 / math.log2(3)
    assert ndcg_at_k(["b", "x", "a"], GRADES, k=3) == pytest.approx((3 + 7 / 2) / ideal)
    linear = 3 + 2 / math.log2(3)
    assert ndcg_at_k(["b", "x", "a"], GRADES, k=3, gain="linear") == pytest.approx((2 + 3 / 2) / linear)


def test_ndcg_looks_no_further_than_k() -> None:
    assert ndcg_at_k(["x", "a"], GRADES, k=1) == 0.0


def test_reciprocal_rank_is_of_the_first_relevant_id() -> None:
    assert reciprocal_rank(["c", "b", "a"], GRADES) == 0.5
    assert reciprocal_rank(["c"], GRADES) == 0.0


def test_recall_counts_relevant_ids_only() -> None:
    assert recall_at_k(["c", "b"], GRADES, k=2) == 0.5
    assert recall_at_k(["c", "b"], GRADES, k=1) == 0.0
    assert recall_at_k(["c"], {"c": 0}, k=1) == 0.0


def test_a_query_missing_from_the_run_scores_zero() -> None:
    assert mean_over_queries(reciprocal_rank, {"q1": ["a"]}, {"q1": GRADES, "q2": GRADES}) == 0.5
    assert mean_over_queries(reciprocal_rank, {}, {}) == 0.0
