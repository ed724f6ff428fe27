"""`turnstone analyse` and `search`: reading and finding."""

import json
from pathlib import Path

import click

from nlp.analysis_json import to_json
from nlp.text import normalise
from webapp.database import transaction
from webapp.services.access import ANYBODY
from webapp.services.imports import StoryFile, find_files, read_story_files
from webapp.services.search import SearchResult, search_as_meant
from webapp.services.themes import codebook
from webapp.surroundings import Surroundings, pass_surroundings
from webapp.worker import import_limits


@click.command("analyse")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line and story.")
@pass_surroundings
def analyse_command(surroundings: Surroundings, files: tuple[Path, ...], as_json: bool) -> None:
    """Read files as the pipeline would, storing nothing."""
    with transaction(surroundings.database) as session:
        pipeline = surroundings.resources.pipeline(codebook(session))
    limits = import_limits(surroundings.settings)
    stories = [s for path in find_files(files).files for s in read_story_files(path, limits=limits).stories]
    for story, analysis in zip(stories, pipeline.analyse(normalise(s.text) for s in stories), strict=True):
        said = to_json(analysis, story_id=story.id, title=story.title)
        click.echo(json.dumps(said, ensure_ascii=False) if as_json else _in_words(story, said))


@click.command("search")
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
@pass_surroundings
def search_command(surroundings: Surroundings, query: str, as_json: bool, limit: int) -> None:
    """Search the published stories, as anybody may."""
    with transaction(surroundings.database) as session:
        result = search_as_meant(session, surroundings.resources.finder, ANYBODY, query, limit=limit)
        if as_json:
            click.echo(json.dumps(_search_json(query, result), ensure_ascii=False))
            return
        click.echo(f"{result.total} found.")
        for found in result.found:
            click.echo(f"\n{found.story.current_revision.title}  [{found.story.external_id}, {found.score:.3f}]")
            for snippet in found.snippets:
                click.echo(f"  … {' '.join(snippet.text.split())} …")
        if result.suggestion:
            is_searched = result.query.text == result.suggestion
            click.echo(f"\n{'This is for' if is_searched else 'Did you mean'}: {result.suggestion}")


def _search_json(query: str, result: SearchResult) -> dict[str, object]:
    return {
        "query": query,
        "total": result.total,
        "hits": [
            {
                "id": found.story.external_id,
                "title": found.story.current_revision.title,
                "score": round(found.score, 6),
                "snippets": [snippet.text for snippet in found.snippets],
            }
            for found in result.found
        ],
        "facets": {name: [list(pair) for pair in counts] for name, counts in result.facets.items()},
        "suggestion": result.suggestion,
    }


def _in_words(story: StoryFile, said: dict[str, object]) -> str:
    lines = [f"{story.title} [{story.id}]"]
    lines += [f"  theme {theme['key']} ({theme['score']:.2f})" for theme in said["themes"]]  # type: ignore[attr-defined]
    for event in said["repurposings"]:  # type: ignore[attr-defined]
        slots = {slot: event[slot]["text"] if event[slot] else "?" for slot in ("actor", "from", "to")}
        lines.append(f"  {slots['actor']}: {slots['from']} → {slots['to']} ({event['score']:.2f})")
        lines.append(f"    “{' '.join(event['sentence']['text'].split())}”")
    return "\n".join(lines)
