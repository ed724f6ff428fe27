"""Mail goes out by a real server on this machine, once, and leaves no words behind."""

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp.clock import living_at, now
from webapp.errors import Invalid
from webapp.mail import send_waiting
from webapp.models import OutgoingMail
from webapp.services.outbox import MOST_TRIES, post
from webapp.settings import Settings


class _Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a client needs that sends."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self._say("354 go on")
                lines = []
                while (part := self.rfile.readline()) != b".\r\n":
                    lines.append(part.decode())
                self.server.received.append("".join(lines))  # type: ignore[attr-defined]
            is_refused = verb == "RCPT" and "nobody@" in line
            self._say("550 nobody here" if is_refused else "221 bye" if verb == "QUIT" else "250 fine")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True
    received: list[str]


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.received = []
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def mailing(server: _Server, settings: Settings) -> Settings:
    smtp = f"smtp://127.0.0.1:{server.server_address[1]}"
    return settings.model_copy(update={"smtp": smtp, "mail_from": "Turnstone <stories@example.org>"})


def test_a_message_goes_out_once_and_its_words_are_forgotten(
    database: Engine, mailing: Settings, server: _Server
) -> None:
    write(database, to="amina@example.org", body="Your link: /yours/abc")
    assert [send_waiting(mailing, database) for _ in range(2)] == [1, 0]

    [message] = server.received
    assert "To: amina@example.org" in message
    assert "/yours/abc" in message
    with Session(database) as session:
        mail = session.exec(select(OutgoingMail)).one()
    assert (mail.body, mail.sent_at is not None) == ("", True)


def test_one_refused_address_does_not_hold_up_the_others(
    database: Engine, mailing: Settings, server: _Server
) -> None:
    write(database, to="nobody@example.org")
    write(database, to="amina@example.org")
    assert send_waiting(mailing, database) == 1

    with living_at(now() + timedelta(minutes=6)):
        assert send_waiting(mailing, database) == 0, "tried again, and refused again"
    with Session(database) as session:
        mail = session.exec(select(OutgoingMail).where(OutgoingMail.recipient == "nobody@example.org")).one()
    assert mail.n_tries == 2


def test_a_server_that_is_gone_is_tried_a_few_times_and_then_the_words_are_forgotten(
    database: Engine, mailing: Settings, server: _Server
) -> None:
    write(database, to="amina@example.org")
    server.shutdown()
    server.server_close()
    for hours in range(MOST_TRIES + 1):
        with living_at(now() + timedelta(hours=6 * hours)):
            assert send_waiting(mailing, database) == 0

    with Session(database) as session:
        mail = session.exec(select(OutgoingMail)).one()
    assert (mail.n_tries, mail.body) == (MOST_TRIES, "")


@pytest.mark.parametrize("address", ["", "amina", "a@example.org,b@example.org", "a@example.org\nBcc: c@example.org"])
def test_what_is_not_one_address_is_refused(session: Session, address: str) -> None:
    with pytest.raises(Invalid, match="is not an e-mail address"):
        post(session, to=address, subject="x", body="y")


@pytest.mark.parametrize(
    "options",
    [{"smtp": "mail.example.org"}, {"smtp": "smtp://mail.example.org"}, {"address": "stories.example.org"}],
    ids=["no scheme", "no sender", "no scheme of the site"],
)
def test_half_a_setting_is_refused(tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="TURNSTONE_"):
        Settings(home=tmp_path, **options)  # type: ignore[arg-type]


def write(database: Engine, *, to: str, body: str = "Hello.") -> None:
    with Session(database) as session:
        post(session, to=to, subject="A subject\nin two lines", body=body)
        session.commit()


def test_the_little_server_speaks_as_a_client_expects(server: _Server) -> None:
    with smtplib.SMTP(*server.server_address[:2]) as client:
        assert client.noop()[0] == 250
