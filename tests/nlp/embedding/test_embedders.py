"""What every embedder promises, asked of each one."""

import numpy as np
import pytest

from nlp.embedding import Embedder, open_embedder


@pytest.fixture(scope="module", params=["hashing", "minilm"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return open_embedder(request.param)


def test_it_is_an_embedder_and_knows_its_name(embedder: Embedder, request: pytest.FixtureRequest) -> None:
    assert isinstance(embedder, Embedder)
    assert embedder.name in request.node.name


def test_no_texts_give_no_rows_of_the_right_width(embedder: Embedder) -> None:
    rows = embedder.embed([])
    assert rows.shape == (0, embedder.dimension)
    assert rows.dtype == np.float32


def test_rows_are_unit_length_whatever_the_text(embedder: Embedder) -> None:
    texts = [
        "",
        " ",
        "🙂",
        "12345",
        "a" * 5000,
        "word " * 2000,
        "\x00\x07",
        "ÉCOLE",
        "漢字",
        "...",
        "plain words",
    ]
    rows = embedder.embed(texts)
    assert rows.shape == (len(texts), embedder.dimension)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-4)


def test_rows_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    texts = [("long " * (40 - i)) + str(i) for i in range(40)]
    together = embedder.embed(texts)
    alone = np.vstack([embedder.embed([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-4)


def test_the_nearer_text_is_nearer(embedder: Embedder) -> None:
    query, near, far = embedder.embed(["a community kitchen", "the community kitchen", "rust on a bicycle chain"])
    assert query @ near > query @ far
