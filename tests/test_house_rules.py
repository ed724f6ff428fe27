"""The house's rules, held by the code itself: who imports whom, how long a room may be, what must be documented."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from webapp import create_app
from webapp.cli import turnstone
from webapp.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    path for package in ("nlp", "webapp") for path in (ROOT / package).rglob("*.py") if "versions" not in path.parts
)
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 40
MEDIAN_FUNCTION_LINES = 12
BANNED_MODULE_NAMES = {"utils", "helpers", "common", "core", "manager", "misc"}

# Prefix of a module → prefixes that it must not import. The longest matching prefix rules.
FORBIDDEN = {
    "nlp": ("webapp", "flask", "sqlmodel", "sqlalchemy", "huey"),
    "webapp.models": ("flask", "webapp.services", "webapp.views", "nlp"),
    "webapp.services": ("flask", "webapp.views", "webapp.jobs", "webapp.forms"),
    "webapp.views": ("nlp", "sqlmodel", "sqlalchemy"),
    "webapp.jobs": ("webapp.views", "webapp.forms"),
    "webapp.worker": ("webapp.views", "webapp.forms", "flask"),
    "webapp.cli": ("webapp.views", "webapp.forms"),
}
# Heavy libraries → the only modules that may import them.
HEAVY = {
    "bertopic": ("nlp.topics.",),
    "umap": ("nlp.topics.",),
    "hdbscan": ("nlp.topics.",),
    "sklearn": ("nlp.topics.", "nlp.evaluation.charity_tags"),
    "whoosh": ("nlp.search.whoosh",),
    "onnxruntime": ("nlp.embedding.onnx_minilm",),
    "sentence_transformers": ("nlp.embedding.sentence_transformers",),
}
ENGINE_FREE = ("nlp.types", "nlp.text", "nlp.metrics")


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions_of(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{module_name(path)}.{node.name}", (node.end_lineno or 0) - node.lineno + 1


def lies_in(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix if prefix.endswith(".") else f"{prefix}.")


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_nobody_imports_what_the_house_forbids(path: Path) -> None:
    name = module_name(path)
    rules = max((prefix for prefix in FORBIDDEN if lies_in(name, prefix)), key=len, default=None)
    forbidden = FORBIDDEN[rules] if rules else ()
    broken = [found for found in imports_of(path) if any(lies_in(found, prefix) for prefix in forbidden)]
    assert not broken, f"{name} imports {broken}"


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_heavy_libraries_are_imported_only_where_they_are_implemented(path: Path) -> None:
    name = module_name(path)
    for library, homes in HEAVY.items():
        if any(lies_in(found, library) for found in imports_of(path)):
            assert any(name.startswith(home) for home in homes), f"{name} imports {library}"


def test_views_do_not_import_each_other() -> None:
    for path in (ROOT / "webapp" / "views").glob("*.py"):
        if path.name != "__init__.py":
            others = [found for found in imports_of(path) if lies_in(found, "webapp.views")]
            assert not others, f"{module_name(path)} imports {others}"


@pytest.mark.parametrize("name", ENGINE_FREE)
def test_the_plainest_modules_import_no_engine(name: str) -> None:
    path = ROOT / Path(*name.split(".")).with_suffix(".py")
    foreign = [found for found in imports_of(path) if lies_in(found, "nlp") and not found.startswith("nlp.types")]
    foreign += [found for found in imports_of(path) if found.split(".")[0] in {*HEAVY, "spacy", "tokenizers"}]
    assert not foreign


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_is_a_room_of_one_subject(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") < MAX_MODULE_LINES
    assert path.stem not in BANNED_MODULE_NAMES


def test_functions_stay_short() -> None:
    lengths = dict(found for path in MODULES for found in functions_of(path))
    assert {name: n for name, n in lengths.items() if n > MAX_FUNCTION_LINES} == {}
    assert statistics.median(lengths.values()) <= MEDIAN_FUNCTION_LINES


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_every_module_says_what_it_holds(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), f"{module_name(path)} has no docstring"


def test_the_readme_describes_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `TURNSTONE_([A-Z_]+)` \| (.*) \|$", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert set(rows) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        assert (field.description or "") in rows[name.upper()], f"the row of {name} tells something else"


def test_the_documentation_names_every_command() -> None:
    documented = "\n".join(path.read_text() for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    for words in commands_of(turnstone, ["turnstone"]):
        assert f"`{words}" in documented, f"`{words}` is not described in README.md or docs/"


def commands_of(group: click.Group, words: list[str]) -> Iterator[str]:
    for name, command in group.commands.items():
        assert command.help, f"{' '.join([*words, name])} has no help"
        if isinstance(command, click.Group):
            yield from commands_of(command, [*words, name])
        else:
            yield " ".join([*words, name])


def test_every_route_says_what_it_does(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path, search="memory://", embedding="hashing"))
    silent = [rule.rule for rule in app.url_map.iter_rules() if not app.view_functions[rule.endpoint].__doc__]
    assert not silent


def test_no_file_names_a_package_registry_or_carries_download_addresses() -> None:
    registries = re.compile(r"https?://[^\s\"']*(pypi|pythonhosted|npmjs|debian\.org)")
    for name in (
        "requirements.txt",
        "tests/requirements.txt",
        "package-lock.json",
        "package.json",
        "Makefile",
    ):
        assert not registries.search((ROOT / name).read_text()), name
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
