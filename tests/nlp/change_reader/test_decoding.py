import numpy as np

from nlp.change_reader.decoding import best_span, spans_of

OUTSIDE, BEGIN, INSIDE = np.eye(3, dtype=np.float32) * 5


def test_the_likeliest_tags_give_whole_spans() -> None:
    logits = np.stack([OUTSIDE, BEGIN, INSIDE, OUTSIDE, BEGIN])
    assert spans_of(logits) == [(1, 3), (4, 5)]


def test_inside_without_begin_is_never_read() -> None:
    weak = np.array([0.0, 4.0, 5.0], dtype=np.float32)
    assert spans_of(np.stack([OUTSIDE, weak, OUTSIDE])) == [(1, 2)]


def test_the_best_span_is_told_with_how_much_likelier_it_is_than_none() -> None:
    span, gain = best_span(np.stack([OUTSIDE, BEGIN, INSIDE, OUTSIDE]))
    assert span == (1, 3)
    assert gain == 10
    assert best_span(np.stack([OUTSIDE, OUTSIDE]))[1] < 0
