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
from webapp.models.consent import NAMING_CHOICES, USES, AgreedUse, Consent
from webapp.models.operations import AuditEvent, Job
from webapp.models.places import ORGANISATION_KINDS, PLACE_KINDS, Organisation, Place, PlaceName, PlaceOutline
from webapp.models.searches import CitedResult, SavedSearch
from webapp.models.stories import STORY_STATUSES, Attachment, Passage, Revision, Story
from webapp.models.topics import Topic, TopicAssignment, TopicChange, TopicIdentity, TopicRun

__all__ = [
    "NAMING_CHOICES",
    "ORGANISATION_KINDS",
    "PERSONAL_DATA_KINDS",
    "PLACE_KINDS",
    "ROLES",
    "STORY_STATUSES",
    "TREATMENTS",
    "USES",
    "AgreedUse",
    "Analysis",
    "Attachment",
    "AuditEvent",
    "CitedResult",
    "Coding",
    "Consent",
    "Job",
    "Mention",
    "Organisation",
    "Passage",
    "PersonalDataFinding",
    "Place",
    "PlaceName",
    "PlaceOutline",
    "Quote",
    "Repurposing",
    "Revision",
    "SavedSearch",
    "Statement",
    "Story",
    "Theme",
    "ThemeLearning",
    "Topic",
    "TopicAssignment",
    "TopicChange",
    "TopicIdentity",
    "TopicRun",
    "User",
    "UserRole",
    "metadata",
    "now",
]
