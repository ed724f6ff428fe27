"""What waits for reviewers, to be filtered and put in order."""

from flask import Blueprint, render_template, request

from webapp import context
from webapp.services.review_queue import NOT_SENSITIVE, Asked, review_queue
from webapp.services.sensitivity import REASONS

bp = Blueprint("review_queue", __name__, url_prefix="/review")

QUEUE_PAGE = 50
QUEUE_WORDS = {
    "status": {"submitted": "Sent", "changes_requested": "Waiting for changes", "draft": "Draft by import"},
    "reason": {**REASONS, NOT_SENSITIVE: "Nothing sensitive found"},
    "band": {"complete": "Everything told", "most": "Two thirds or more told", "little": "Less than that told"},
    "sort": {
        "oldest": "Longest waiting first",
        "newest": "Latest first",
        "sensitive": "Most sensitive first",
        "complete": "Most complete first",
        "incomplete": "Least complete first",
        "title": "By title",
    },
}


@bp.get("")
def index() -> str:
    """The stories that wait for a reviewer, filtered and in the order asked for.

    :raise 400: for a filter or an order that does not exist.
    :raise 403: for somebody who may not review.
    """
    actor, args = context.signed_in_actor(), request.args
    names = ("status", "reason", "band")
    asked = Asked(**{name: args.get(name, "") for name in names}, sort=args.get("sort") or "oldest")
    found = review_queue(context.session(), actor, asked)
    number = min(max(args.get("page", 1, type=int), 1), max(1, -(-len(found.waiting) // QUEUE_PAGE)))
    return render_template(
        "review_queue/index.html",
        asked=asked,
        found=found,
        number=number,
        n_pages=-(-len(found.waiting) // QUEUE_PAGE),
        waiting=found.waiting[(number - 1) * QUEUE_PAGE : number * QUEUE_PAGE],
        words=QUEUE_WORDS,
        args={name: value for name, value in args.items() if name != "page" and value},
    )
