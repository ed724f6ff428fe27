"""`python -m webapp.benchmark`: how fast a repository fills, and how soon and how small the site is.

Speed of reading and of searching alone, beside their peers, is in `python -m nlp.benchmark`.
"""

import argparse
import csv
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from webapp.database import transaction
from webapp.resources import Resources
from webapp.running import set_up
from webapp.services.access import IMPORTER
from webapp.services.imports import read_story_files
from webapp.services.imports.bringing_in import ImportTerms, import_file
from webapp.settings import CORPUS, Settings
from webapp.worker import import_limits, reconcile

QUERIES = ("kitchen", "sports hub kitchen", "older people lonely", "flood", "young people", "library", "church hall")
WORDS_PER_STORY = 300
MIB = 1024


def main() -> None:
    """Fill a repository in a temporary folder, start the site on it, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1000, help="how many stories (default 1000)")
    parser.add_argument("--texts", type=Path, help="a .jsonl file with `text`, to be joined to stories of 300 words")
    parser.add_argument("--port", type=int, default=8765, help="a free port for the site")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home", port=args.port)
        figures = fill(settings, Path(folder), n_stories=args.stories, texts=args.texts) | start(settings)
    if args.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<28} {value:>10.2f}")


def fill(settings: Settings, folder: Path, *, n_stories: int, texts: Path | None) -> dict[str, float]:
    """Import, read and index stories of 300 words; gives seconds, and stories a second."""
    table = folder / "stories.csv"
    with table.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "title", "text"])
        for number, words in enumerate(itertools.islice(_texts(texts), n_stories)):
            rows.writerow([f"b-{number}", " ".join(words[:6]), " ".join(words)])
    database = set_up(settings)
    terms = ImportTerms(settings.media_folder, import_limits(settings), basis="a benchmark")
    began = time.perf_counter()
    with transaction(database) as session:
        import_file(session, IMPORTER, table, terms)
    imported = time.perf_counter()
    reconcile(settings, database, Resources(settings))
    ended = time.perf_counter()
    database.dispose()
    return {
        "stories": float(n_stories),
        "import_s": imported - began,
        "read_and_index_s": ended - imported,
        "stories_per_s": n_stories / (ended - began),
    }


def start(settings: Settings) -> dict[str, float]:
    """Start the site on a filled repository; gives seconds to the first page, and its memory in MiB."""
    began = time.perf_counter()
    with _site(settings) as site:
        _page(settings, "/")
        first_page = time.perf_counter() - began
        idle = _resident_mib(site.pid)
        seconds = []
        for words in QUERIES * 3:
            asked = time.perf_counter()
            _page(settings, "/search?" + urllib.parse.urlencode({"q": words}))
            seconds.append(time.perf_counter() - asked)
        return {
            "first_page_s": first_page,
            "web_memory_idle_mib": idle,
            "web_memory_searching_mib": _resident_mib(site.pid),
            "search_page_median_ms": sorted(seconds)[len(seconds) // 2] * 1000,
        }


@contextmanager
def _site(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"TURNSTONE_HOME": str(settings.home), "TURNSTONE_PORT": str(settings.port)}
    site = subprocess.Popen([sys.executable, "-m", "webapp", "serve"], env=environment)
    try:
        yield site
    finally:
        site.kill()
        site.wait()


def _page(settings: Settings, path: str) -> bytes:
    """A page, waited for while the site starts."""
    address = f"http://{settings.host}:{settings.port}{path}"
    pause = Event()
    for _ in range(600):
        try:
            with urllib.request.urlopen(address) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError:
            raise
        except (urllib.error.URLError, ConnectionError):
            pause.wait(0.1)
    raise TimeoutError(f"{address} did not answer within a minute.")


def _resident_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / MIB


def _texts(source: Path | None) -> Iterator[list[str]]:
    """Stories' words, without end: short texts joined until they are long enough, in a fixed random order."""
    if source is None:
        texts = [read_story_files(path).stories[0].text for path in sorted((CORPUS / "stories").glob("*.md"))]
    else:
        with source.open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
    chance = random.Random(1)
    words: list[str] = []
    while True:
        words += chance.choice(texts).split()
        if len(words) >= WORDS_PER_STORY:
            yield words[:WORDS_PER_STORY]
            words = []


if __name__ == "__main__":
    main()
