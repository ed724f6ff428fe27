"""Dictionary forms of words, as the reading pipeline gives them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

# A word that leads a topic stands in many passages, so these hold it; reading all 50,000 would take a quarter of an
# hour.
N_READ = 600


def lemma_by_form(language: Language, texts: Sequence[str], *, seed: int = 1) -> dict[str, str]:
    """Word as written, in lower case → the lemma that it has most often in a sample of the texts.

    What is mostly no noun has "" instead: "left", "wrote" and "stood" make no heading. Empty with a pipeline that
    has no lemmatizer.
    """
    if not any("lemmatizer" in name for name in language.pipe_names):
        return {}
    read = random.Random(seed).sample(list(texts), min(N_READ, len(texts)))
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    wanted = [name for name in language.pipe_names if not name.startswith("turnstone")]
    for doc in language.pipe(read, disable=[name for name in language.pipe_names if name not in wanted]):
        for token in doc:
            if token.is_alpha:
                is_noun = token.pos_ in ("NOUN", "PROPN", "")
                counts[token.lower_][token.lemma_.lower() if is_noun else ""] += 1
    return {form: lemmas.most_common(1)[0][0] for form, lemmas in counts.items()}
