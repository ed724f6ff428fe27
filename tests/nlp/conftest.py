from collections.abc import Callable

import pytest

from nlp.embedding.hashing import HashingEmbedder
from nlp.pipeline import Pipeline, load_pipeline
from nlp.types import Analysis, Theme

FOOD = Theme(
    "food",
    "Food",
    "Getting food to people, growing it, or cooking it together.",
    cues=("food bank", "pantry", "soup", "cook", "café"),
    examples=("Forty parcels went out on Thursday with a tin of something.",),
)
TRANSPORT = Theme("transport", "Transport", "Getting people from place to place.", cues=("bus", "minibus", "train"))


@pytest.fixture(scope="session")
def small_codebook() -> tuple[Theme, ...]:
    return FOOD, TRANSPORT


@pytest.fixture(scope="session")
def pipeline(small_codebook: tuple[Theme, ...]) -> Pipeline:
    return load_pipeline("builtin", embedder=HashingEmbedder(), codebook=small_codebook)


@pytest.fixture(scope="session")
def by_rules_alone(small_codebook: tuple[Theme, ...]) -> Pipeline:
    """Without a trained model beneath the rules."""
    return load_pipeline("blank", embedder=HashingEmbedder(), codebook=small_codebook)


@pytest.fixture(scope="session")
def analyse(pipeline: Pipeline) -> Callable[[str], Analysis]:
    def analyse_one(text: str) -> Analysis:
        [analysis] = pipeline.analyse([text])
        return analysis

    return analyse_one
