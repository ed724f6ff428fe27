"""Fitting the network to examples, and asking it about others (needs PyTorch)."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from nlp.change_reader.heads import Floats, Heads
from nlp.change_reader.reading import WINDOW_PIECES
from nlp.change_reader.readings import Reading, read_window
from nlp.change_reader.windows import cut_pieces, windows_of
from nlp.embedding.onnx_minilm import model_folder
from nlp.training.change_reader.batches import make_batch
from nlp.training.change_reader.gold import Example
from nlp.training.change_reader.mixing import batches, mixed
from nlp.training.change_reader.network import ChangeNetwork

BATCH_PIECES = 1_000
READING_BATCH = 16


@dataclass(frozen=True)
class Plan:
    """How a network is fitted. n_frozen: layers that are left as they are. rates: of the encoder and of the heads."""

    n_epochs: int
    n_frozen: int = 0
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    seed: int = 1


def fit(network: ChangeNetwork, examples: Sequence[Example], plan: Plan) -> ChangeNetwork:
    """The network after reading the examples `plan.n_epochs` times. The same each time for the same plan."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    tokenizer = load_tokenizer()
    network.freeze(plan.n_frozen)
    network.train()
    learned = [(name, weight) for name, weight in network.named_parameters() if weight.requires_grad]
    groups = [
        {"params": [weight for name, weight in learned if name.startswith("encoder.") == is_encoder], "lr": rate}
        for is_encoder, rate in ((True, plan.encoder_rate), (False, plan.head_rate))
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    n_steps = len(batches(mixed(examples, tokenizer, random.Random(0)), BATCH_PIECES, random.Random(0)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=[plan.encoder_rate, plan.head_rate], total_steps=round(1.05 * n_steps * plan.n_epochs) + 1,
        pct_start=0.1,
    )  # fmt: skip
    began = time.monotonic()
    for epoch in range(plan.n_epochs):
        losses = []
        for batch in batches(mixed(examples, tokenizer, chance), BATCH_PIECES, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = network.loss(make_batch(batch))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([weight for _, weight in learned], 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(
            f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}, {time.monotonic() - began:.0f} s", flush=True
        )
    return network.eval()


@torch.inference_mode()
def readings(
    network: ChangeNetwork, phrase_uses: Mapping[str, Floats], examples: Sequence[Example]
) -> list[list[Reading]]:
    """For each example what the network makes of it, likely or not, decoded as it is when running."""
    weights = {k: v.numpy() for k, v in network.state_dict().items() if not k.startswith("encoder.")}
    heads = Heads({**weights, **phrase_uses}, words_of(network))
    tokenizer = load_tokenizer()
    work = [
        (number, window)
        for number, example in enumerate(examples)
        for window in windows_of(cut_pieces(example.text, example.sentences, tokenizer), most=WINDOW_PIECES)
    ]
    work.sort(key=lambda item: len(item[1].ids))
    found: list[list[Reading]] = [[] for _ in examples]
    for first in range(0, len(work), READING_BATCH):
        chunk = work[first : first + READING_BATCH]
        states = network.states(make_batch([(examples[number], window) for number, window in chunk])).numpy()
        for row, (number, window) in enumerate(chunk):
            found[number].extend(read_window(heads, examples[number].text, window, states[row, : len(window.ids)]))
    return [sorted(each, key=lambda reading: reading.to) for each in found]


def words_of(network: ChangeNetwork) -> Floats:
    """The embeddings of the word pieces, shape (vocabulary, 384)."""
    words: Floats = network.encoder.embeddings.word_embeddings.weight.detach().numpy()
    return words


def load_tokenizer() -> Tokenizer:
    """MiniLM's, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
