"""The pages, one blueprint a feature, and what every template may use."""

from flask import Flask

from webapp import context, rendering
from webapp.services.access import may_administer, may_edit_story, may_invite, may_review, may_submit
from webapp.services.places import place_paths
from webapp.services.stories import in_words
from webapp.services.usage import may_record_use
from webapp.services.vocabulary import (
    CONTENT_WARNINGS,
    FACET_NAMES,
    LAWFUL_BASIS_NAMES,
    MENTION_NAMES,
    NAMING_NAMES,
    PERSONAL_DATA_NAMES,
    PURPOSE_NAMES,
    ROLE_NAMES,
    STANDING_NAMES,
    USE_NAMES,
    in_plain_words,
)
from webapp.views.account_links import bp as account_links_pages
from webapp.views.accounts import bp as accounts_pages
from webapp.views.audit_log import bp as audit_log_pages
from webapp.views.care_of_teller import bp as care_of_teller_pages
from webapp.views.cited_results import bp as cited_results_pages
from webapp.views.codebook import bp as codebook_pages
from webapp.views.comments import bp as comments_pages
from webapp.views.components import bp as components_pages
from webapp.views.concerns import bp as concerns_pages
from webapp.views.consents import bp as consents_pages
from webapp.views.downloads import bp as download_pages
from webapp.views.drafts import bp as drafts_pages
from webapp.views.error_pages import bp as error_pages
from webapp.views.health import bp as health_pages
from webapp.views.help import bp as help_pages
from webapp.views.home import bp as home_pages
from webapp.views.invitations import bp as invitations_pages
from webapp.views.jobs import bp as jobs_pages
from webapp.views.notices import bp as notices_pages
from webapp.views.own_account import bp as own_account_pages
from webapp.views.people import bp as people_pages
from webapp.views.personal_data import bp as personal_data_pages
from webapp.views.photos import bp as photos_pages
from webapp.views.redactions import bp as redactions_pages
from webapp.views.review import bp as review_pages
from webapp.views.review_queue import bp as review_queue_pages
from webapp.views.revisions import bp as revisions_pages
from webapp.views.saved_searches import bp as saved_searches_pages
from webapp.views.search import bp as search_pages
from webapp.views.starting import bp as starting_pages
from webapp.views.stories import bp as stories_pages
from webapp.views.story_care import bp as story_care_pages
from webapp.views.submissions import bp as submissions_pages
from webapp.views.takedowns import bp as takedowns_pages
from webapp.views.topic_map import bp as topic_map
from webapp.views.topics import bp as topics_pages
from webapp.views.wordings import bp as wordings_pages
from webapp.views.yours import bp as yours_pages

BLUEPRINTS = (
    home_pages,
    search_pages,
    download_pages,
    saved_searches_pages,
    cited_results_pages,
    submissions_pages,
    drafts_pages,
    photos_pages,
    starting_pages,
    invitations_pages,
    stories_pages,
    codebook_pages,
    topics_pages,
    topic_map,
    review_queue_pages,
    review_pages,
    redactions_pages,
    consents_pages,
    takedowns_pages,
    notices_pages,
    wordings_pages,
    yours_pages,
    comments_pages,
    care_of_teller_pages,
    revisions_pages,
    audit_log_pages,
    jobs_pages,
    accounts_pages,
    account_links_pages,
    own_account_pages,
    people_pages,
    concerns_pages,
    story_care_pages,
    personal_data_pages,
    help_pages,
    components_pages,
    health_pages,
    error_pages,
)


# What every template may use, beside the name of the site.
SHARED: dict[str, object] = {
    "CONTENT_WARNINGS": CONTENT_WARNINGS,
    "FACET_NAMES": FACET_NAMES,
    "LAWFUL_BASIS_NAMES": LAWFUL_BASIS_NAMES,
    "PURPOSE_NAMES": PURPOSE_NAMES,
    "STANDING_NAMES": STANDING_NAMES,
    "MENTION_NAMES": MENTION_NAMES,
    "NAMING_NAMES": NAMING_NAMES,
    "PERSONAL_DATA_NAMES": PERSONAL_DATA_NAMES,
    "ROLE_NAMES": ROLE_NAMES,
    "USE_NAMES": USE_NAMES,
    "actor": context.actor,
    "count_concerns": context.count_concerns,
    "count_new_stories": context.count_new_stories,
    "lacks_second_factor": context.lacks_second_factor,
    "may_administer": may_administer,
    "count_notices": context.count_notices,
    "may_record_use": may_record_use,
    "may_edit_story": may_edit_story,
    "may_invite": may_invite,
    "may_review": may_review,
    "may_submit": may_submit,
    "percent": rendering.percent,
    "told_before_agreeing": context.told_before_agreeing,
    "place_paths": place_paths,
}


def register_views(app: Flask, *, site_name: str) -> None:
    """Add the pages to the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=rendering.day_in_words,
        highlighted=rendering.highlighted,
        in_groups=rendering.in_groups,
        in_plain_words=in_plain_words,
        moment=rendering.moment_in_words,
        said=rendering.value_in_words,
        period=rendering.period_in_words,
        standing=rendering.standing_in_words,
        status=in_words,
    )
    app.jinja_env.globals.update(SHARED, site_name=site_name)
