"""Every option of Turnstone: its type, default and unit. Read from the environment with the prefix TURNSTONE_.

The README holds the same table; a test compares the two.
"""

import os
import secrets
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MIN_SECRET_LENGTH = 32
CORPUS = Path(__file__).resolve().parent.parent / "corpus"


class Settings(BaseSettings):
    """The options, frozen once read. Empty addresses become ones below `home`."""

    model_config = SettingsConfigDict(env_prefix="TURNSTONE_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("turnstone", appauthor=False)),
        description="Folder of all state; must lie outside the code",
    )
    environment: Literal["local", "production"] = Field(
        default="local", description="`production` refuses unsafe values and sends cookies over HTTPS only"
    )
    database: str = Field(default="", description="SQLAlchemy address; default `sqlite:///HOME/turnstone.sqlite`")
    search: str = Field(default="", description="Address of the search engine; default `whoosh:///HOME/index`")
    queue: str = Field(default="", description="Address of the job queue; default `sqlite:///HOME/queue.sqlite`")
    media: str = Field(default="", description="Address of the files that people send; default `file:///HOME/media`")
    secret_key: str = Field(
        default="", description="Signs cookies and forms; made on first run and kept in `HOME/secret_key`"
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on")
    web_threads: int = Field(default=4, ge=1, description="Requests answered at once")
    trusted_hosts: str = Field(
        default="", description="Host names the site answers to, with commas between; required in production"
    )
    trusted_proxies: int = Field(default=0, ge=0, description="Proxies in front, whose X-Forwarded headers count")
    site_name: str = Field(default="Turnstone", description="Name shown on every page")
    embedding: str = Field(default="minilm", description="`minilm`, `hashing` (tests), or a model of your own")
    pipeline: str = Field(
        default="builtin",
        description="`builtin`, `blank` (rules alone), or an installed spaCy pipeline",
    )
    codebook: Path = Field(
        default=CORPUS / "codebook.yaml", description="Themes that an empty repository starts with"
    )
    corpus: Path = Field(default=CORPUS / "stories", description="Stories that `run` loads into an empty repository")
    nlp_threads: int = Field(default=0, ge=0, description="Threads for embeddings; 0 is one for each core")
    upload_mib: int = Field(default=20, ge=1, description="Largest file that may be sent, in MiB")
    text_characters: int = Field(default=1_000_000, ge=1000, description="Longest text of a story, in characters")
    import_rows: int = Field(default=20_000, ge=1, description="Most rows in one imported table")
    page_size: int = Field(default=20, ge=1, le=200, description="Hits on a page")
    session_days: int = Field(default=14, ge=1, description="Days until a sign-in ends")
    sign_in_limit: str = Field(
        default="10 per 15 minutes",
        description="Failed sign-ins to one account from one place before that place has to wait",
    )
    second_factor: Literal["optional", "staff"] = Field(
        default="optional",
        description="`staff`: reviewers, safeguarding leads and administrators can do nothing of theirs before they "
        "have set up a second factor",
    )
    submission_limit: str = Field(default="60 per hour", description="Submissions from one address")
    map_tiles: str = Field(
        default="", description="Address of map tiles with {z}, {x} and {y}; without it maps are outlines alone"
    )
    map_tiles_credit: str = Field(default="", description="Whose tiles they are, as their licence wants it said")
    download_limit: str = Field(default="60 per hour", description="Downloads to one address")
    address: str = Field(
        default="",
        description="Address of the site as people reach it, for links in mail; default `http://HOST:PORT`",
    )
    smtp: str = Field(
        default="",
        description="Mail server, `smtp://name:password@host:587` or `smtps://…`; without one no mail is sent, and "
        "links that would be mailed are shown to staff",
    )
    mail_from: str = Field(default="", description="Sender of the mail; required with `TURNSTONE_SMTP`")
    contact: str = Field(default="", description="How contributors reach you, as pages and mail for them say it")
    safeguarding: str = Field(
        default="",
        description="Who the safeguarding leads are and how to reach them, as the page for worries says it",
    )
    retention: Literal["short", "standard", "long", "archive"] = Field(
        default="standard",
        description="How long stories are held unless one says otherwise: `short` 1, `standard` 5, `long` 10 years, "
        "`archive` without end",
    )
    draft_days: int = Field(
        default=180, ge=7, description="Days without a change after which a draft that was not sent is thrown away"
    )
    consent_months: int = Field(
        default=24, ge=1, le=120, description="Months until a consent ends, unless it says so"
    )
    takedown_days: int = Field(
        default=14, ge=1, le=90, description="Days in which past uses of a withdrawn story are to be taken down"
    )
    sweep_minutes: int = Field(
        default=1, ge=1, le=59, description="Minutes between the worker's comparisons when nothing wakes it"
    )

    @model_validator(mode="before")
    @classmethod
    def _fill_addresses(cls, values: dict[str, object]) -> dict[str, object]:
        default = cls.model_fields["home"].get_default(call_default_factory=True)
        home = Path(str(values.get("home") or default)).expanduser().absolute()
        filled = {"home": home}
        for name, address in {
            "database": f"sqlite:///{home / 'turnstone.sqlite'}",
            "search": f"whoosh://{home / 'index'}",
            "queue": f"sqlite:///{home / 'queue.sqlite'}",
            "media": f"file://{home / 'media'}",
        }.items():
            filled[name] = values.get(name) or address  # type: ignore[assignment]
        return {**values, **filled}

    @model_validator(mode="after")
    def _check_mail(self) -> Self:
        if self.smtp and not (self.smtp.startswith(("smtp://", "smtps://")) and urlsplit(self.smtp).hostname):
            raise ValueError("TURNSTONE_SMTP is not understood: use smtp://name:password@host:587.")
        if self.smtp and "@" not in self.mail_from:
            raise ValueError("TURNSTONE_MAIL_FROM is not an address: say who sends the mail.")
        if self.address and not self.address.startswith(("http://", "https://")):
            raise ValueError("TURNSTONE_ADDRESS is not an address: begin it with https://.")
        return self

    @model_validator(mode="after")
    def _refuse_unsafe(self) -> Self:
        if self.environment != "production":
            return self
        if (self.secret_key and len(set(self.secret_key)) < 12) or 0 < len(self.secret_key) < MIN_SECRET_LENGTH:
            raise ValueError(
                f"TURNSTONE_SECRET_KEY is too weak for production: give at least {MIN_SECRET_LENGTH} random "
                "characters, or leave it out and one is made and kept in TURNSTONE_HOME."
            )
        if not self.trusted_hosts:
            raise ValueError(
                "TURNSTONE_TRUSTED_HOSTS is empty: in production, name the hosts that the site answers to."
            )
        return self

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    def url_of(self, path: str) -> str:
        """The whole address of a path on this site, for mail: there is no request that would tell it."""
        return f"{(self.address or f'http://{self.host}:{self.port}').rstrip('/')}{path}"

    def tile_url(self, zoom: int, x: int, y: int) -> str:
        """The address of one tile of the map."""
        return self.map_tiles.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y))

    @property
    def media_folder(self) -> Path:
        """The folder of the media store: `file://` is the only kind there is so far."""
        if not self.media.startswith("file://"):
            raise ValueError(f"TURNSTONE_MEDIA {self.media!r} is not understood: use file:///a/folder.")
        return Path(self.media.removeprefix("file://"))

    @property
    def work_lock(self) -> Path:
        """The file whose lock whoever reads and indexes holds: there is one writer at a time."""
        return self.home / "work.lock"

    @property
    def queue_file(self) -> Path:
        """The file of the job queue: `sqlite:///` is the only kind there is so far."""
        if not self.queue.startswith("sqlite:///"):
            raise ValueError(f"TURNSTONE_QUEUE {self.queue!r} is not understood: use sqlite:///a/file.")
        return Path(self.queue.removeprefix("sqlite:///"))

    def prepare_home(self) -> None:
        """Make the folders of state, readable by their owner alone."""
        for folder in (self.home, self.media_folder, self.queue_file.parent):
            folder.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o700)

    def read_secret_key(self) -> str:
        """The key from the environment, or the one kept in `home`, made on first use."""
        if self.secret_key:
            return self.secret_key
        self.prepare_home()
        kept = self.home / "secret_key"
        if not kept.exists():
            _write_once(kept, secrets.token_urlsafe(48))
        return kept.read_text(encoding="ascii").strip()


def _write_once(path: Path, text: str) -> None:
    """Write a file that appears whole or not at all, and never over another: two processes may start at once."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # The other process was first; its key is the key.
    finally:
        draft.unlink()
