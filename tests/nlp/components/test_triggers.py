import pytest

from nlp.components.triggers import TRIGGER_KINDS, trigger_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("first lockdown", "pandemic"),
        ("the river came up", "flood-storm"),
        ("the bakery burned down", "fire"),
        ("fuel bills having eaten the wages of half our members", "cost-of-living"),
        ("council cut the youth budget", "funding-cut"),
        ("the pub had closed", "closure"),
        ("families arrived from Ukraine", "conflict-refugees"),
        ("a heatwave", "heat-cold"),
        ("a spate of fights outside the chip shop", "crime-safety"),
        ("two of our regulars having died of strokes", "illness-death"),
        ("the waiting list was three years long", "demand"),
        ("no particular cause", "other"),
    ],
)
def test_a_reason_has_a_kind(text: str, kind: str) -> None:
    assert trigger_kind(text) == kind
    assert kind in TRIGGER_KINDS
