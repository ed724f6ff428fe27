"""The guided tours, one for each group of people: shown in the site's help and written into docs/ from here.

A step's picture is made by `make pictures` (tests/browser/pictures.py) and kept in webapp/static/tour.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of a tour. picture: its file's name without the ending; alt: what the picture shows."""

    heading: str
    words: str
    picture: str
    alt: str


@dataclass(frozen=True, slots=True)
class Tour:
    """A way through the site for somebody with a task."""

    key: str
    title: str
    lede: str
    steps: tuple[Step, ...]


TOURS: tuple[Tour, ...] = (
    Tour(
        key="staff",
        title="Sharing and reviewing stories",
        lede="For staff of a programme and of the groups that it supports: from what happened to a published story.",
        steps=(
            Step(
                "Choose the short or the full form",
                "“Share a case study” offers five minutes or the full story, a Word, PDF or text file to "
                "start from, and a link for somebody without an account. What you began before stands at the "
                "top.",
                "share",
                "The page Share a case study with the short and the full form",
            ),
            Step(
                "Answer a question a screen",
                "Each field has guidance and an example. What you type is kept as you go: close the page, go "
                "on later, on another device. Beside the text stands what the machine reads in it so far.",
                "telling",
                "The first step of the short form with a text being typed",
            ),
            Step(
                "Say who agreed, to what",
                "Nothing is ticked for you. Only what people agreed to is ever shown, and for that use alone;"
                " agreement can be taken back at any time.",
                "agreeing",
                "The step of the form that asks who agreed and to which uses",
            ),
            Step(
                "Review what came in",
                "Reviewers see the queue with the age, the sensitivity and the completeness of each story.",
                "queue",
                "The queue of stories that wait for a reviewer",
            ),
            Step(
                "Decide what the machine proposes",
                "Each theme, each change of use and each piece of personal data stands beside the sentence "
                "that it comes from. Confirm, correct or reject it, with the mouse or the keyboard; your "
                "decision stays when the text is read again. Publish when every check is met.",
                "review",
                "The review page with the text on the left and suggestions on the right",
            ),
        ),
    ),
    Tour(
        key="researchers",
        title="Finding and citing evidence",
        lede="For researchers: from a question to a set of stories that can be cited.",
        steps=(
            Step(
                "Ask in your own words",
                "Stories are found by words and by meaning, and the passage that matched is shown. Narrow the"
                " result by theme, place, year and kind of change; each count is of what you may see.",
                "search",
                "Results of a search with ways to narrow it on the left",
            ),
            Step(
                "Ask what became what",
                "“library -> *” finds what libraries became, “* -> food because:flood” what became a place "
                "for food after a flood.",
                "arrow",
                "Results of the query library -> *",
            ),
            Step(
                "See the flow",
                "The same result as a flow from kinds of use to kinds of use. Follow a band to its stories; "
                "the table below has the same figures.",
                "flow",
                "Bands that lead from kinds of use on the left to kinds of use on the right",
            ),
            Step(
                "Read words in context",
                "Every line in which a word stands, sorted by what precedes or follows it.",
                "context",
                "Lines of text with the word kitchen in the middle",
            ),
            Step(
                "Check the evidence",
                "On a story, what turned into what stands beside the marked sentence, and whether a person "
                "has confirmed it. Download a result with its evidence, follow it to hear of new stories, or "
                "make an address to cite it.",
                "story",
                "A story with its card of what became what and marked sentences",
            ),
        ),
    ),
    Tour(
        key="communications",
        title="Finding stories to tell",
        lede="For communications teams: a story for a blog or the press, within what people agreed to.",
        steps=(
            Step(
                "Say what you need",
                "“A warm story about a lonely man, with a quote” is understood: the frame is left out of the "
                "search, and stories with something to quote come first.",
                "needing",
                "Results of the search for a warm story with a quote",
            ),
            Step(
                "Keep to what was agreed",
                "Choose the use you have in mind: only stories whose people agreed to it are left.",
                "use",
                "Results limited to stories that may be used in the press",
            ),
            Step(
                "Take the quote",
                "“In their words” has what people said, with the name that they chose to be called by.",
                "quotes",
                "A story with quotes in the margin",
            ),
            Step(
                "Record where you used it",
                "Record each use on the story's page. If somebody takes their agreement back, the use becomes"
                " a task with a date for taking it down.",
                "recording",
                "The form for recording where a story was used",
            ),
        ),
    ),
)

TOUR_BY_KEY = {tour.key: tour for tour in TOURS}


def markdown(tour: Tour) -> str:
    """The tour as a page of docs/."""
    parts = [f"# {tour.title}", tour.lede]
    for number, step in enumerate(tour.steps, start=1):
        picture = f"![{step.alt}](../webapp/static/tour/{step.picture}.webp)"
        parts += [f"## {number}. {step.heading}", step.words, picture]
    return "\n\n".join([*parts, "The pictures and this page are made by `make pictures`.\n"])
