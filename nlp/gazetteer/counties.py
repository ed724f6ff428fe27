"""The counties and customary parts of the country that people name, by the authorities in them.

Statistics know nations, regions and authorities; people say Kent, Cumbria or the Black Country. Counties are the
ceremonial counties of England as the Lieutenancies Act 1997 names them; the rest is custom, and listed as that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from nlp.gazetteer.names import name_key

_AUTHORITIES = {
    "Bedfordshire": "Bedford|Central Bedfordshire|Luton",
    "Berkshire": "Bracknell Forest|Reading|Slough|West Berkshire|Windsor and Maidenhead|Wokingham",
    "Bristol": "Bristol, City of|Bristol",
    "Buckinghamshire": "Buckinghamshire|Milton Keynes|Aylesbury Vale|Chiltern|South Bucks|Wycombe",
    "Cambridgeshire": "Cambridge|East Cambridgeshire|Fenland|Huntingdonshire|South Cambridgeshire|Peterborough",
    "Cheshire": "Cheshire East|Cheshire West and Chester|Halton|Warrington",
    "Cornwall": "Cornwall|Isles of Scilly",
    "County Durham": "County Durham|Darlington|Hartlepool|Stockton-on-Tees",
    "Cumbria": "Allerdale|Barrow-in-Furness|Carlisle|Copeland|Eden|South Lakeland|Cumberland|Westmorland and Furness",
    "Derbyshire": "Amber Valley|Bolsover|Chesterfield|Derbyshire Dales|Erewash|High Peak|North East Derbyshire"
    "|South Derbyshire|Derby",
    "Devon": "East Devon|Exeter|Mid Devon|North Devon|South Hams|Teignbridge|Torridge|West Devon|Plymouth|Torbay",
    "Dorset": "Dorset|Bournemouth, Christchurch and Poole|Bournemouth|Poole|Christchurch|West Dorset|Weymouth and "
    "Portland|Purbeck|North Dorset|East Dorset",
    "East Riding of Yorkshire": "East Riding of Yorkshire|Kingston upon Hull, City of|Kingston upon Hull|Hull",
    "East Sussex": "Brighton and Hove|Eastbourne|Hastings|Lewes|Rother|Wealden",
    "Essex": "Basildon|Braintree|Brentwood|Castle Point|Chelmsford|Colchester|Epping Forest|Harlow|Maldon|Rochford"
    "|Tendring|Uttlesford|Southend-on-Sea|Thurrock",
    "Gloucestershire": "Cheltenham|Cotswold|Forest of Dean|Gloucester|Stroud|Tewkesbury|South Gloucestershire",
    "Greater Manchester": "Bolton|Bury|Manchester|Oldham|Rochdale|Salford|Stockport|Tameside|Trafford|Wigan",
    "Hampshire": "Basingstoke and Deane|East Hampshire|Eastleigh|Fareham|Gosport|Hart|Havant|New Forest|Rushmoor"
    "|Test Valley|Winchester|Portsmouth|Southampton",
    "Herefordshire": "Herefordshire, County of|Herefordshire",
    "Hertfordshire": "Broxbourne|Dacorum|East Hertfordshire|Hertsmere|North Hertfordshire|St Albans|Stevenage"
    "|Three Rivers|Watford|Welwyn Hatfield",
    "Isle of Wight": "Isle of Wight",
    "Kent": "Ashford|Canterbury|Dartford|Dover|Folkestone and Hythe|Shepway|Gravesham|Maidstone|Sevenoaks|Swale"
    "|Thanet|Tonbridge and Malling|Tunbridge Wells|Medway",
    "Lancashire": "Blackburn with Darwen|Blackpool|Burnley|Chorley|Fylde|Hyndburn|Lancaster|Pendle|Preston"
    "|Ribble Valley|Rossendale|South Ribble|West Lancashire|Wyre",
    "Leicestershire": "Blaby|Charnwood|Harborough|Hinckley and Bosworth|Melton|North West Leicestershire"
    "|Oadby and Wigston|Leicester",
    "Lincolnshire": "Boston|East Lindsey|Lincoln|North Kesteven|South Holland|South Kesteven|West Lindsey"
    "|North Lincolnshire|North East Lincolnshire",
    "Merseyside": "Knowsley|Liverpool|Sefton|St. Helens|St Helens|Wirral",
    "Norfolk": "Breckland|Broadland|Great Yarmouth|King's Lynn and West Norfolk|North Norfolk|Norwich|South Norfolk",
    "North Yorkshire": "Craven|Hambleton|Harrogate|Richmondshire|Ryedale|Scarborough|Selby|York|North Yorkshire"
    "|Middlesbrough|Redcar and Cleveland",
    "Northamptonshire": "North Northamptonshire|West Northamptonshire|Corby|Daventry|East Northamptonshire|Kettering"
    "|Northampton|South Northamptonshire|Wellingborough",
    "Northumberland": "Northumberland",
    "Nottinghamshire": "Ashfield|Bassetlaw|Broxtowe|Gedling|Mansfield|Newark and Sherwood|Rushcliffe|Nottingham",
    "Oxfordshire": "Cherwell|Oxford|South Oxfordshire|Vale of White Horse|West Oxfordshire",
    "Rutland": "Rutland",
    "Shropshire": "Shropshire|Telford and Wrekin",
    "Somerset": "Somerset|Mendip|Sedgemoor|Somerset West and Taunton|South Somerset|Bath and North East Somerset"
    "|North Somerset",
    "South Yorkshire": "Barnsley|Doncaster|Rotherham|Sheffield",
    "Staffordshire": "Cannock Chase|East Staffordshire|Lichfield|Newcastle-under-Lyme|South Staffordshire|Stafford"
    "|Staffordshire Moorlands|Tamworth|Stoke-on-Trent",
    "Suffolk": "Babergh|East Suffolk|Ipswich|Mid Suffolk|West Suffolk|Waveney|Suffolk Coastal|Forest Heath"
    "|St Edmundsbury",
    "Surrey": "Elmbridge|Epsom and Ewell|Guildford|Mole Valley|Reigate and Banstead|Runnymede|Spelthorne"
    "|Surrey Heath|Tandridge|Waverley|Woking",
    "Tyne and Wear": "Gateshead|Newcastle upon Tyne|North Tyneside|South Tyneside|Sunderland",
    "Warwickshire": "North Warwickshire|Nuneaton and Bedworth|Rugby|Stratford-on-Avon|Warwick",
    "West Midlands county": "Birmingham|Coventry|Dudley|Sandwell|Solihull|Walsall|Wolverhampton",
    "West Sussex": "Adur|Arun|Chichester|Crawley|Horsham|Mid Sussex|Worthing",
    "West Yorkshire": "Bradford|Calderdale|Kirklees|Leeds|Wakefield",
    "Wiltshire": "Wiltshire|Swindon",
    "Worcestershire": "Bromsgrove|Malvern Hills|Redditch|Worcester|Wychavon|Wyre Forest",
}

_BY_CUSTOM = {
    "Black Country": "Dudley|Sandwell|Walsall|Wolverhampton",
    "Potteries": "Stoke-on-Trent|Newcastle-under-Lyme",
    "Tyneside": "Gateshead|Newcastle upon Tyne|North Tyneside|South Tyneside",
    "Teesside": "Middlesbrough|Redcar and Cleveland|Stockton-on-Tees",
    "Humberside": "East Riding of Yorkshire|Kingston upon Hull, City of|North Lincolnshire|North East Lincolnshire",
    "South Wales Valleys": "Blaenau Gwent|Caerphilly|Merthyr Tydfil|Rhondda Cynon Taf|Torfaen",
    "North Wales": "Conwy|Denbighshire|Flintshire|Gwynedd|Isle of Anglesey|Wrexham",
    "South Wales": "Blaenau Gwent|Bridgend|Caerphilly|Cardiff|Merthyr Tydfil|Neath Port Talbot|Newport"
    "|Rhondda Cynon Taf|Swansea|Torfaen|Vale of Glamorgan",
    "Highlands and Islands": "Highland|Orkney Islands|Shetland Islands|Na h-Eileanan Siar|Argyll and Bute",
    "Northern Isles": "Orkney Islands|Shetland Islands",
    "Western Isles": "Na h-Eileanan Siar",
    "South London": "Bexley|Bromley|Croydon|Greenwich|Kingston upon Thames|Lambeth|Lewisham|Merton"
    "|Richmond upon Thames|Southwark|Sutton|Wandsworth",
    "North London": "Barnet|Camden|Enfield|Haringey|Islington",
    "East London": "Barking and Dagenham|Hackney|Havering|Newham|Redbridge|Tower Hamlets|Waltham Forest",
    "West London": "Brent|Ealing|Hammersmith and Fulham|Harrow|Hillingdon|Hounslow|Kensington and Chelsea",
    "East Anglia": "Breckland|Broadland|Great Yarmouth|King's Lynn and West Norfolk|North Norfolk|Norwich"
    "|South Norfolk|Babergh|East Suffolk|Ipswich|Mid Suffolk|West Suffolk|Waveney|Suffolk Coastal|Cambridge"
    "|East Cambridgeshire|Fenland|Huntingdonshire|South Cambridgeshire|Peterborough",
}


def counties_of(path: Sequence[str]) -> tuple[str, ...]:
    """The counties and customary parts that a place lies in, by the names of its path from the nation down."""
    by_authority = _counties_by_authority()
    # An authority stands second or third; a neighbourhood may be called like an authority elsewhere.
    found = [county for name in path[1:3] for county in by_authority.get(name_key(name), ())]
    return tuple(county for county in dict.fromkeys(found) if county not in path)


def counties() -> tuple[str, ...]:
    """Every county and customary part that is known."""
    return (*_AUTHORITIES, *_BY_CUSTOM)


@cache
def _counties_by_authority() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for county, listed in (*_AUTHORITIES.items(), *_BY_CUSTOM.items()):
        for authority in listed.split("|"):
            found[name_key(authority)] = (*found.get(name_key(authority), ()), county)
    return found
