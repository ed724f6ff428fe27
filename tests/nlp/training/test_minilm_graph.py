from pathlib import Path

import pytest

from nlp.embedding.onnx_minilm import GRAPH_PATH

onnx = pytest.importorskip("onnx")


def test_the_committed_graph_equals_a_fresh_build(tmp_path: Path) -> None:
    from nlp.training.minilm_graph import write_graph

    write_graph(tmp_path / "fresh.onnx")
    assert (tmp_path / "fresh.onnx").read_bytes() == GRAPH_PATH.read_bytes()
