"""Words that tell what a room, a building or a service is used for."""

from __future__ import annotations

from nlp.components.use_words_civic import CIVIC_WORDS
from nlp.components.use_words_trade import TRADE_WORDS

USE_WORDS = TRADE_WORDS | CIVIC_WORDS
"""Use category → words that speak for it."""

WEAK_WORDS = {
    "community", "centre", "hall", "hub", "space", "social", "village", "support", "home", "emergency", "club",
    "service", "neighbourhood", "welcome", "warm", "making", "store", "bench", "meeting", "shopping", "function",
    "information", "collection", "changing", "health", "car", "shed", "delivery", "learning", "crisis",
    "classes", "station", "business", "bar", "residents", "beds",
}  # fmt: skip
"""Words that decide only where nothing stronger stands beside them: a community kitchen is about food."""
