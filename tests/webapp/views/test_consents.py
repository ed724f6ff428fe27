"""The consent page, a contributor's own link, take-downs and notices, as people use them."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp.clock import living_at, months_after, now, today
from webapp.models import Consent, OutgoingMail, TakedownTask
from webapp.services.access import OPERATOR, find_story
from webapp.services.consent import consents_of
from webapp.services.contributors import people_of
from webapp.services.reminders import remind
from webapp.services.signed_links import contributor_token
from webapp.services.usage import record_use

SignIn = Callable[[str], FlaskClient]
AGREED = {"action": "given", "uses": ["website", "social"], "platforms": "Facebook, Instagram", "naming": "first",
          "given_by": "Joe Example", "method": "On paper", "wording": "adult 1"}  # fmt: skip


def records(database: Engine, external_id: str) -> list[Consent]:
    with Session(database) as session:
        found = consents_of(session, find_story(session, OPERATOR, external_id))
        session.expunge_all()
        return found


def own_link(app: Flask, database: Engine, external_id: str) -> str:
    """The address of the link of the one person in the story."""
    with Session(database) as session:
        story = find_story(session, OPERATOR, external_id)
        [person] = people_of(session, story)
        return (
            f"/yours/{contributor_token(app.extensions['resources'].settings.secret_key, story, person.contributor)}"
        )


def use(database: Engine, external_id: str, *, place: str = "Annual review", is_recallable: bool = True) -> None:
    with Session(database) as session:
        story = find_story(session, OPERATOR, external_id)
        record_use(session, OPERATOR, story, use="website", place=place, is_recallable=is_recallable)
        session.commit()


def test_a_record_holds_what_was_said_and_told(sign_in: SignIn, repository, database: Engine) -> None:
    external_id, reviewer = repository.add(), sign_in("reviewer")
    scan = (io.BytesIO(b"%PDF-1.7 signed"), "form of Joe.pdf")
    sent = {**AGREED, "scan": scan, "is_explicit": "y", "witness": "Kim", "town": "Stockport"}
    assert reviewer.post(f"/review/{external_id}/consents", data=sent).status_code == 303

    record = records(database, external_id)[-1]
    assert (record.given_by, record.platforms, record.wording_version) == (
        "Joe Example", ["Facebook", "Instagram"], "adult 1",
    )  # fmt: skip
    assert (record.witness, record.is_explicit, record.expires_at.date()) == ("Kim", True, months_after(today(), 24))
    page = reviewer.get(f"/review/{external_id}/consent").text
    assert "Facebook, Instagram" in page
    answer = reviewer.get(f"/review/{external_id}/consents/{record.id}/scan")
    assert (answer.data, answer.headers["Cache-Control"]) == (b"%PDF-1.7 signed", "no-store")
    assert sign_in("researcher").get(f"/review/{external_id}/consents/{record.id}/scan").status_code == 403


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"platforms": ""}, "Name the social media"),
        ({"uses": []}, "Tick at least one use"),
        ({"given_by": ""}, "Say who it was"),
        ({"naming": "pseudonym"}, "Write the name"),
        ({"age_band": "13-15"}, "a parent or guardian has to agree"),
        ({"given_on": "2999-01-01"}, "cannot be given in the future"),
    ],
)
def test_half_a_record_is_given_back(sign_in: SignIn, repository, changed: dict[str, object], said: str) -> None:
    answer = sign_in("reviewer").post(f"/review/{repository.add()}/consents", data={**AGREED, **changed})
    assert answer.status_code == 400
    assert said in answer.text


def test_staff_say_how_a_story_is_shown(sign_in: SignIn, client: FlaskClient, repository) -> None:
    external_id = repository.publish(place="Brinnington", local_authority="Stockport", region="North West",
                                     organisation="The Hall")  # fmt: skip
    reviewer, page = sign_in("reviewer"), f"/stories/{external_id}"
    assert "Brinnington" in client.get(page).text
    reviewer.post(f"/review/{external_id}/care", data={"place_level": "local_authority"})
    assert ["Brinnington" in client.get(page).text, "Stockport" in client.get(page).text] == [False, True]
    reviewer.post(f"/review/{external_id}/care", data={"place_level": "neighbourhood", "do_not_identify": "y"})
    shown = client.get(page).text
    assert [word for word in ("Brinnington", "Stockport", "The Hall", "Amina Okoro</span>") if word in shown] == []
    reviewer.post(f"/review/{external_id}/care", data={"place_level": "region", "special_categories": ["health"]})
    assert client.get(page).status_code == 404, "nobody agreed expressly"


def test_the_lawful_basis_is_decided_with_a_reason(sign_in: SignIn, repository) -> None:
    external_id, reviewer = repository.add(), sign_in("reviewer")
    decision = {"purpose": "publish", "basis": "public task", "note": "Reporting to the council"}
    reviewer.post(f"/review/{external_id}/bases", data=decision)
    assert "Reporting to the council" in reviewer.get(f"/review/{external_id}/consent").text
    assert reviewer.post(f"/review/{external_id}/bases", data={**decision, "note": ""}).status_code == 400
    assert reviewer.post("/wordings/bases", data=decision).status_code == 403
    assert sign_in("admin").post("/wordings/bases", data=decision).status_code == 303


def test_a_contributor_agrees_anew_by_their_own_link(
    app: Flask, client: FlaskClient, repository, database: Engine
) -> None:
    external_id = repository.publish()
    link = own_link(app, database, external_id)
    page = client.get(link)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "What we cannot do" in page.text

    answer = client.post(link, data={"uses": ["print"], "naming": "first", "sure": "y"})
    assert answer.status_code == 303
    record = records(database, external_id)[-1]
    assert (record.uses, record.method, record.wording_version) == (["print"], "By their own link", "adult 1")
    assert client.get(f"/stories/{external_id}").status_code == 404, "the website is no longer agreed"
    assert client.post(link, data={"uses": ["print"]}).status_code == 400, "nobody agrees by accident"


def test_a_contributor_takes_the_story_back_and_gets_a_receipt(
    app: Flask, client: FlaskClient, sign_in: SignIn, repository, database: Engine, wakes: list[str]
) -> None:
    external_id = repository.publish(title="A hall of zebras")
    use(database, external_id)
    use(database, external_id, place="Leaflet of May", is_recallable=False)
    link = own_link(app, database, external_id)
    wakes.clear()
    assert client.post(f"{link}/withdraw").status_code == 400, "the box was not ticked"
    assert client.post(f"{link}/withdraw", data={"sure": "yes"}).location == link

    assert wakes == ["wake"], "the index follows at once"
    assert client.get(f"/stories/{external_id}").status_code == 404
    receipt = client.get(link).text
    assert re.search(r"Annual review\.\s+<strong>We take it down by", receipt)
    assert re.search(r"Leaflet of May\.\s+<strong>This cannot be called back", receipt)
    assert "zebras" not in receipt
    assert client.post(link, data={"uses": ["print"], "sure": "y"}).status_code == 409
    comms = sign_in("comms")
    assert "Annual review" in comms.get("/take-downs").text
    with Session(database) as session:
        task_id = session.exec(select(TakedownTask.id).order_by(TakedownTask.id)).first()
    assert comms.post(f"/take-downs/{task_id}", data={"state": "cannot"}).status_code == 400, "without a reason"
    comms.post(f"/take-downs/{task_id}", data={"state": "done"})
    assert "Taken down" in client.get(link).text


def test_staff_withdraw_for_somebody_and_see_the_receipt(sign_in: SignIn, repository, database: Engine) -> None:
    external_id, reviewer = repository.publish(), sign_in("reviewer")
    with Session(database) as session:
        [person] = people_of(session, find_story(session, OPERATOR, external_id))
    address = f"/review/{external_id}/people/{person.id}/withdraw"
    assert reviewer.post(address).status_code == 400
    answer = reviewer.post(address, data={"sure": "yes"}, follow_redirects=True)
    assert "Your story is taken back" in answer.text
    assert records(database, external_id)[-1].action == "withdrawn"


def test_a_link_is_shown_to_staff_and_mailed_where_there_is_a_server(
    app: Flask, sign_in: SignIn, repository, database: Engine
) -> None:
    external_id, reviewer = repository.add(), sign_in("reviewer")
    with Session(database) as session:
        [person] = people_of(session, find_story(session, OPERATOR, external_id))
    who = f"/review/{external_id}/people/{person.id}"
    reviewer.post(who, data={f"p{person.id}-{name}": value for name, value in
                             {"name": "Joe", "email": "joe@example.org", "standing": "asked"}.items()})  # fmt: skip
    page = reviewer.post(f"{who}/link", data={"mail": "yes"})
    assert "/yours/" in page.text
    assert "on its way" not in page.text
    resources = app.extensions["resources"]
    sending = {"smtp": "smtp://localhost", "mail_from": "a@example.org"}
    resources.settings = resources.settings.model_copy(update=sending)
    assert "on its way to joe@example.org" in reviewer.post(f"{who}/link", data={"mail": "yes"}).text
    with Session(database) as session:
        [mail] = session.exec(select(OutgoingMail)).all()
    assert "/yours/" in mail.body


def test_a_use_is_recorded_by_whoever_may_bring_the_story_there(
    sign_in: SignIn, repository, database: Engine
) -> None:
    external_id = repository.publish()
    address = f"/review/{external_id}/uses"
    told = {"use": "website", "place": "Newsletter", "address": "https://example.org/news"}
    assert sign_in("researcher").post(address, data=told).status_code == 403
    comms = sign_in("comms")
    assert comms.post(address, data={**told, "use": "press"}).status_code == 400, "the press is not agreed"
    assert comms.post(address, data={**told, "address": "javascript:alert(1)"}).status_code == 400
    assert comms.post(address, data=told).status_code == 303
    assert "Newsletter" in comms.get(f"/stories/{external_id}").text
    assert "Newsletter" not in sign_in("researcher").get(f"/stories/{external_id}").text


def test_staff_are_told_of_a_consent_that_ends_and_settle_it(sign_in: SignIn, repository, database: Engine) -> None:
    external_id, reviewer = repository.publish(), sign_in("reviewer")
    ends = (today() + timedelta(days=61)).isoformat()
    reviewer.post(f"/review/{external_id}/consents", data={**AGREED, "given_by": "Joe Example", "expires_on": ends})
    for n_days, n_told in ((0, 0), (2, 1), (3, 0), (32, 1), (48, 1), (62, 1), (63, 0)):
        with living_at(now() + timedelta(days=n_days)), Session(database) as session:
            assert len(remind(session)) == n_told, n_days
            session.commit()

    page = reviewer.get("/notices").text
    assert page.count(f"<p>A consent for {external_id} end") == 4
    assert "A consent for" not in sign_in("admin").get("/notices").text, "whoever recorded it is told"
    [notice_id] = re.findall(r'action="/notices/(\d+)/done"', page)[:1]
    assert sign_in("researcher").post(f"/notices/{notice_id}/done").status_code == 404
    reviewer.post(f"/notices/{notice_id}/done")
    assert reviewer.get("/notices").text.count("<p>A consent for") == 3


def test_an_administrator_writes_the_next_wording_and_the_old_one_stays(sign_in: SignIn, client: FlaskClient) -> None:
    words = {"adult-title": "Your story", "adult-text": "We ask you for {months} months."}
    assert sign_in("reviewer").post("/wordings/adult", data=words).status_code == 403
    assert sign_in("admin").post("/wordings/adult", data=words).status_code == 303
    assert "We ask you for 24 months." in client.get("/wordings/adult/2").text
    assert "What we cannot do" in client.get("/wordings/adult/1").text
    assert "What we cannot do" not in sign_in("reviewer").get("/wordings").text
