"""Words that tell what a room, a building or a service is used for."""

from __future__ import annotations

USE_WORDS = {
    "food": """
        food foodbank food-bank pantry larder kitchen canteen soup meal meals lunch lunches breakfast supper cooking
        cooked cook cooks parcel parcels grocery groceries hamper hampers fridge catering cookery bakery baker
        dinners dinner feeding hot-meal veg vegetable vegetables sandwiches bread casserole casseroles refectory
    """,
    "sport": """
        sport sports gym gymnasium boxing football rugby cricket tennis bowls bowling swimming pool pools squash
        judo karate yoga pilates fitness athletics netball badminton stadium pitch rink skating skate climbing dojo
        dance-fit keep-fit changing pavilion rowing boathouse clubhouse archery golf snooker billiards darts
        exercise court lido skittle skittles alley velodrome cycling gymnastics martial-arts stretch
    """,
    "arts": """
        art arts theatre theatres cinema gallery studio dance music choir band bandroom orchestra drama stage
        concert concerts gig gigs rehearsal rehearsals film films photography pottery auditorium circus playhouse
        exhibition exhibitions performance performances panto pantomime sculpture painting singing recording puppet
        poetry opera ballroom box-office bingo dancefloor printmaking festival carnival
    """,
    "faith": """
        church chapel mosque temple gurdwara synagogue vestry parish cathedral abbey minster prayer prayers worship
        tabernacle nave crypt vicarage presbytery convent priory congregation Sunday-school mass service-of-worship
        manse rectory sacristy pews altar
    """,
    "retail": """
        shop shops store shopfront salon salons barber barber's barbers hairdresser hairdressers hairdresser's
        boutique post-office market supermarket florist florist's newsagent newsagent's butcher butcher's
        greengrocer greengrocer's draper draper's outlet stall swap flowers clothes wardrobe bank-of-clothes
        ironmonger ironmonger's bookshop showroom kiosk jeweller jeweller's betting bookmaker's off-licence
        launderette laundrette laundry travel agent's tailor's tailor corsets
    """,
    "hospitality": """
        pub pubs bar inn tavern hotel hotels café cafe cafés cafes coffee tearoom tearooms tea-room restaurant
        restaurants nightclub taproom tap-room guesthouse guest-house hostel-bar b&b brewery takeaway diner diners
        bistro tourism holiday lounge wedding weddings cellar bar-room function banqueting chip chippy snug cocktail
    """,
    "school-education": """
        school schools classroom classrooms college university training learning lessons lesson study homework
        education tuition academy lecture tutoring esol literacy numeracy classes-for-adults seminar schoolroom
        workshop-for-learners apprenticeship course courses revision teaching class classes
    """,
    "library": """
        library libraries reading-room reading books book archive-of-books bookroom
    """,
    "health-care": """
        clinic clinics vaccination vaccine vaccinations surgery hospital hospitals ward wards pharmacy health
        medical testing jab jabs blood dental dentist's physiotherapy hospice midwife maternity nursing first-aid
        treatment treatments therapy sensory counselling doctor's baby-weighing optician's recovery dialysis
        ambulance-station wellbeing morgue mortuary screening
    """,
    "childcare-play": """
        nursery crèche creche playgroup play playroom playground toddler toddlers youth scout scouts guides cubs
        brownies childcare playscheme soft-play after-school-club pre-school preschool kindergarten toys toy
        toy-library adventure babies
    """,
    "advice-support": """
        advice support helpline befriending counselling-service drop-in citizens citizenship debt debt-clinic
        legal-clinic law-clinic listening welfare mentoring advocacy signposting information helpdesk casework
        listening-line check-in welcome furniture-bank clothes-bank uniform-bank hygiene-bank multi-bank donation
        donations hygiene essentials baby-bank calls friendship chatting bereavement
    """,
    "logistics-delivery": """
        delivery deliveries depot warehouse storage distribution sorting parcels-depot prescriptions van vans
        courier hub-for-deliveries stockroom dispatch collection delivering store logistics freight loading shopping
        dry-clothes
    """,
    "digital-online": """
        online zoom telephone phone phone-line whatsapp facebook youtube discord radio podcast website internet
        virtual video digital computer computers laptops tablets wifi wi-fi skype teams livestream app broadcast
        charging instagram conference-call devices email
    """,
    "garden-outdoors": """
        garden gardens allotment allotments orchard park meadow woodland greenhouse polytunnel farm wildlife nature
        seed-library growing plants seed seeds seedlings potatoes pond greenspace plot plots nursery-garden beds
        trees flowerbeds bowling-green tree-nursery plant-nursery
    """,
    "making-manufacturing": """
        workshop workshops factory repair repair-café repair-cafe repairs mending tool-library sewing making visors
        masks scrubs gowns sanitiser manufacturing carpentry woodwork blinds stitching forge foundry mill bench shed
        tool tools tools-library distillery printing ppe makerspace gin brewing boatyard joinery weaving upholstery
        garage tyre knitting metalwork sawmill cloth
    """,
    "transport": """
        bus buses station railway train tram trams ferry signal transport taxi minibus coach lorry car parking
        car-park depot-for-buses bike bikes bicycle trailer airport hearse ticket goods platform lifeboat
        weighbridge tollbooth toll
    """,
    "housing-shelter": """
        housing shelter accommodation dormitory hostel flats flat homes home bedsits refuge beds bunk bunks sleeping
        night-shelter bedroom bedrooms almshouse homeless housing-for-refugees apartments lodging lodgings respite
        residence residential bedspaces
    """,
    "office-work": """
        office offices bank banks banking boardroom council-chamber coworking co-working call-centre desks workspace
        business solicitor's headquarters meeting-room bookkeeping chamber
    """,
    "heritage-museum": """
        museum heritage exhibition-of-history archive archives castle monument mine colliery memorial history
        museum-store
    """,
    "community-hub": """
        hub community centre hall social village neighbourhood community-hub meeting gathering living-room clubroom
        warm warm-bank warm-room warm-space welcome-space space drop-in-centre residents function-hall institute
    """,
    "emergency-response": """
        emergency fire rest-centre rescue police evacuation control command disaster sandbag sandbags crisis
        coordination coordinating incident fire-engine custody cells lifeboat-station flood
    """,
}  # fmt: skip
"""Use category → words that speak for it. Hyphenated entries also match the same words with blanks."""

WEAK_WORDS = {
    "community", "centre", "hall", "hub", "space", "social", "village", "support", "home", "emergency", "club",
    "service", "neighbourhood", "welcome", "warm", "making", "store", "bench", "meeting", "shopping", "function",
    "information", "collection", "changing", "health", "car", "shed", "delivery", "learning", "crisis",
    "classes", "station", "business", "bar", "residents", "beds",
}  # fmt: skip
"""Words that decide only where nothing stronger stands beside them: a community kitchen is about food."""

USE_DESCRIPTIONS = {
    "sport": "a place or club for sport and exercise, a gym, pitch or swimming pool",
    "food": "giving out or cooking food, a food bank, pantry, community kitchen or meals",
    "arts": "theatre, music, dance, art, cinema, concerts and rehearsals",
    "faith": "a church, mosque or chapel, worship and prayer",
    "retail": "a shop, salon, market stall or post office, selling goods",
    "hospitality": "a pub, café, restaurant, hotel or nightclub",
    "school-education": "a school, classroom, college, homework club or training course",
    "library": "a library or reading room with books",
    "health-care": "a clinic, surgery, vaccination centre, pharmacy or hospital ward",
    "childcare-play": "a nursery, crèche, playground, youth club or Scouts",
    "advice-support": "advice, befriending, a helpline, help in kind for people in need",
    "logistics-delivery": "a depot, warehouse, deliveries of parcels and prescriptions, storage",
    "digital-online": "online, on Zoom, by telephone, radio or video, lending laptops",
    "garden-outdoors": "a garden, allotment, orchard, park or woodland",
    "making-manufacturing": "a workshop or factory, making, sewing, mending and repairing things",
    "transport": "a bus, railway station, signal box, car park, ferry or taxi",
    "housing-shelter": "homes, flats, a hostel, night shelter or emergency beds",
    "office-work": "an office, a bank or a business",
    "heritage-museum": "a museum, archive or heritage site",
    "community-hub": "a community centre, village hall or hub where people meet",
    "emergency-response": "police, fire station, rest centre or control room in an emergency",
}
"""Use category → a description whose embedding stands for it."""
