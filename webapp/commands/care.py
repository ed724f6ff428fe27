"""`turnstone index`, `user` and `doctor`: what an administrator needs."""

import secrets
import sys

import click

from webapp.database import transaction
from webapp.doctor import examine
from webapp.errors import NotFound
from webapp.models import ROLES
from webapp.services import indexing
from webapp.services.access import OPERATOR
from webapp.services.account_links import reset_link
from webapp.services.accounts import add_user, user_by_email
from webapp.surroundings import Surroundings, pass_surroundings


@click.group("index")
def index_group() -> None:
    """The search index, a copy that can be made anew at any time."""


@index_group.command("rebuild")
@pass_surroundings
def rebuild_command(surroundings: Surroundings) -> None:
    """Make the whole index anew; searches answer from the old one until it is done."""
    with transaction(surroundings.database) as session, surroundings.working():
        n_stories = indexing.rebuild(session, surroundings.resources.engine)
    click.echo(f"{n_stories} stories indexed.")


@index_group.command("verify")
@pass_surroundings
def verify_command(surroundings: Surroundings) -> None:
    """Compare the index with the database; fails if they differ."""
    with transaction(surroundings.database) as session:
        found = indexing.differences(session, surroundings.resources.engine)
    for story_id in found.stale:
        click.echo(f"not as the database: {story_id}")
    for story_id in found.gone:
        click.echo(f"should not be there: {story_id}")
    if found.stale or found.gone:
        raise click.ClickException("The index differs. A running worker mends it; so does `turnstone index rebuild`.")
    click.echo(f"The index holds {len(surroundings.resources.engine.versions())} stories, as the database.")


@click.group("user")
def user_group() -> None:
    """People who can sign in."""


@user_group.command("add")
@click.argument("email")
@click.option("--name", default="", help="How the person is called in the site.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES))
@click.option("--password-from-stdin", is_flag=True, help="Read the password from standard input.")
@pass_surroundings
def add_user_command(
    surroundings: Surroundings, email: str, name: str, roles: tuple[str, ...], password_from_stdin: bool
) -> None:
    """Add a person; without a password of their own, a random one is made and printed once."""
    password = sys.stdin.readline().strip() if password_from_stdin else secrets.token_urlsafe(12)
    with transaction(surroundings.database) as session:
        user = add_user(session, OPERATOR, email=email, name=name, roles=list(roles), password=password)
        click.echo(f"{user.email} can sign in as {', '.join(roles)}.")
    if not password_from_stdin:
        click.echo(f"Password, shown only now: {password}")


@user_group.command("link")
@click.argument("email")
@pass_surroundings
def link_command(surroundings: Surroundings, email: str) -> None:
    """Print a link for a new password, for whoever runs the site and has no other administrator to ask."""
    settings = surroundings.settings
    with transaction(surroundings.database) as session:
        user = user_by_email(session, email)
        if user is None:
            raise NotFound(f"Nobody signs in as {email}.")
        token = reset_link(session, OPERATOR, user, secret_key=settings.read_secret_key(), by_mail=False)
    click.echo(f"Works once, for a day: {settings.url_of(f'/account-link/{token}')}")


@click.command("doctor")
@pass_surroundings
def doctor_command(surroundings: Surroundings) -> None:
    """Look at every part of the installation and say what is wrong; fails if anything is."""
    findings = list(examine(surroundings.settings, surroundings.database, surroundings.resources))
    for finding in findings:
        click.echo(f"{'✓' if finding.is_well else '✗'} {finding.name:<11} {finding.seen}")
    if not all(finding.is_well for finding in findings):
        sys.exit(1)
