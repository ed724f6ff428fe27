"""Bringing in places: tables of neighbourhoods and authorities, and outlines, as ONS and OS give them out."""

from webapp.services.place_import.storing import PlaceReport, import_places, load_areas

__all__ = ["PlaceReport", "import_places", "load_areas"]
