"""The closed lists that people choose from, and what each value is called on a page."""

from nlp.types import USE_CATEGORIES
from webapp.models import CONTENT_WARNINGS, ORGANISATION_KINDS, PERSONAL_DATA_KINDS

__all__ = [
    "AGE_BAND_NAMES",
    "CONTENT_WARNINGS",
    "EVIDENCE_NAMES",
    "FACET_NAMES",
    "LAWFUL_BASIS_NAMES",
    "MENTION_NAMES",
    "NAMING_NAMES",
    "ORGANISATION_KINDS",
    "PERSONAL_DATA_NAMES",
    "PLACE_LEVEL_NAMES",
    "PURPOSE_NAMES",
    "REGIONS",
    "REPLACEMENT_NAMES",
    "RISK_NAMES",
    "ROLE_NAMES",
    "SPECIAL_CATEGORY_NAMES",
    "STANDING_NAMES",
    "USE_CATEGORIES",
    "USE_NAMES",
    "in_plain_words",
]

REGIONS = (
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and the Humber",
    "Northern Ireland",
    "Scotland",
    "Wales",
)

FACET_NAMES = {
    "theme": "Theme",
    "place": "Place",
    "organisation_kind": "Organisation",
    "year": "Year",
    "repurposed_from": "Turned from",
    "repurposed_to": "Turned into",
    "trigger": "What set it off",
    "repurposed": "From what to what",
}

USE_NAMES = {
    "website": "Our website, open to everybody",
    "social": "Social media",
    "press": "The press",
    "print": "Printed reports and leaflets",
    "funders": "Reports to funders",
    "internal": "Our own staff and volunteers only",
    "research": "Research",
}

NAMING_NAMES = {
    "anonymous": "Not by name",
    "first": "By first name",
    "first_and_town": "By first name and town",
    "pseudonym": "By another name",
    "full": "By full name",
}

ROLE_NAMES = {
    "contributor": "Contributor: sends stories",
    "reviewer": "Reviewer: reads, corrects and publishes stories",
    "researcher": "Researcher: reads what was agreed to for research",
    "comms": "Communications: reads what was agreed to for press, print and social media",
    "safeguarding": "Safeguarding lead: alone sees stories that somebody is worried about",
    "admin": "Administrator: lets people in, and does all that reviewers do",
}

EVIDENCE_NAMES = {
    "first_hand": "I was there, or it is my own story",
    "staff_reported": "Staff or volunteers told it to me",
    "third_party": "From somewhere else, such as a newspaper or a report",
}

AGE_BAND_NAMES = {"adult": "18 or older", "16-17": "16 or 17", "13-15": "13 to 15", "under 13": "Under 13"}

STANDING_NAMES = {
    "asked": "Yes, they have to agree",
    "anonymised": "No, nobody can tell who it is",
    "public role": "No, they speak for a public office",
}

PLACE_LEVEL_NAMES = {
    "neighbourhood": "The neighbourhood, as it was told",
    "local_authority": "The local authority",
    "region": "The region",
}

SPECIAL_CATEGORY_NAMES = {
    "health": "Health",
    "faith": "Faith or belief",
    "ethnicity": "Ethnic background",
    "sexuality": "Sex life or sexuality",
    "politics": "Political opinion",
    "union": "Trade union membership",
    "genetics": "Genes",
    "biometrics": "Biometric data",
}

PURPOSE_NAMES = {"hold": "Keeping it", "analyse": "Reading it by machine", "publish": "Publishing it"}

LAWFUL_BASIS_NAMES = {
    "consent": "Consent",
    "legitimate interests": "Legitimate interests",
    "public task": "Public task",
    "contract": "Contract",
    "legal obligation": "Legal obligation",
    "vital interests": "Vital interests",
}

PERSONAL_DATA_NAMES = {kind: kind.replace("_", " ").capitalize() for kind in PERSONAL_DATA_KINDS} | {
    "person": "Name of a person",
    "child": "A child",
    "email": "E-mail address",
    "nhs_no": "NHS number",
    "ni_no": "National Insurance number",
}

MENTION_NAMES = {"PERSON": "Person", "ORG": "Organisation", "PLACE": "Place", "DATE": "Date"}

REPLACEMENT_NAMES = PERSONAL_DATA_NAMES | {"other": "Something else"}

RISK_NAMES = {"low": "low", "some": "some", "high": "high"}

_PLAIN_WORDS = {
    "arts": "Arts",
    "school-education": "School and education",
    "childcare-play": "Childcare and play",
    "advice-support": "Advice and support",
    "logistics-delivery": "Delivery and logistics",
    "digital-online": "Online",
    "garden-outdoors": "Garden and outdoors",
    "making-manufacturing": "Making and manufacturing",
    "housing-shelter": "Housing and shelter",
    "heritage-museum": "Heritage and museums",
    "other": "Something else",
}


def in_plain_words(key: str) -> str:
    """A category, trigger kind or the like as people read it: 'health-care' is 'Health care'."""
    words = key.replace("-", " ").replace("_", " ")
    return _PLAIN_WORDS.get(key) or words[:1].upper() + words[1:]
