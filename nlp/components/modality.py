"""Did it happen? Plans, wishes, offers, refusals, conditions, questions and returns are not changes of use."""

from __future__ import annotations

import re

_MODAL = re.compile(
    r"(?i)\b(?:would|could|might|may(?!\s+\d)|should|can|cannot|can['’]t|will|won['’]t|shall|must|ought"
    r"|wouldn['’]t|couldn['’]t)\b"
    r"|['’](?:ll|d)\b(?!\s+(?:been|become|turned|made|had|already|find|see))"
)
_NEGATED = re.compile(
    r"(?i)\b(?:not|never|no longer|nor|neither|nobody|no one|none|hardly|scarcely|without|fail(?:ed|s)? to"
    r"|refus(?:ed|es|ing)"
    r"|nearly|almost|half-?way to|far from|cannot|decided against|stopped short|instead of|rather than|avoid(?:ed)?"
    r"|prevent(?:ed)?|unable)\b|n['’]t\b"
)
_UNREAL = re.compile(
    r"(?i)\b(?:if|unless|whether|as though|suppose|supposing|imagine[ds]?|in case|were to|wish(?:ed|es)?|hop(?:e"
    r"|es|ed|ing)"
    r"|want(?:s|ed|ing)?|plan(?:s|ned|ning)?|propos(?:e|es|ed|al|als|ing)|suggest(?:s|ed|ion|ions|ing)?"
    r"|intend(?:s|ed|ing)?"
    r"|intention|aim(?:s|ed|ing)?|bid(?:s|ding)?|offer(?:s|ed)? to|offer of|idea|ideas|option|options"
    r"|consider(?:s|ed|ing)?|rumou?rs?"
    r"|talk(?:s|ed|ing)? (?:of|about)|thought (?:of|about)|thinking (?:of|about)|dream(?:s|ed|t|ing)?|appl(?:y"
    r"|ied|ication)"
    r"|permission|feasibility|consult(?:ed|ation|ing)|due to (?:be|become|open|turn)|set to|about to|going to"
    r"|is to|are to|been asked"
    r"|was to|were to|yet to|asked (?:if|us to|them to|to)|campaign(?:s|ed|ing)? (?:to|for)|lobb(?:y|ied|ying)"
    r"|petition(?:s|ed)?"
    r"|threat(?:s|en|ened|ening)?|supposed to|meant to|expected to|looking (?:to|at|into)|debate[ds]?"
    r"|vote[ds]? (?:on|against)|discuss(?:ed|ing|ion)?"
    r"|invit(?:ed|ation)|promis(?:e|ed|es)|next (?:year|spring|summer|autumn|winter|month)|some day|one day soon"
    r"|no truth|on paper|look(?:s|ed|ing)? (?:in)?to|weigh(?:s|ed|ing)? up|within \w+ (?:\w+ )?of"
    r"|on the (?:point|verge|brink) of"
    r"|approv(?:ed|es|al)|recommend(?:s|ed)?|urg(?:es|ed|ing)|demand(?:s|ed)?|insist(?:s|ed)?|call(?:s"
    r"|ed)? for|toy(?:s|ed|ing)? with|close to"
    r"|scheme to|schemes to|earmarked|proposals?|drawings|sketch(?:es|ed)?|feasible|word has it|they say"
    r"|people say|it is said|is said|was said|told that|word\b[^,.;]{0,30}\bis that|has it that|according to"
    r"|a story|all but|at no (?:time|point)|not once|strategy|five-year|by 20[3-9]\d|by 202[7-9]"
    r"|on the table|pitched|floated|mooted|touted|pencilled|ask(?:s|ed) for|wonder(?:s|ed)?|pretend(?:ed)?"
    r"|imagined|might|the thought of|spoke of"
    r"|speaks? of|in favour of|against (?:the )?|oppos(?:e|ed|ing)|fear(?:s|ed)?|warn(?:s|ed)?|prefer(?:red)?"
    r"|would rather|fancied|fancies|swore|swears|(?:asked|asks|asking) about"
    r"|believe[ds]?|reckon(?:s|ed)?|phase (?:two|three|2|3)"
    r"|from next|the lease lets|an offer"
    r"|what about|why not|how about|like to|love to|keen to|hopes? of|prospect of|in talks|drew up|drawn up"
    r"|estimat(?:e|ed)|quot(?:e|ed) for"
    r"|agreed to|tried to|trying to|attempt(?:s|ed)? to|tempted|raising (?:money|funds)|fundrais\w*)\b"
)
# "Managed to turn", "had to turn", "was able to become": what follows did happen.
_CAME_TO_PASS = re.compile(
    r"(?i)\b(?:managed|able|had|have|has|forced|obliged|began|begun|started|come|came|help(?:ed|s"
    r"|ing)?(?: \w+){0,3}|got|went on|proceeded|chose"
    r"|decided|enabled(?: \w+){0,3}|allowed(?: \w+){0,3}|let(?: \w+){0,3}|rushed|moved|stepped in|quick|scrambled"
    r"|together|free"
    r"|overnight|used)\s+(?:to\s+)?(?:\w+ly\s+)?$"
)
_INFINITIVE = re.compile(r"(?i)\bto\s+(?:\w+ly\s+)?(?:be\s+)?(?:\w+ly\s+)?$")
_UNDER_WAY = re.compile(r"(?i)\b(?:is|are|['’]s)\s+being\s*$")
_FELL_THROUGH = re.compile(
    r"(?i)\b(?:came to nothing|fell through|never happened|did not happen|didn['’]t happen|thought better of"
    r"|w(?:as|ere) (?:dropped"
    r"|rejected|refused|turned down|thrown out|shelved|abandoned|withdrawn|overruled|outvoted)|but (?:we|they"
    r"|it) (?:never|did not|didn['’]t)"
    r"|money ran out|stands half|half[- ]done|only ever|never (?:was )?finished|before any of us|we said no"
    r"|in the end (?:we|they|it) (?:did not|didn['’]t)|(?:is|was) not to be)\b"
)
_HEARSAY = re.compile(
    r"(?i)\b(?:rumours?|rumoured|it (?:was|is) said|according to|word (?:is|was|on the \w+)"
    r"|talk\b[^,.;]{0,20} (?:of|that)|story went"
    r"|gossip|they say|joked?|legend has|some said|people said|hoax)\b"
)
_BACKGROUND = re.compile(
    r"(?i)\bin (?:(?:my|our|his|her|their) )?(?:\w+ )?\w+['’]s?['’]? (?:day|days|time)\b|\bunder (?:Henry"
    r"|Queen|King|Edward|George)\b"
    r"|\b(?:victorian|edwardian|georgian|medieval|tudor)\b|\bin the (?:\w+ )?war\b|\bwhen my (?:mother|father"
    r"|gran\w*)\b"
    r"|\b(?:before|long before) (?:I|we|any of us|my time|our time)\b|\bgrand(?:father|mother|parents|dad)\b"
    r"|\bin the (?:nineteen-?)?(?:forties|fifties|sixties|seventies|eighties)\b|\b(?:1[5-9]\d0|19[0-8]\d)s\b"
    r"|\bcentury\b"
)
"""What happened long ago is the story's background."""
_LATELY = re.compile(r"(?i)\b(?:now|today|these days|nowadays|20[0-2]\d)\b")
_ASIDE = re.compile(r",[^,]*,\s*$")
_RETURN = re.compile(r"(?i)\b(?:back|again|once more|re-?turned|returned|reverted|restored|as before|as usual)\b")
_BACK_TO_LIFE = re.compile(r"(?i)\bback\s+(?:to\s+life|in(?:to)?\s+use)\b")
_NAME = re.compile(r"(?:[A-Z][\w'’-]+\s+){2,}(?=[a-z]|$)")  # "Hope Street Tabernacle" hopes for nothing.
_CLAUSE_BREAK = re.compile(
    r"(?i)[;:–—]|[.!?]\s|,\s+(?:and|but|so|yet)\s+|\s+but\s+|,\s+(?=(?:the|we|it|they|our|this|that)\s)"
)


def is_actual(sentence: str, start: int, end: int) -> bool:
    """Does `sentence` say that what stands at [start, end), its verb and all that the verb governs, did happen?

    Offsets are within the sentence.
    """
    if sentence.rstrip(" \"'”’)").endswith("?"):
        return False
    if _FELL_THROUGH.search(sentence, end):
        return False
    clause = _NAME.sub("", _clause_before(sentence, start))
    if _INFINITIVE.search(clause):
        return _happened_all_the_same(clause)
    if _HEARSAY.search(sentence, 0, start) or (_BACKGROUND.search(sentence) and not _LATELY.search(sentence)):
        return False
    governed = sentence[start:end]
    if _UNREAL.match(governed):
        return False
    if _UNDER_WAY.search(clause) and not governed.lower().startswith("used"):
        return False
    near = _ASIDE.sub("", clause)
    near = near[near.rfind(",") + 1 :] if near[near.rfind(",") + 1 :].strip() else near
    if _MODAL.search(near[-60:]) or _NEGATED.search(near[-60:]) or _UNREAL.search(clause):
        return False
    opening = sentence[:start].lstrip().lower()
    if opening.startswith(("if ", "unless ", "suppose ", "imagine ", "should ", "had we ", "were we ")):
        return False
    return not _RETURN.search(_BACK_TO_LIFE.sub("", governed)) and not re.search(r"(?i)\b(?:back|again)\W*$", clause)


def _clause_before(sentence: str, start: int) -> str:
    breaks = list(_CLAUSE_BREAK.finditer(sentence, 0, start))
    return sentence[breaks[-1].end() if breaks else 0 : start]


def _happened_all_the_same(clause: str) -> bool:
    before = _INFINITIVE.sub("", clause)
    is_real = bool(_CAME_TO_PASS.search(before + " "))
    return is_real and not (_MODAL.search(before) or _NEGATED.search(before) or _UNREAL.search(before))
