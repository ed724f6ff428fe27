"""The tables. Importing this package registers all of them with `metadata`."""

from webapp.models.accounts import ROLES, User, UserRole
from webapp.models.analysis import Analysis, ThemeLearning
from webapp.models.base import metadata, now
from webapp.models.coding import (
    PERSONAL_DATA_KINDS,
    TREATMENTS,
    Coding,
    Mention,
    PersonalDataFinding,
    Quote,
    Repurposing,
    Statement,
    Theme,
)
from webapp.models.consent import (
    AGE_BANDS,
    LAWFUL_BASES,
    NAMING_CHOICES,
    PURPOSES,
    USES,
    AgreedUse,
    Consent,
    ConsentWording,
    LawfulBasis,
)
from webapp.models.contributors import STANDINGS, Contributor, StoryContributor
from webapp.models.messages import Notice, OutgoingMail
from webapp.models.operations import AuditEvent, Job
from webapp.models.places import ORGANISATION_KINDS, PLACE_KINDS, Organisation, Place, PlaceName, PlaceOutline
from webapp.models.reviewing import (
    REPLACEMENT_KINDS,
    RISKS,
    CommentPlace,
    PrivateOriginal,
    ReviewComment,
    WelfareNote,
    WordReplacement,
)
from webapp.models.searches import CitedResult, SavedSearch
from webapp.models.stories import (
    EVIDENCE_STRENGTHS,
    PLACE_LEVELS,
    SPECIAL_CATEGORIES,
    STORY_STATUSES,
    Attachment,
    Passage,
    Revision,
    Story,
)
from webapp.models.submissions import DRAFT_KINDS, Draft, DraftAnswer
from webapp.models.topics import Topic, TopicAssignment, TopicChange, TopicIdentity, TopicRun
from webapp.models.usage import TASK_STATES, TakedownTask, UsageLog

__all__ = [
    "AGE_BANDS",
    "DRAFT_KINDS",
    "EVIDENCE_STRENGTHS",
    "LAWFUL_BASES",
    "NAMING_CHOICES",
    "ORGANISATION_KINDS",
    "PERSONAL_DATA_KINDS",
    "PLACE_KINDS",
    "PLACE_LEVELS",
    "PURPOSES",
    "REPLACEMENT_KINDS",
    "RISKS",
    "ROLES",
    "SPECIAL_CATEGORIES",
    "STANDINGS",
    "STORY_STATUSES",
    "TASK_STATES",
    "TREATMENTS",
    "USES",
    "AgreedUse",
    "Analysis",
    "Attachment",
    "AuditEvent",
    "CitedResult",
    "Coding",
    "CommentPlace",
    "Consent",
    "ConsentWording",
    "Contributor",
    "Draft",
    "DraftAnswer",
    "Job",
    "LawfulBasis",
    "Mention",
    "Notice",
    "Organisation",
    "OutgoingMail",
    "Passage",
    "PersonalDataFinding",
    "Place",
    "PlaceName",
    "PlaceOutline",
    "PrivateOriginal",
    "Quote",
    "Repurposing",
    "ReviewComment",
    "Revision",
    "SavedSearch",
    "Statement",
    "Story",
    "StoryContributor",
    "TakedownTask",
    "Theme",
    "ThemeLearning",
    "Topic",
    "TopicAssignment",
    "TopicChange",
    "TopicIdentity",
    "TopicRun",
    "UsageLog",
    "User",
    "UserRole",
    "WelfareNote",
    "WordReplacement",
    "metadata",
    "now",
]
