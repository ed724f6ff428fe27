"""Places of the United Kingdom by their names: what a name may mean, and how likely each meaning is here.

Pure: a `Gazetteer` is built from rows, wherever they come from; `areas()` gives the nations, regions and local
authorities that come with Turnstone.
"""

from nlp.gazetteer.areas import areas
from nlp.gazetteer.linking import Candidate, PlaceContext, linked, ranked
from nlp.gazetteer.names import name_key, name_keys
from nlp.gazetteer.places import KINDS, Gazetteer, GazetteerPlace, distance_km, place_keys

__all__ = [
    "KINDS", "Candidate", "Gazetteer", "GazetteerPlace", "PlaceContext", "areas", "distance_km", "linked",
    "name_key", "name_keys", "place_keys", "ranked",
]  # fmt: skip
