"""An analysis as the JSON object that `turnstone analyse --json` prints."""

from __future__ import annotations

from typing import Any

from nlp.types import Analysis, Mention, Passage, PersonalDatum, Quote, Repurposing, Span, ThemeSuggestion


def to_json(analysis: Analysis, *, story_id: str, title: str) -> dict[str, Any]:
    """Themes, repurposings, mentions, personal data and quotes, as values that `json.dumps` takes.

    Every stretch of text is {"start", "end", "text"}; an empty slot is None.
    """
    return {
        "id": story_id,
        "title": title,
        "themes": [_theme(theme) for theme in analysis.themes],
        "repurposings": [_repurposing(event) for event in analysis.repurposings],
        "mentions": [{"label": mention.label, **_stretch(mention)} for mention in analysis.mentions],
        "personal_data": [{"kind": datum.kind, **_stretch(datum)} for datum in analysis.personal_data],
        "quotes": [{**_stretch(quote), "speaker": quote.speaker} for quote in analysis.quotes],
    }


def _theme(theme: ThemeSuggestion) -> dict[str, Any]:
    return {"key": theme.key, "score": theme.score, "evidence": [_stretch(span) for span in theme.evidence]}


def _repurposing(event: Repurposing) -> dict[str, Any]:
    return {
        "actor": _slot(event.actor),
        "from": _slot(event.from_),
        "to": _stretch(event.to),
        "trigger": _slot(event.trigger),
        "place": _slot(event.place),
        "when": _slot(event.when),
        "sentence": _stretch(event.sentence),
        "from_category": event.from_category,
        "to_category": event.to_category,
        "score": event.score,
    }


def _slot(span: Span | None) -> dict[str, Any] | None:
    return _stretch(span) if span else None


def _stretch(span: Span | Passage | Mention | PersonalDatum | Quote) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}
