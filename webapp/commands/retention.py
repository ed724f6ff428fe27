"""`turnstone retention`: what the page “Due to be erased” shows and does, for whoever runs the site."""

import click

from webapp.database import empty_log, transaction
from webapp.errors import Invalid
from webapp.services import retention
from webapp.services.abandoned import abandoned_drafts
from webapp.services.access import OPERATOR, find_story
from webapp.surroundings import Surroundings, pass_surroundings


@click.group("retention")
def retention_group() -> None:
    """How long stories are held, and erasing those whose time is over."""


@retention_group.command("due")
@pass_surroundings
def due_command(surroundings: Surroundings) -> None:
    """List the stories whose time is over, those that wait longest first."""
    settings = surroundings.settings
    with transaction(surroundings.database) as session:
        for due in retention.due_stories(session, default=settings.retention):
            click.echo(f"{due.story.external_id}  {due.retention_class}  since {due.since}  {due.story.status}")
        n_drafts = len(abandoned_drafts(session, days=settings.draft_days))
    if n_drafts:
        click.echo(f"{n_drafts} drafts left for {settings.draft_days} days: the worker throws them away.", err=True)


@retention_group.command("erase")
@click.argument("story_ids", nargs=-1, metavar="ID…")
@click.option("--all-due", is_flag=True, help="All stories whose time is over.")
@click.option("--reason", default="", help="Why, for the audit log; no names.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_surroundings
def erase_command(
    surroundings: Surroundings, story_ids: tuple[str, ...], all_due: bool, reason: str, yes: bool
) -> None:
    """Erase stories for good: texts, readings, photos, consents, places in topics, and their words in the index."""
    if bool(story_ids) == all_due:
        raise Invalid("Name the stories to erase by their ids, or use --all-due: one of the two.")
    reasons = _due(surroundings) if all_due else dict.fromkeys(story_ids, reason)
    if not reasons:
        click.echo("Nothing is due.")
        return
    if not yes:
        click.confirm(f"Erase {', '.join(reasons)}? This cannot be undone.", abort=True)
    for story_id, why in reasons.items():
        _erase(surroundings, story_id, reason=reason or why)
    empty_log(surroundings.database)
    surroundings.reconcile()


def _due(surroundings: Surroundings) -> dict[str, str]:
    """Id of each story whose time is over → why it is erased."""
    with transaction(surroundings.database) as session:
        found = retention.due_stories(session, default=surroundings.settings.retention)
        return {due.story.external_id: f"retention: {due.retention_class}, due since {due.since}" for due in found}


def _erase(surroundings: Surroundings, story_id: str, *, reason: str) -> None:
    with transaction(surroundings.database) as session:
        story = find_story(session, OPERATOR, story_id)
        erased = retention.erase_story(session, OPERATOR, story, reason=reason[:200])
    retention.drop_files(surroundings.settings.media_folder, erased)
    click.echo(f"{story_id}: {sum(erased.rows.values())} rows, {len(erased.files)} files.")
