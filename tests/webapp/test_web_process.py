"""What the process that serves pages must do without."""

import subprocess
import sys
from pathlib import Path

SERVE = """
import sys
from pathlib import Path
from webapp import create_app
from webapp.database import open_database
from webapp.migrating import migrate
from webapp.settings import Settings

settings = Settings(home=Path(sys.argv[1]), embedding="hashing", search="memory://")
settings.prepare_home()
migrate(open_database(settings))
client = create_app(settings).test_client()
assert {client.get(page).status_code for page in ("/", "/search?q=hall", "/topics")} == {200}
heavy = {"bertopic", "umap", "numba", "pandas", "spacy", "hdbscan", "sklearn", "torch", "thinc"}
print(sorted(heavy & {name.split(".")[0] for name in sys.modules}))
"""


def test_serving_home_and_search_leaves_the_heavy_libraries_alone(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SERVE, str(tmp_path)], capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"
