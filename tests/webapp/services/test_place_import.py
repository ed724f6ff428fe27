"""Places come in from files, whole or not at all."""

import json
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from webapp.errors import Invalid
from webapp.models import Place, PlaceName, PlaceOutline
from webapp.services.place_import import import_places, load_areas
from webapp.services.places import coordinates_of, find_or_add_place

HEAD = "code,name,lad,region,country,lat,lng\n"
ROWS = (
    "E02001190,Brinnington,Stockport,North West,England,53.430,-2.137\n"
    "E02001208,Cheadle East,Stockport,North West,England,53.390,-2.210\n"
    "E02001209,Cheadle West & Gatley,Stockport,North West,England,53.392,-2.230\n"
)
GEOGRAPHY = Path(__file__).parents[4] / "shared" / "data" / "uk_geo"


def written(folder: Path, text: str, name: str = "places.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def outline(**properties: str) -> str:
    ring = [[-2.2, 53.3], [-2.0, 53.3], [-2.0, 53.5], [-2.2, 53.5], [-2.2, 53.3]]
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_neighbourhoods_lie_under_their_authority_region_and_nation(session: Session, tmp_path: Path) -> None:
    report = import_places(session, written(tmp_path, HEAD + ROWS))
    # Cheadle itself is added: its sides alone are listed.
    assert report.n_added == 4
    place = session.exec(select(Place).where(Place.code == "E02001190")).one()
    assert place.path == "England / North West / Stockport / Brinnington"
    assert coordinates_of(place) == (53.430, -2.137)
    cheadle = session.exec(select(Place).where(Place.name == "Cheadle")).one()
    assert coordinates_of(cheadle) == pytest.approx((53.391, -2.220))


def test_the_same_file_again_changes_nothing(session: Session, tmp_path: Path) -> None:
    files = [
        written(tmp_path, HEAD + ROWS),
        written(
            tmp_path, "code,name,region,country,lat,lng\nE08000007,Stockport,North West,England,53.4,-2.1\n", "a.csv"
        ),
        written(tmp_path, outline(LAD13CD="E08000007", LAD13NM="Stockport"), "o.geojson"),
    ]
    for path in files:
        import_places(session, path)
    before = [session.exec(select(func.count()).select_from(t)).one() for t in (Place, PlaceName, PlaceOutline)]
    for path in files:
        report = import_places(session, path)
        assert (report.n_added, report.n_changed, report.n_outlines) == (0, 0, 0)
    assert before == [
        session.exec(select(func.count()).select_from(t)).one() for t in (Place, PlaceName, PlaceOutline)
    ]


def test_a_place_that_people_named_before_gets_coordinates(session: Session, tmp_path: Path) -> None:
    place = find_or_add_place(session, neighbourhood="Gatley", local_authority="Stockport", region=None)
    assert place is not None
    import_places(session, written(tmp_path, HEAD + ROWS))
    assert (place.latitude, place.longitude) == (53.392, -2.230)


def test_coordinates_outside_the_authority_are_left_out_and_said(session: Session, tmp_path: Path) -> None:
    far = "E02001210,Davenport,Stockport,North West,England,57.692,-2.008\n"
    more = "".join(f"E0300{i},Row {i} Street,Stockport,North West,England,53.4,-2.1\n" for i in range(9))
    report = import_places(session, written(tmp_path, HEAD + ROWS + more + far))
    place = session.exec(select(Place).where(Place.name == "Davenport")).one()
    assert (place.latitude, coordinates_of(place)) == (None, coordinates_of(place.parent))
    assert "places.csv, row 14: Davenport" in report.notices[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + ROWS + "E1,Moor,Stockport,North West,England,north,-2.1\n", "row 5: the latitude 'north'"),
        (HEAD + "E1,Moor,Stockport,North West,England,53.4,53.4\n", "row 2: the longitude '53.4'"),
        (HEAD + "E1,,Stockport,North West,England,53.4,-2.1\n", "row 2: the name is empty"),
        (HEAD + "E1,Moor,Atlantis,North West,England,53.4,-2.1\n", "row 2: no local authority is called 'Atlantis'"),
        ("code,name,region,country,lat,lng\nX1,Oz,Emerald,Oz,53,-2\n", "row 2: 'Emerald' is no region"),
        ("name,lad\nMoor,Stockport\n", "no column for code, latitude, longitude"),
        (HEAD, "holds no places"),
        ('{"features": 3', "not a GeoJSON feature collection"),
        (outline(id="7"), "feature 1 has no property for a code"),
        (outline(LAD13CD="E99", LAD13NM="Atlantis"), "feature 1: no place is known by the code 'E99'"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_refused_with_its_row(
    session: Session, tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        import_places(session, written(tmp_path, text))


def test_an_outline_finds_its_place_by_an_older_code_too(session: Session, tmp_path: Path) -> None:
    import_places(session, written(tmp_path, outline(LAD13CD="E08000019", LAD13NM="Sheffield"), "o.geojson"))
    import_places(session, written(tmp_path, outline(EER13CD="E15000006", EER13NM="Eastern"), "r.geojson"))
    held = session.exec(select(Place.name).join(PlaceOutline)).all()
    assert set(held) == {"Sheffield", "East of England"}


def test_the_areas_are_loaded_once_beside_what_people_named(session: Session) -> None:
    find_or_add_place(session, neighbourhood=None, local_authority="Stockport", region=None)
    assert load_areas(session) > 400
    assert load_areas(session) == 0
    codes = session.exec(select(Place.code).where(Place.name == "Stockport")).all()
    assert codes == ["E08000007"]


@pytest.mark.skipif(not GEOGRAPHY.is_dir(), reason="the geography of ONS and OS is not here")
def test_the_outlines_of_northern_ireland_are_taken_in(session: Session) -> None:
    report = import_places(session, GEOGRAPHY / "ni_lgd_simplified.geojson")
    assert report.n_outlines == 11
