import doctest
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nlp.pipeline
from nlp.embedding.hashing import HashingEmbedder
from nlp.pipeline import Pipeline, load_pipeline
from nlp.types import Analysis, Theme

STORY = """In March 2020 the rowing club turned its boathouse into a food bank because the shops were empty.

“We had never cooked for anybody,” said Joan Peel, who is 71. Ring her on 01632 960 154.

The minibus went out twice a day from Mill Street in Luton."""


def check_offsets(analysis: Analysis) -> None:
    spans = [*analysis.sentences, *analysis.passages, *analysis.mentions, *analysis.personal_data, *analysis.quotes]
    for theme in analysis.themes:
        spans.extend(theme.evidence)
    for event in analysis.repurposings:
        slots = (event.actor, event.from_, event.to, event.trigger, event.place, event.when, event.sentence)
        spans.extend(slot for slot in slots if slot)
    assert all(analysis.text[span.start : span.end] == span.text for span in spans)
    assert analysis.embeddings.shape[0] == len(analysis.passages)


def test_a_story_is_read_in_all_its_parts(analyse: Callable[[str], Analysis]) -> None:
    analysis = analyse(STORY)
    check_offsets(analysis)
    assert [event.to.text for event in analysis.repurposings] == ["food bank"]
    assert analysis.themes[0].key == "food"
    assert [quote.speaker for quote in analysis.quotes] == ["Joan Peel"]
    assert {datum.kind for datum in analysis.personal_data} == {"person", "phone"}
    assert "PLACE" in {mention.label for mention in analysis.mentions}
    assert analysis.embedding_name == "hashing"
    assert analysis.embeddings.dtype == np.float32


def test_each_text_gets_its_own_analysis_in_order_whatever_the_batch(pipeline: Pipeline) -> None:
    texts = [f"{STORY}\n\nNumber {i}." for i in range(5)]
    alone = list(pipeline.analyse(texts, batch_size=1))
    together = list(pipeline.analyse(texts, batch_size=4))
    assert alone == together
    assert all(np.allclose(a.embeddings, b.embeddings) for a, b in zip(alone, together, strict=True))
    assert [analysis.text[-2:-1] for analysis in together] == ["0", "1", "2", "3", "4"]


def test_texts_are_read_as_they_are_asked_for(pipeline: Pipeline) -> None:
    def endless() -> object:
        while True:
            yield STORY

    analyses = pipeline.analyse(endless(), batch_size=2)  # type: ignore[arg-type]
    assert next(analyses).text == STORY


@pytest.mark.parametrize(
    "text",
    ["", " \n\t ", "🙂🙂🙂", "0123456789", "\x00\x01\ufeff\u200b", "WE TURNED THE HALL INTO A CAFÉ AND WE ARE PROUD.",
     "Ein Café wurde im Mai zu einer Küche, sagte Frau Müller.", "町の公民館は食堂になりました。",
     "'" * 50, "(" * 500],
)  # fmt: skip
def test_hostile_texts_do_no_harm(analyse: Callable[[str], Analysis], text: str) -> None:
    check_offsets(analyse(text))


WELSH = (
    "Trowyd y capel yn fanc bwyd yn ystod y gaeaf, ac mae'r plant yn dod bob dydd ar ôl ysgol i gael cinio. "
    "Ffoniwch ni ar 01632 960 154. "
)


def test_another_language_is_told_and_only_patterns_of_personal_data_are_read(
    analyse: Callable[[str], Analysis],
) -> None:
    analysis = analyse(WELSH)
    assert analysis.language == "cy"
    assert (analysis.themes, analysis.repurposings, analysis.mentions, analysis.quotes) == ((), (), (), ())
    assert [datum.kind for datum in analysis.personal_data] == ["phone"]


def test_a_text_that_says_everything_twice_is_read_for_its_english(analyse: Callable[[str], Analysis]) -> None:
    analysis = analyse(f"{WELSH}\n\n{STORY}")
    assert analysis.language == "en"
    assert [event.to.text for event in analysis.repurposings] == ["food bank"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_offsets_are_exact_for_any_text(pipeline: Pipeline, text: str) -> None:
    [analysis] = pipeline.analyse([text])
    check_offsets(analysis)


@pytest.mark.parametrize(
    "piece",
    ["The hall, which was turned into a café, was used as a gym because it rained. ", "a", "word ", "🙂", "7",
     "Ann Lee ",
     "turned into a ", "was used as the ", '"', "A. ", "1 Mill Street ", "in ", ", which ", "@a."],
)  # fmt: skip
def test_the_rules_read_a_long_text_in_linear_time(by_rules_alone: Pipeline, piece: str) -> None:
    text = piece * (50_000 // len(piece))
    began = time.process_time()
    [analysis] = by_rules_alone.analyse([text])
    assert time.process_time() - began < 10
    check_offsets(analysis)


def test_the_version_changes_with_embedder_codebook_and_name(small_codebook: tuple[Theme, ...]) -> None:
    class OtherEmbedder(HashingEmbedder):
        name = "other"

    base = load_pipeline(embedder=HashingEmbedder(), codebook=small_codebook).version
    edited = (replace(small_codebook[0], definition="Another."), *small_codebook[1:])
    assert base == load_pipeline(embedder=HashingEmbedder(), codebook=small_codebook).version
    assert base != load_pipeline(embedder=HashingEmbedder(), codebook=edited).version
    assert base != load_pipeline(embedder=OtherEmbedder(), codebook=small_codebook).version


def test_a_missing_spacy_pipeline_says_what_to_do() -> None:
    with pytest.raises(ModuleNotFoundError, match="spacy download"):
        load_pipeline("xx_no_such_pipeline", embedder=HashingEmbedder(), codebook=())


def test_another_spacy_pipeline_gives_the_same_shapes(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("pipeline") / "own"
    language = spacy.blank("en")
    ruler = language.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Hall"}])  # type: ignore[attr-defined]
    language.to_disk(folder)
    pipeline = load_pipeline(str(folder), embedder=HashingEmbedder(), codebook=())
    [analysis] = pipeline.analyse(["The Hall turned its vestry into a food bank in 2020."])
    assert [event.to.text for event in analysis.repurposings] == ["food bank"]
    assert ("PLACE", "Hall") in {(mention.label, mention.text) for mention in analysis.mentions}


def test_the_example_in_the_docstring_is_true() -> None:
    assert doctest.testmod(nlp.pipeline).failed == 0
