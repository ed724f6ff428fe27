"""A sceptic signs in as each role and as nobody, walks every page and every download, and looks for forbidden words.

Each story carries a word of its own in all that is stored of it: title, summary, text, quote, organisation, place,
what became of what, photo. Some were published, found by the index, discovered as topics, followed and cited, and
then ended, taken back or restricted; the worker has not looked since. No word of them may be told.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from nlp.embedding import open_embedder
from nlp.topics import DiscoveredTopic, Topics, TopicWord
from webapp import create_app
from webapp.clock import living_at, now
from webapp.extensions import limiter
from webapp.models import (
    ROLES,
    Analysis,
    Attachment,
    CitedResult,
    Coding,
    Concern,
    Consent,
    Contributor,
    Draft,
    DraftAnswer,
    Mention,
    Passage,
    Quote,
    Repurposing,
    SavedSearch,
    Story,
    Theme,
    Topic,
    TopicIdentity,
    User,
    UserRole,
)
from webapp.services import indexing
from webapp.services.access import OPERATOR, actor_of
from webapp.services.asking import Asked
from webapp.services.cited_results import cite
from webapp.services.concerns import raise_concern
from webapp.services.consent import record_consent
from webapp.services.contributors import add_contributor, people_of
from webapp.services.saved_searches import save_search
from webapp.services.signed_links import contributor_token
from webapp.services.stories import StoryFields, add_story, change_status
from webapp.services.topic_runs import read_passages, store_run
from webapp.services.usage import record_use
from webapp.services.withdrawals import withdraw_story
from webapp.settings import Settings

_TYPED = "In March the hall became a kitchen. The kitchen cooked."
# State → its word; no word is part of another.
WORDS = {
    "open": "quabbin", "internal": "zorbels", "ended": "fintrack", "withdrawn": "plovdin", "restricted": "mirgaths",
    "taken back": "wexlobs", "joined": "tunbrigg", "archived": "skarnoft", "submitted": "grendolf",
    "sent back": "hulmarty", "imported": "jostwick", "private": "varnepol",
}  # fmt: skip
NEVER_PUBLISHED = ("submitted", "sent back", "imported", "private")
ROLE_NAMES = ("nobody", *ROLES)
STAFF = ("reviewer", "admin")
FAR_WALKERS = ("nobody", "admin")
"""They follow links too; the others go to every address that can be filled in, which takes a third of the time."""
MOST_LINKS = 1
"""Links of one kind that are followed: a page of facets has hundreds that differ by one box."""


@dataclass
class World:
    """The site as the sceptic finds it."""

    app: Flask
    database: Engine
    addresses: list[str] = field(default_factory=list)


@pytest.fixture
def world(settings: Settings, database: Engine) -> Iterator[World]:
    app = create_app(settings.model_copy(update={"secret_key": "s" * 40}))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.extensions["wake"] = lambda: None
    limiter.enabled = False
    yield World(app, database)
    limiter.enabled = True
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()


def test_no_word_is_told_of_what_may_not_be_seen(world: World, database: Engine) -> None:
    with Session(world.database) as session:
        people = _people(session)
        _stories(session, people["contributor"])
        _topics(session)
        _index(world, session)
        _follow_and_cite(world, session, people)
    for role, seen in (("nobody", {"open", "withdrawn"}), ("comms", {"open", "withdrawn", "internal"})):
        told = set().union(*(_told_by(page) for _, page in _walk(world, people, role, most=12)))
        assert seen <= told, "they were there to be found"

    with living_at(now() + timedelta(days=2)):
        with Session(world.database) as session:
            _end(session)
        is_second = database.dialect.name == "postgresql"
        _assert_nothing_is_told(world, people, roles=("nobody",) if is_second else ROLE_NAMES)
        with Session(world.database) as session:
            _index(world, session)
        _assert_nothing_is_told(world, people, roles=("nobody",))


def test_every_route_is_one_that_the_sceptic_can_fill_in(world: World) -> None:
    with Session(world.database) as session:
        pools = _pools(world, session)
    unknown = {rule.rule for rule in _rules(world.app) for name in rule.arguments if not _values(pools, rule, name)}
    assert unknown <= {"/static/<path:filename>"} | _NEEDS_MORE, "tell `_pools` what to fill in"


# --- what is looked for --------------------------------------------------------------------------------------------


def _assert_nothing_is_told(world: World, people: dict[str, User], *, roles: tuple[str, ...] = ROLE_NAMES) -> None:
    leaks = {
        (role, address.split("?")[0], state)
        for role in roles
        for address, page in _walk(world, people, role)
        for state in _told_by(page)
        if not _may_know(role, address, state)
    }
    assert sorted(leaks) == []


def _may_know(role: str, address: str, state: str) -> bool:
    if state == "open" or (state == "internal" and role != "nobody"):
        return True
    if role == "safeguarding" and state == "restricted":
        # By the one door that writes down each look.
        return address.startswith("/concerns/")
    if address.startswith("/personal-data/"):
        # Whoever erases a person has to see in which stories they are.
        return role == "admin" and state != "restricted"
    # Reviewers work on what is handed in, and on what has ended, to ask for it anew; never on drafts that nobody
    # handed in, nor on what is restricted. What was withdrawn is left to administrators, who erase it.
    is_desk = address.startswith("/review") or re.fullmatch(r"/stories/[^/]+/edit", address) is not None
    if not is_desk or role not in STAFF or state in ("private", "restricted"):
        return False
    return state not in ("withdrawn", "taken back") or role == "admin"


def _told_by(page: str) -> set[str]:
    words = unescape(page).casefold()
    return {state for state, word in WORDS.items() if word in words}


# --- the walk -------------------------------------------------------------------------------------------------------


def _walk(world: World, people: dict[str, User], role: str, *, most: int = 1000) -> Iterator[tuple[str, str]]:
    """(address, all that is told there) of every page that can be filled in, and of what they link to."""
    client = world.app.test_client()
    if role != "nobody":
        with client.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = people[role].session_key, True
    with Session(world.database) as session:
        waiting = [*_SEARCHES, *_filled(world, session)]
    seen, followed = set(waiting), Counter(map(_kind, waiting))
    while waiting and most:
        address, most = waiting.pop(0), most - 1
        page, links = _told_at(client, address)
        yield address, page
        for link in links:
            kind = _kind(link)
            if role in FAR_WALKERS and link not in seen and followed[kind] < MOST_LINKS:
                followed[kind] += 1
                seen.add(link)
                waiting.append(link)


def _kind(address: str) -> str:
    """The address without what differs between pages of one kind."""
    path, _, query = address.partition("?")
    names = sorted({part.split("=")[0] for part in query.split("&")})
    return f"{re.sub('[^/]*[0-9][^/]*', '·', path)} {names}"


def _told_at(client: FlaskClient, address: str) -> tuple[str, list[str]]:
    answer = client.get(address)
    assert answer.status_code < 500, address
    content, headers = answer.data, str(answer.headers)
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    text = content.decode(errors="replace")
    found = re.findall(r'(?:href|src|hx-get)="(/[^"#]*)', text) + re.findall(r"Location: (/\S*)", headers)
    links = [unescape(link) for link in found if not link.startswith("/static")]
    return f"{headers}\n{text}", links


# A slip of each word, which a suggestion would mend; every picture of a result; each use.
_SEARCHES = [
    *(f"/search?q={word[:-1]}x" for state, word in WORDS.items() if state not in NEVER_PUBLISHED),
    *(f"/search?q=kitchen&view={view}" for view in ("list", "map", "flow", "kwic")),
    *(f"/search?use={use}" for use in ("press", "internal", "research")),
    "/search?q=kitchen&kw=kitchen&view=kwic", "/search/lines.csv?q=kitchen&kw=kitchen",
    *(f"/search/stories.{ending}?q=kitchen" for ending in ("csv", "xlsx", "json")),
]  # fmt: skip
# Opened by a link that somebody else holds; their own tests look at them.
_NEEDS_MORE = {
    "/account-link/<token>", "/invitation/<token>", "/your-story/<token>", "/drafts/<key>/<step_key>",
    "/drafts/<key>/check", "/drafts/<key>/your-link", "/invitations/<int:invitation_id>", "/themes/<key>",
}  # fmt: skip


def _rules(app: Flask):  # type: ignore[no-untyped-def]
    return [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]


def _filled(world: World, session: Session) -> list[str]:
    """Every address that the routes and what is stored give."""
    pools, addresses = _pools(world, session), []
    for rule in _rules(world.app):
        if rule.rule in _NEEDS_MORE or rule.endpoint == "static":
            continue
        filled = [rule.rule]
        for name in rule.arguments:
            values = _values(pools, rule, name)
            filled = [re.sub(rf"<(?:\w+:)?{name}>", str(value), one) for one in filled for value in values]
        addresses += filled
    return addresses


def _values(pools: dict[str, list[object]], rule, name: str) -> list[object]:  # type: ignore[no-untyped-def]
    return pools.get(f"{rule.endpoint}.{name}") or pools.get(name, [])


def _pools(world: World, session: Session) -> dict[str, list[object]]:
    stories = session.exec(select(Story)).all()
    tokens = [
        contributor_token("s" * 40, story, person.contributor)
        for story in stories
        for person in people_of(session, story)
        # Whoever holds the link of a story may know its title while it stands.
        if story.status == "withdrawn" or story.is_restricted
    ]
    return {
        "external_id": [story.external_id for story in stories] or ["none"],
        "drafts.reading.key": list(session.exec(select(Draft.key))) or ["none"],
        "drafts.like.key": list(session.exec(select(Draft.key))) or ["none"],
        # Only whoever sent a spreadsheet may look at it: `tests/webapp/views/test_starting.py`.
        "starting.show.key": ["none"],
        "codebook.theme.key": list(session.exec(select(Theme.key))),
        "cited_results.show.key": list(session.exec(select(CitedResult.key))) or ["none"],
        "saved_id": list(session.exec(select(SavedSearch.id))) or [1],
        "saved_searches.feed.token": list(session.exec(select(SavedSearch.feed_key))) or ["none"],
        "yours.show.token": tokens or ["none"],
        "topic_id": [*session.exec(select(TopicIdentity.id)), *session.exec(select(Topic.id))] or [1],
        "passage_id": list(session.exec(select(Passage.id))) or [1],
        "photo_id": list(session.exec(select(Attachment.id)))[3:5] or [1],
        "size": ["full"],
        "consent_id": list(session.exec(select(Consent.id)))[-1:] or [1],
        "user_id": [1],
        "concern_id": list(session.exec(select(Concern.id))) or [1],
        "ending": ["csv", "xlsx", "json"],
        "wordings.show.key": ["adult", "child"],
        "help.tour.key": ["staff", "researchers", "communications"],
        "contributor_id": list(session.exec(select(Contributor.id))) or [1],
        "version": [1],
    }


# --- the world ------------------------------------------------------------------------------------------------------


def _people(session: Session) -> dict[str, User]:
    found = {}
    for role in ROLES:
        user = User(email=f"{role}@example.org", name=f"The {role}", password_hash="", session_key=f"key-of-{role}")
        user.roles = [UserRole(role=role)]
        session.add(user)
        found[role] = user
    session.commit()
    for user in found.values():
        session.refresh(user)
    session.expunge_all()
    return found


def _stories(session: Session, author: User) -> None:
    for number, (state, word) in enumerate(WORDS.items()):
        _add(session, f"s-{number}", state, word)
    # Whoever writes is shown stories like theirs.
    draft = Draft(key="a-draft", kind="full", owner_id=author.id)
    draft.answers = [DraftAnswer(name="title", written=["A kitchen"]), DraftAnswer(name="text", written=[_TYPED])]
    session.add(draft)
    session.commit()


def _add(session: Session, external_id: str, state: str, word: str) -> None:
    name, sentence = word.capitalize(), f"In March the {word} hall became a {word} kitchen."
    text = f"{sentence}\n\n“We fed {word} people,” said the {word} caretaker. The kitchen of {name} cooked."
    fields = StoryFields(
        title=f"A kitchen of {word}", summary=f"How {word} cooked.", text=text, place=f"{name} Green",
        local_authority="Stockport", region="North West", organisation=f"{name} Hall", organisation_kind="club",
        period="2020", submitted_by_role=f"{word} driver", source=f"Told to {word}",
    )  # fmt: skip
    key = "private-draft" if state == "private" else None
    # What stands on the desk was brought by the author's colleague, so that nobody here sees it as their own.
    story = add_story(session, OPERATOR, fields, external_id=external_id, submission_key=key)
    expires = now() + timedelta(days=1) if state == "ended" else None
    uses = ["internal"] if state == "internal" else ["website", "internal", "press", "research"]
    record_consent(session, OPERATOR, story, uses=uses, given_by="The teller", expires_at=expires, naming="full")
    _read(session, story, word, sentence)
    if state in ("private", "imported"):
        return
    change_status(session, OPERATOR, story, "submitted")
    if state == "sent back":
        change_status(session, OPERATOR, story, "changes_requested", note="Say more.")
    if state not in NEVER_PUBLISHED:
        change_status(session, OPERATOR, story, "published")
        record_use(session, OPERATOR, story, use=uses[0], place="Annual review")


def _read(session: Session, story: Story, word: str, sentence: str) -> None:
    """What the worker would have stored of a reading."""
    revision, text = story.current_revision, story.current_revision.text
    vector = open_embedder("hashing").embed([text])[0].astype("<f4").tobytes()
    of, all_of_it = {"revision_id": revision.row_id}, {"start": 0, "end": len(text)}
    themes = session.exec(select(Theme).order_by(Theme.id)).all()
    quoted = text.index("We fed")
    session.add_all((
        Analysis(**of, pipeline_version="test", status="done"),
        Passage(**of, **all_of_it, position=0, embedding_name="hashing", embedding=vector),
        *(Coding(**of, start=0, end=len(sentence), theme_id=theme.id, score=0.9) for theme in themes[:2]),
        Repurposing(**of, start=0, end=len(sentence), from_phrase=f"{word} hall", to_phrase=f"{word} kitchen",
                    actor=word, place=word, from_category="sport", to_category="food", score=0.8),
        Quote(**of, start=quoted, end=quoted + 6, text=f"We fed {word} people", speaker=f"the {word} caretaker"),
        Mention(**of, start=0, end=5, label="PLACE", text=f"{word.capitalize()} Green"),
        Attachment(story_id=story.id, kind="photo", filename=f"{word}.jpg", media_type="image/jpeg", size_bytes=1,
                   sha256="0" * 64, alt_text=f"{word} people", caption=f"{word} cook", credit=word),
    ))  # fmt: skip
    session.flush()


def _topics(session: Session) -> None:
    """A run in which every word is a candidate for the name of the one topic."""
    read = read_passages(session)
    # A word is told once two passages hold it: each word here stands in one story.
    candidates = tuple(TopicWord(word, (word,), 1.0) for word in ("kitchen", *WORDS.values()))
    topic = DiscoveredTopic(
        number=0, words=("kitchen",), label="kitchen", representatives=(), stability=0.9, candidates=candidates
    )
    made = Topics(
        labels=np.zeros(len(read.ids), dtype=np.int64), topics=(topic,), manifest={"model": "by rote"},
        coordinates=np.asarray(read.embeddings[:, :2], dtype=np.float32),
    )  # fmt: skip
    store_run(session, read, made, np.arange(len(read.ids)), left_out={})
    session.commit()


def _index(world: World, session: Session) -> None:
    engine = world.app.extensions["resources"].engine
    for _ in indexing.index_batches(session, engine, indexing.differences(session, engine)):
        pass


def _follow_and_cite(world: World, session: Session, people: dict[str, User]) -> None:
    finder = world.app.extensions["resources"].finder
    for role in ("researcher", "comms", "admin"):
        actor = actor_of(session.get_one(User, people[role].id))
        save_search(session, finder, actor, Asked(text="kitchen"))
        saved = session.exec(select(SavedSearch).where(SavedSearch.owner_id == actor.id)).one()
        # As if nothing had been seen, so that all of it is news.
        saved.known = []
        cite(session, finder, actor, Asked(text="kitchen"))
    session.commit()


def _end(session: Session) -> None:
    """What happens to stories that stand in the index, in topics, in feeds and in citations."""
    by_state = {
        state: session.exec(select(Story).where(Story.external_id == f"s-{number}")).one()
        for number, state in enumerate(WORDS)
    }
    [teller] = people_of(session, by_state["taken back"])
    withdraw_story(session, OPERATOR, by_state["taken back"], contributor=teller.contributor)
    withdraw_story(session, OPERATOR, by_state["withdrawn"])
    raise_concern(session, OPERATOR, by_state["restricted"], words="I am worried.", hide=True)
    change_status(session, OPERATOR, by_state["archived"], "archived")
    asked = add_contributor(session, OPERATOR, by_state["joined"], name="Somebody else")
    record_consent(session, OPERATOR, by_state["joined"], uses=["funders"], contributor=asked)
    session.commit()
