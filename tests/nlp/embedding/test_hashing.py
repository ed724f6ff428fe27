import numpy as np

from nlp.embedding.hashing import HashingEmbedder


def test_accents_and_case_do_not_matter() -> None:
    rows = HashingEmbedder().embed(["Café", "CAFE", "cafe\u0301"])
    assert np.array_equal(rows[0], rows[1])
    assert np.array_equal(rows[0], rows[2])


def test_the_hash_is_the_same_in_every_process_and_on_every_machine() -> None:
    row = HashingEmbedder().embed(["kitchen"])[0]
    # CRC-32 of "kitchen" is 0xeaa3ce34: even, so the word counts negatively, in dimension (code >> 1) % 384.
    assert int(np.argmin(row)) == 26


def test_parts_of_words_bring_texts_nearer() -> None:
    query, inflected, other = HashingEmbedder().embed(["gardening", "gardens", "football"])
    assert query @ inflected > query @ other
