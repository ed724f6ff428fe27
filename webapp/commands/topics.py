"""`turnstone topics`: discovering, showing and comparing."""

import json
from functools import partial

import click

from nlp.topics.lemmas import lemma_by_form
from webapp.database import transaction
from webapp.errors import NotFound
from webapp.models import TopicRun
from webapp.services.themes import codebook
from webapp.services.topic_identity import compare_runs
from webapp.services.topic_keeping import keep_run
from webapp.services.topic_runs import fit, standing_run
from webapp.services.topics import overview
from webapp.surroundings import Surroundings, pass_surroundings
from webapp.terminal import ProgressLine


@click.group("topics")
def topics_group() -> None:
    """Topics that the passages of the published stories fall into, beside the codebook."""


@topics_group.command("fit")
@click.option("--model", default="consensus", show_default=True, type=click.Choice(["consensus", "bertopic", "nmf"]))
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 1_000_000))
@click.option(
    "--topics", "n_topics", type=click.IntRange(2, 200), help="How many; by default, as many as are stable."
)
@pass_surroundings
def fit_command(surroundings: Surroundings, model: str, seed: int, n_topics: int | None) -> None:
    """Discover topics; killed and started again, it goes on from what was finished."""
    with transaction(surroundings.database) as session:
        language = surroundings.resources.pipeline(codebook(session)).language
    run_id = fit(
        partial(transaction, surroundings.database),
        on_progress=ProgressLine(),
        model_name=model,
        seed=seed,
        n_topics=n_topics,
        keep=surroundings.settings.home / "topics",
        lemmas=partial(lemma_by_form, language),
    )
    with transaction(surroundings.database) as session:
        keep_run(session)
    click.echo(f"Run {run_id} stands.")
    _show(surroundings, as_json=False)


@topics_group.command("show")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_surroundings
def show_command(surroundings: Surroundings, as_json: bool) -> None:
    """Show the topics of the standing run, by what anybody may read today."""
    _show(surroundings, as_json=as_json)


@topics_group.command("compare")
@click.argument("before", type=int)
@click.argument("after", type=int)
@pass_surroundings
def compare_command(surroundings: Surroundings, before: int, after: int) -> None:
    """Say which topics of run AFTER are which of run BEFORE: kept, new, split, merged or vanished."""
    with transaction(surroundings.database) as session:
        runs = [session.get(TopicRun, run_id) for run_id in (before, after)]
        missing = [run_id for run_id, run in zip((before, after), runs, strict=True) if run is None]
        if missing:
            newest = standing_run(session)
            raise NotFound(f"There is no run {missing[0]}. The newest is {newest.id if newest else 'not made yet'}.")
        found = compare_runs(session, *[run for run in runs if run is not None])
        for position, topic in enumerate(found.after):
            sources = ", ".join(found.before[i].label for i in found.matching.sources.get(position, ()))
            click.echo(
                f"{found.matching.fate(position):<9} {topic.label:<50} {f'from: {sources}' if sources else ''}"
            )
        for position in found.matching.vanished:
            click.echo(f"{'vanished':<9} {found.before[position].label}")


def _show(surroundings: Surroundings, *, as_json: bool) -> None:
    with transaction(surroundings.database) as session:
        found = overview(session)
        if found is None:
            raise NotFound("No topics were discovered yet. `turnstone topics fit` does.")
        if as_json:
            topics = [
                {"id": t.id, "name": t.name, "words": t.words, "passages": t.n_passages, "stories": t.n_stories,
                 "stability": t.stability, "fate": t.fate}
                for t in found.topics
            ]  # fmt: skip
            said = {
                "run": found.run_id,
                "passages": found.n_passages,
                "stories": found.n_stories,
                "stories_in_topics": found.n_stories_in_topics,
                "outlier_share": round(found.outlier_share, 4),
                "stability": found.stability,
                "new_run_proposed": found.reasons_for_a_new_run,
                "topics": topics,
            }
            click.echo(json.dumps(said, ensure_ascii=False))
            return
        click.echo(
            f"Run {found.run_id}: {found.n_passages} passages of {found.n_stories} stories, "
            f"{found.outlier_share:.0%} in no topic, {found.n_stories_in_topics} stories in a topic"
            + (f", stability {found.stability:.2f}." if found.stability is not None else ".")
        )
        for topic in found.topics:
            click.echo(f"{topic.n_passages:>6} {topic.n_stories:>5}  {topic.name:<40} {', '.join(topic.words[:8])}")
        for reason in found.reasons_for_a_new_run:
            click.echo(f"A new run is proposed: {reason}")
