"""The network that reads changes: MiniLM, fine-tuned, with small heads over its states (needs PyTorch).

The heads are those of `nlp.change_reader.heads`, which runs them without PyTorch; the names of the weights are the
same.
"""

from __future__ import annotations

import torch
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertModel

from nlp.change_reader.heads import FAR, SLOTS
from nlp.change_reader.windows import N_SHAPES
from nlp.embedding.onnx_minilm import model_folder
from nlp.training.change_reader.batches import IGNORED, Batch
from nlp.types import USE_CATEGORIES

HIDDEN, NARROW = 384, 128
N_USES = len(USE_CATEGORIES)
TAG_WEIGHT, SLOT_WEIGHT, USE_WEIGHT = 0.2, 0.1, 0.3
"""What tags, slots and categories weigh in the loss beside the sentences; tags are summed over the pieces."""


class ChangeNetwork(nn.Module):
    """Tells which sentences tell of a change, of what, and in which words."""

    def __init__(self, *, dropout: float = 0.2) -> None:
        """Load the encoder's weights from the installed package; its embeddings are never learned again."""
        super().__init__()
        folder = model_folder()
        self.encoder = BertModel(BertConfig.from_json_file(str(folder / "config.json")), add_pooling_layer=False)
        weights = {k: v for k, v in load_file(folder / "model.safetensors").items() if not k.startswith("pooler.")}
        self.encoder.load_state_dict(weights, strict=False)
        self.encoder.embeddings.requires_grad_(False)
        self.shapes = nn.Embedding(N_SHAPES, HIDDEN)
        self.uses = nn.Linear(N_USES, HIDDEN, bias=False)
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.uses.weight, std=0.02)
        self.dropout = nn.Dropout(dropout)
        self.tag = nn.Linear(HIDDEN, 3)
        self.attend = nn.Linear(HIDDEN, 1)
        self.tells = nn.Sequential(
            nn.Linear(2 * HIDDEN, NARROW), nn.GELU(approximate="tanh"), nn.Dropout(dropout), nn.Linear(NARROW, 1)
        )
        self.here = nn.Linear(HIDDEN, NARROW)
        self.target = nn.Linear(HIDDEN, NARROW)
        self.both = nn.Linear(HIDDEN, NARROW, bias=False)
        self.distance = nn.Embedding(2 * FAR + 1, NARROW)
        self.slots = nn.Linear(NARROW, 3 * len(SLOTS))
        self.category = nn.Sequential(
            nn.Linear(HIDDEN + N_USES, NARROW), nn.GELU(approximate="tanh"), nn.Dropout(dropout)
        )
        self.to_category = nn.Linear(NARROW, N_USES)
        self.from_category = nn.Linear(NARROW, N_USES)

    def freeze(self, n_layers: int) -> None:
        """Let the lowest layers, and what is added to the embeddings, be as they are."""
        if n_layers:
            for part in (self.shapes, self.uses, *self.encoder.encoder.layer[:n_layers]):
                part.requires_grad_(False)

    def states(self, batch: Batch) -> torch.Tensor:
        """Shape (windows, pieces, 384)."""
        added = self.shapes(batch.shapes) + self.uses(batch.uses)
        embeddings = self.encoder.embeddings.word_embeddings(batch.ids) + added
        states: torch.Tensor = self.encoder(inputs_embeds=embeddings, attention_mask=batch.mask).last_hidden_state
        return states.float()

    def telling(self, states: torch.Tensor, batch: Batch) -> torch.Tensor:
        """The logit of each judged sentence, shape (sentences,)."""
        rows, numbers = batch.told[:, 0], batch.told[:, 1]
        outside = batch.sentence[rows] != numbers[:, None]
        shares = self.attend(states).squeeze(-1)[rows].masked_fill(outside, -1e4).softmax(-1)
        pooled = torch.einsum("np,nph->nh", shares, states[rows])
        logits: torch.Tensor = self.tells(torch.cat([pooled, states[rows, 0]], dim=-1)).squeeze(-1)
        return logits

    def slot_logits(self, states: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """For each target (window, first, last) its slots' tags, shape (targets, pieces, slots, 3)."""
        here, first, last = states[targets[:, 0]], targets[:, 1:2], targets[:, 2:]
        places = torch.arange(states.shape[1])[None]
        target = _mean(here, (places >= first) & (places < last))
        left, right = places - first, places - last + 1
        distance = torch.where(left < 0, left.clamp(min=-FAR), right.clamp(min=0, max=FAR)) + FAR
        mixed = self.here(here) + self.target(target)[:, None] + self.both(here * target[:, None])
        mixed = nn.functional.gelu(mixed + self.distance(distance), approximate="tanh")
        logits: torch.Tensor = self.slots(self.dropout(mixed)).unflatten(-1, (len(SLOTS), 3))
        return logits

    def use_logits(
        self, states: torch.Tensor, uses: torch.Tensor, spans: torch.Tensor, *, is_target: bool
    ) -> torch.Tensor:
        """For each span (window, first, last) its categories, shape (spans, categories)."""
        places = torch.arange(states.shape[1])[None]
        mixed = self.category(torch.cat([states, uses], dim=-1)[spans[:, 0]])
        pooled = _mean(mixed, (places >= spans[:, 1:2]) & (places < spans[:, 2:]))
        logits: torch.Tensor = (self.to_category if is_target else self.from_category)(pooled)
        return logits

    def loss(self, batch: Batch) -> torch.Tensor:
        """How far off the network is, per judged sentence and per target."""
        states = self.dropout(self.states(batch))
        cross = nn.functional.cross_entropy
        total = nn.functional.binary_cross_entropy_with_logits(self.telling(states, batch), batch.tells)
        tags = cross(self.tag(states).flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED, reduction="sum")
        total = total + TAG_WEIGHT * tags / max(len(batch.told), 1)
        if len(batch.targets):
            logits = self.slot_logits(states, batch.targets).flatten(0, 2)
            slots = cross(logits, batch.slot_tags.flatten(), ignore_index=IGNORED, reduction="sum")
            total = total + SLOT_WEIGHT * slots / len(batch.targets)
        for spans, uses, is_target in (
            (batch.targets, batch.target_uses, True), (batch.sources, batch.source_uses, False),
        ):  # fmt: skip
            if (uses >= 0).any():
                logits = self.use_logits(states, batch.uses, spans, is_target=is_target)
                total = total + USE_WEIGHT * cross(logits, uses, ignore_index=IGNORED)
        return total


def _mean(rows: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
    """The mean of each row's states inside, shape (rows, width)."""
    weights = inside.float() / inside.sum(1, keepdim=True)
    return torch.einsum("np,nph->nh", weights, rows)
