import numpy as np

from nlp.components.repurposing import LEAST_SCORE
from nlp.embedding.hashing import HashingEmbedder
from nlp.likelihood import ChangeLikelihood, load_weights
from nlp.training.likelihood import fit_logistic
from nlp.types import Repurposing, Span


def event(score: float) -> Repurposing:
    return Repurposing(to=Span(0, 4, "café"), sentence=Span(0, 9, "café now."), score=score)


def test_without_weights_for_the_embedder_the_rules_scores_decide() -> None:
    sure, unsure = event(LEAST_SCORE), event(LEAST_SCORE - 0.01)
    assert ChangeLikelihood(HashingEmbedder()).likely([sure, unsure]) == (sure,)


def test_the_weights_fit_the_embedding_model_that_they_name() -> None:
    weights = load_weights()
    assert weights.sentence.shape == (385,)
    assert "minilm" in weights.embedding_name.lower()


def test_the_regression_finds_the_side_of_a_line() -> None:
    features = np.array([[-2.0], [-1.0], [1.0], [2.0]])
    weights = fit_logistic(features, np.array([False, False, True, True]), 0.1)
    assert weights[0] > 0
    assert abs(weights[1]) < 1e-6
