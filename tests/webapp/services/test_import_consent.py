"""How long the consent lasts that comes with imported stories."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from webapp.clock import living_at
from webapp.models import Consent, Story
from webapp.services.access import IMPORTER
from webapp.services.consent import uses_agreed_in
from webapp.services.imports.bringing_in import ImportTerms, import_file

TODAY = datetime(2026, 3, 31, 12, tzinfo=UTC)


def ends(session: Session, folder: Path, terms: ImportTerms, *consent: str) -> datetime | None:
    """When the consent of an imported story ends. consent: lines of its front matter, as a list of one record."""
    lines = ["---", "id: a", "title: A hall", *(["consent:", *(f"  {line}" for line in consent)] if consent else [])]
    path = folder / "a.md"
    path.write_text("\n".join([*lines, "---", "", "It became a kitchen."]), encoding="utf-8")
    with living_at(TODAY):
        import_file(session, IMPORTER, path, terms)
    return session.exec(select(Consent)).one().expires_at


@pytest.mark.parametrize(("months", "end"), [(24, datetime(2028, 3, 31, tzinfo=UTC)), (None, None)])
def test_a_consent_by_a_basis_ends_after_the_months_of_the_terms(
    session: Session, tmp_path: Path, months: int | None, end: datetime | None
) -> None:
    terms = ImportTerms(tmp_path / "media", basis="asked by letter", consent_months=months)
    assert ends(session, tmp_path, terms) == end
    story = session.exec(select(Story)).one()
    assert uses_agreed_in(session, story)["website"] == (date(2028, 3, 31) if months else None)


@pytest.mark.parametrize(
    ("consent", "end"),
    [
        (("uses: website", "given_by: Ann"), datetime(2028, 3, 31, tzinfo=UTC)),
        (("uses: website", "expires_at: 2027-01-01"), datetime(2027, 1, 1, tzinfo=UTC)),
        (("uses: website", "given_at: 2025-01-01"), None),
        (("action: withdrawn", "given_by: Ann"), None),
    ],
    ids=["no day at all", "its own end", "recorded without an end", "a withdrawal"],
)
def test_a_consent_of_the_file_keeps_its_own_end_if_it_tells_any_day(
    session: Session, tmp_path: Path, consent: tuple[str, ...], end: datetime | None
) -> None:
    assert ends(session, tmp_path, ImportTerms(tmp_path / "media", consent_months=24), *consent) == end
