"""What every answer carries, and what is refused."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp import create_app
from webapp.forms import local_path
from webapp.settings import Settings

PASSWORD = "a long enough password"
SCRIPT = "<script>alert('x')</script>"
SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def guarded(app: Flask) -> Iterator[FlaskClient]:
    """A browser on a site that asks for the forms' tokens, as in life."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("address", ["/", "/search?q=hall", "/nowhere", "/sign-in", "/static/none.css"])
def test_every_answer_says_what_a_browser_may_run(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/search/stories.json", "/search/lines.csv?q=hall&kw=hall", "/audit/log.csv"])
def test_the_head_of_what_is_written_as_it_is_sent_tells_its_length(
    sign_in: SignIn, publish_story: Callable[..., str], address: str
) -> None:
    """A server that is not told it sends an end of chunks after the head, where nothing may stand."""
    publish_story()
    client = sign_in("admin")
    head = client.head(address)
    lines = client.get(address).data.splitlines(keepends=True)
    if address == "/audit/log.csv":
        # Whoever took the log away stands in it, the second time too.
        lines.pop()
    assert head.data == b""
    assert int(head.headers["Content-Length"]) == sum(map(len, lines)) > 0


def test_the_nonce_is_new_each_time_and_all_scripts_carry_it(client: FlaskClient) -> None:
    nonces = set()
    for _ in range(2):
        answer = client.get("/")
        nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[1]
        assert all(f'nonce="{nonce}"' in script for script in re.findall(r"<script[^>]*>", answer.text))
        nonces.add(nonce)
    assert len(nonces) == 2


@pytest.mark.parametrize("address", ["/", "/search", "/themes", "/sign-in", "/help/search"])
def test_pages_hold_nothing_inline(client: FlaskClient, publish_story: Callable[..., str], address: str) -> None:
    publish_story()
    page = client.get(address).text
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page)


def test_a_change_without_the_forms_token_is_refused(guarded: FlaskClient) -> None:
    answer = guarded.post("/sign-in", data={"email": "admin@example.org", "password": PASSWORD})
    assert answer.status_code == 400
    assert "This form has expired" in answer.text


def test_the_forms_own_token_is_taken(guarded: FlaskClient) -> None:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', guarded.get("/sign-in").text)[1]
    form = {"email": "admin@example.org", "password": PASSWORD, "csrf_token": token}
    assert guarded.post("/sign-in", data=form).status_code == 303


def test_an_expired_form_gives_back_what_was_typed(guarded: FlaskClient) -> None:
    answer = guarded.post("/drafts/some-key/what", data={"title": "Hall", "text": "Two hours of <typing>"})
    assert answer.status_code == 400
    assert "Two hours of &lt;typing&gt;" in answer.text


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
     {"Origin": "null"}],
)  # fmt: skip
def test_a_change_asked_for_by_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    form = {"email": "admin@example.org", "password": PASSWORD}
    assert client.post("/sign-in", data=form, headers=headers).status_code == 403
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert client.post("/sign-in", data=form, headers=own).status_code == 303


def test_whatever_people_type_is_escaped_wherever_it_is_shown(
    client: FlaskClient, sign_in: SignIn, repository
) -> None:
    external_id = repository.publish(
        title=f"Title {SCRIPT}", text=f"Text {SCRIPT} of a hall.", summary=SCRIPT, place=f"Place {SCRIPT}",
        organisation=f"Organisation {SCRIPT}", source=SCRIPT, period=SCRIPT, submitted_by_role=SCRIPT,
    )  # fmt: skip
    reviewer = sign_in("reviewer")
    pages = [client.get(address).text for address in ("/", "/search", "/search?q=hall", f"/stories/{external_id}")]
    pages += [reviewer.get(address).text for address in (f"/review/{external_id}", f"/stories/{external_id}/edit")]
    for page in pages:
        assert "<script>" not in page
        assert "&lt;script&gt;" in page


def test_a_search_is_escaped_in_its_own_page(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": f'"{SCRIPT}', "theme": SCRIPT, "place": SCRIPT}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_found_snippet_is_escaped(client: FlaskClient, repository) -> None:
    repository.publish(text=f"Once {SCRIPT} the badminton hall was a <b>hall</b>.")
    page = client.get("/search?q=badminton").text
    assert "<mark>badminton</mark>" in page
    assert "<b>hall" not in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "evil",
     "javascript:alert(1)", "", "/ /evil.example", "/\n/evil.example", None],
)  # fmt: skip
def test_only_paths_of_this_site_are_followed(address: str | None) -> None:
    assert local_path(address, default="/") == "/"


def test_a_path_of_this_site_is_followed() -> None:
    assert local_path("/review/ts-001?page=2#consent", default="/") == "/review/ts-001?page=2#consent"


def test_signing_in_does_not_lead_to_another_site(client: FlaskClient) -> None:
    form = {"email": "admin@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/sign-in", data=form).location == "/"


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"email": "admin@example.org", "password": PASSWORD})
    device, cookie = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("turnstone=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert device.startswith("turnstone-device=")
    assert "HttpOnly" in device
    assert "SameSite=Strict" in device


def test_production_speaks_https_only_and_answers_to_its_name_alone(tmp_path) -> None:
    settings = Settings(
        home=tmp_path / "home", environment="production", trusted_hosts="stories.example.org", search="memory://",
        embedding="hashing",
    )  # fmt: skip
    app = create_app(settings)
    client = app.test_client()
    answer = client.get("/help/search", base_url="https://stories.example.org")
    assert answer.status_code == 200
    assert "Strict-Transport-Security" in answer.headers
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert client.get("/help/search", base_url="https://evil.example").status_code == 400


def test_pages_of_signed_in_people_are_kept_nowhere(client: FlaskClient, sign_in: SignIn) -> None:
    assert sign_in("reviewer").get("/review").headers["Cache-Control"] == "no-store"
    assert client.get("/").headers["Cache-Control"] == "no-cache"
    assert "HX-Request" in client.get("/").headers["Vary"]


def test_too_much_at_once_is_refused_with_a_page(sign_in: SignIn, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = sign_in("reviewer").post("/jobs", data={"basis": "x" * 2000})
    assert answer.status_code == 413
    assert "That is too much at once" in answer.text


def test_a_wrong_method_gets_a_page(client: FlaskClient) -> None:
    answer = client.get("/sign-out")
    assert answer.status_code == 405
    assert "<h1>" in answer.text


def test_a_breakdown_gives_a_page_that_tells_nothing_of_the_inside(app: Flask, client: FlaskClient) -> None:
    def break_down() -> str:
        raise RuntimeError("the secret inside")

    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    app.add_url_rule("/broken", view_func=break_down)
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "secret inside" not in answer.text


def test_htmx_gets_errors_as_a_fragment(client: FlaskClient) -> None:
    answer = client.get("/themes/none", headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "<html" not in answer.text
    assert "There is no theme" in answer.text
