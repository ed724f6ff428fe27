"""Words that tell what a room, a building or a service is used for."""

from __future__ import annotations

USE_WORDS = {
    "food": """
        food foodbank food-bank pantry larder kitchen canteen soup meal meals lunch lunches breakfast supper
        cooking cooked cook cooks parcel parcels grocery groceries hamper hampers fridge catering cookery bakery
        baker dinners dinner feeding hot-meal veg vegetable vegetables sandwiches bread casserole casseroles
        refectory foodbanks kitchens canteens soups larders fridges suppers feast feasts tins tinned provisions
        eggs rice pasta curries pies pizza pizzas sandwich nappies-and-food ration rations hot-dinners hot-food
        packed-lunches hotpot stew stews porridge toast brunch tea-and-toast cereal foodstore bake baking
        bakehouse smokehouse cookhouse mess meals-on-wheels community-shop community-supermarket
        social-supermarket beans surplus-food ready-meals takeaways-for food-parcel food-parcels food-hub
        freezer freezers food-hall food-store community-fridge community-larder dining diners-club luncheon
        luncheons school-dinners hot-meals batch-cooking dumplings mushrooms honey
    """,
    "sport": """
        sport sports gym gymnasium boxing football rugby cricket tennis bowls bowling swimming pool pools squash
        judo karate yoga pilates fitness athletics netball badminton stadium pitch rink skating skate climbing
        dojo dance-fit keep-fit changing pavilion rowing boathouse clubhouse archery golf snooker billiards
        darts exercise court lido skittle skittles alley velodrome cycling gymnastics martial-arts stretch gyms
        spin zumba boxers boxer wrestling wrestlers trampoline trampolines trampolining skatepark skate-park
        skaters bmx roller roller-rink ice-rink ice-hockey hockey lacrosse table-tennis ping-pong pool-table
        pool-tables snooker-table snooker-tables dartboard bowlers golfers golf-course driving-range putting
        putting-green tenpin ten-pin bowling-alley running runners marathon triathlon rowers canoe canoes kayak
        kayaks sailing sailing-club surf surfing rounders croquet quoits curling fencing gymnasts weights
        weightlifting treadmills matches match fixtures fixture league tournament tournaments training-ground
        football-ground grandstand terraces swimmers swim baths swimming-baths dugout goalposts coaches coaching
        footballers players parkour bouldering aerobics tai-chi aqua-aerobics leisure-centre falls-class
        falls-prevention walking-football mats physical sports-hall sports-hub badminton-hall skittle-alley
        playing-field playing-fields racecourse greyhound speedway paddock showjumping riding stables equestrian
        ice climbing-wall climbers archers walking walking-group ramblers saunas sauna
    """,
    "arts": """
        art arts theatre theatres cinema gallery studio dance music choir band bandroom orchestra drama stage
        concert concerts gig gigs rehearsal rehearsals film films photography pottery auditorium circus
        playhouse exhibition exhibitions performance performances panto pantomime sculpture painting singing
        recording puppet poetry opera ballroom box-office bingo dancefloor printmaking festival carnival cinemas
        picture-house picturehouse multiplex galleries studios artist artists artists' painter painters sculptor
        sculptors sculptures drama-group plays play-reading players' actors acting amateur-dramatics dramatic
        revue revues cabaret comedy stand-up magic musicians bands brass brass-band choirs choral chorus singers
        singalong sing-along opera-house operatic orchestra's orchestras piano pianos organ recital recitals
        discos disco dj ceilidh ceilidhs dancing dances dancers dance-floor dance-school ballet tea-dance
        tea-dances dance-classes festivals carnival-club parade floats puppets puppetry circus-school big-top
        trapeze clowns ceramics potters kiln kilns craft crafts arts-and-crafts weaving-art mosaic mosaics mural
        murals photography-club darkroom exhibition-space bandstand recording-studio rehearsal-room
        rehearsal-rooms foyer costume costumes costume-department ballgowns screenings screening-room screened
        screen film-club writers writing poetry-club poets storytelling jazz folk-club shows show panto-hall
        bingo-hall whist bridge-club chess quiz quizzes karaoke tunes samba drumming concert-room concert-hall
        amphitheatre
    """,
    "faith": """
        church chapel mosque temple gurdwara synagogue vestry parish cathedral abbey minster prayer prayers
        worship tabernacle nave crypt vicarage presbytery convent priory congregation sunday-school mass
        service-of-worship manse rectory sacristy pews altar churches chapels mosques temples synagogues
        gurdwaras kirk vestries parishes clergy sermons sunday-service evensong communion matins mission gospel
        gospel-hall friary monastery cloister chancel transept belfry steeple bible bible-study prayer-room
        prayer-space prayer-hall multi-faith evening-prayer services-of oratory meeting-house quaker quakers
        chaplaincy lectern pulpit baptistery font choir-stalls choir-vestry church-hall shrine evangelical
        methodist baptist pentecostal confessional nuns monks
    """,
    "retail": """
        shop shops store shopfront salon salons barber barber's barbers hairdresser hairdressers hairdresser's
        boutique post-office market supermarket florist florist's newsagent newsagent's butcher butcher's
        greengrocer greengrocer's draper draper's outlet stall swap flowers clothes wardrobe bank-of-clothes
        ironmonger ironmonger's bookshop showroom kiosk jeweller jeweller's betting bookmaker's off-licence
        launderette laundrette laundry travel agent's tailor's tailor corsets boutiques hairdressing hair nail
        nail-bar nails beauty beautician's tattoo tattoo-parlour barbershop barbers' supermarkets superstore
        woolworths debenhams co-op mall arcade-of-shops shopping-centre shopping-arcade department-store
        hardware diy charity-shop charity-shops second-hand thrift thrift-shop market-stall market-hall markets
        jumble jumble-sale bazaar counter counters till tills greetings-cards gift-shop gifts fishmonger
        fishmonger's grocer grocer's grocers sweet-shop sweets confectioner's toyshop toy-shop shoe-shop shoes
        cobbler's carpet carpets carpet-showroom furniture-store furniture-shop dry-cleaner's dry-cleaners
        cleaner's launderettes stamps estate-agent's estate-agents travel-agent's travel-agents travel-agency
        bookies betting-shop pawnbroker's pawnbrokers phone-shop video-shop record-shop garden-centre flower
        florists selling-flowers corner-shop convenience free-shop swap-shop clothes-swap school-uniform
        school-uniforms uniforms uniform menswear dressmaker's bridal wedding-dress wedding-dresses hats
        milliner's haberdashery wool-shop antiques antique-shop auction auctions sale sales seed-swap vape-shop
        chandlery dog-groomer's groomer's poodles clothes-rail clothes-shop refill zero-waste farm-shop
        newsagents tobacconist's pet-shop
    """,
    "hospitality": """
        pub pubs bar inn tavern hotel hotels café cafe cafés cafes coffee tearoom tearooms tea-room restaurant
        restaurants nightclub taproom tap-room guesthouse guest-house hostel-bar b&b brewery takeaway diner
        diners bistro tourism holiday lounge wedding weddings cellar bar-room function banqueting chip chippy
        snug cocktail bars inns taverns saloon alehouse beer-garden nightclubs night-club clubs-for-dancing
        club-bar guesthouses bed-and-breakfast holiday-camp holiday-park holiday-let holiday-lets holidays
        tourist tourists tourist-office visitors-centre caravan-park campsite camping b&bs eatery coffee-shop
        coffee-bar coffee-machine espresso brasserie carvery curry-house curry kebab kebab-shop chip-shop
        chip-van fish-suppers ice-cream ice-cream-van sandwich-bar steakhouse trattoria pizzeria wine-bar wine
        cocktail-bar banquet banqueting-suite function-suite function-room function-rooms wedding-venue
        receptions honeymoon fruit-machines slot-machines fruit-machine juke-box jukebox pool-bar lounge-bar
        public-bar beer beers ale ales pints drinkers guests cruise cruises casino amusement-arcade amusements
        arcade pier-arcade drinking serving-diners catering-firm stag hen hen-parties parties party-bus
        beer-cellar boozer
    """,
    "school-education": """
        school schools classroom classrooms college university training learning lessons lesson study homework
        education tuition academy lecture tutoring esol literacy numeracy classes-for-adults seminar schoolroom
        workshop-for-learners apprenticeship course courses revision teaching class classes pupils pupil
        students student's classroom-block sixth-form sixth-form-block primary-school secondary grammar-school
        infants infants' academy-trust colleges universities training-centre skills skills-centre
        lecture-theatre lectures tutor tutors homework-club study-room study-space study-hub revision-room exam
        exams exam-hall english-classes language-classes it-suite science-lab laboratory lab
        workshops-for-teenagers evening-classes night-school adult-education apprenticeships apprentices
        work-experience employability job-club cv forest-school schoolhouse school-trips school-trip learners
        reading-lessons maths cookery-school driving-lessons teaching-room esol-class phonics after-school
        supplementary-school
    """,
    "library": """
        library libraries reading-room reading books book archive-of-books bookroom bookcases bookshelves
        book-exchange book-swap mobile-library reading-nook library-van librarians librarian story-time
        audiobooks bookmobile book-club lending-library newspapers
    """,
    "health-care": """
        clinic clinics vaccination vaccine vaccinations surgery hospital hospitals ward wards pharmacy health
        medical testing jab jabs blood dental dentist's physiotherapy hospice midwife maternity nursing
        first-aid treatment treatments therapy sensory counselling doctor's baby-weighing optician's recovery
        dialysis ambulance-station wellbeing morgue mortuary screening vaccinating vaccination-centre
        vaccine-centre vaccination-hub vaccines jabbing flu-jabs flu covid-testing testing-site testing-centre
        test-centre test-site swabs swab-tests swabbing blood-donor blood-donation blood-service blood-pressure
        surgeries gp gps doctors nurses nurse midwives midwifery antenatal dentist dentists chiropody
        chiropodist podiatry osteopath physio optician opticians audiology chemist chemist's pharmacies
        dispensary infirmary field-hospital sanatorium intensive-care wards' icu patients dialysis-unit x-ray
        scanner mortuaries morgues sexual-health mental-health therapy-room counselling-room counselling-rooms
        counsellors sensory-room defibrillator defibrillators ventilators oxygen medicines medication
        wheelchairs prosthetics health-hub health-centre health-visitor baby-clinic baby-clinics eye-test
        eye-tests hearing-aids needle-exchange detox rehab addiction respite-care care-home nursing-home
        hospices isolation-ward convalescent paramedics porters hospital-porters vet vet's vets vets' veterinary
        contact-tracing tracers contact-tracers insulin
    """,
    "childcare-play": """
        nursery crèche creche playgroup play playroom playground toddler toddlers youth scout scouts guides cubs
        brownies childcare playscheme soft-play after-school-club pre-school preschool kindergarten toys toy
        toy-library adventure babies nurseries crèches creches playgroups toddlers' toddler-group babies'
        baby-group play-centre play-space playschool playschemes playhouse-for-children youth-club youth-clubs
        youth-centre youth-hub teenagers breakfast-club holiday-club kids' children's-centre family-centre
        childminders childminding scouting guide-hut scout-hut brownie beavers cadets woodcraft
        adventure-playground sandpit swings softplay bouncy-castle toys-for buggy pram prams lego den dens
    """,
    "advice-support": """
        advice support helpline befriending counselling-service drop-in citizens citizenship debt debt-clinic
        legal-clinic law-clinic listening welfare mentoring advocacy signposting information helpdesk casework
        listening-line check-in welcome furniture-bank clothes-bank uniform-bank hygiene-bank multi-bank
        donation donations hygiene essentials baby-bank calls friendship chatting bereavement advice-centre
        advice-desk advice-point advice-bureau advisers adviser debt-advice money-advice benefits-advice
        citizens-advice housing-advice legal law-centre helplines phoneline befrienders listening-post
        listening-service support-line text-line crisis-line drop-ins counselling-line samaritans carers carers'
        bereavement-café grief-café memory-café memory-cafe dementia-café dementia dementia-hub warm-line
        support-hub support-centre support-group recovery-café nappies baby-clothes clothing-bank
        uniform-exchange sanitary toiletries shower showers shower-block donations-hub donation-point relief aid
        bedding-bank bike-donations hardship welfare-rights immigration-advice welcome-hub welcome-centre
        shielding welfare-calls wellbeing-calls check-in-calls lonely good-neighbour dog-walking
        furniture-project kit-bank hospital-lifts activity-boxes activity-packs care-packages family-hub
        women's-refuge-support rough-sleepers-support sexual-violence peer-support
    """,
    "logistics-delivery": """
        delivery deliveries depot warehouse storage distribution sorting parcels-depot prescriptions van vans
        courier hub-for-deliveries stockroom dispatch collection delivering store logistics freight loading
        shopping dry-clothes depots warehouses warehousing sorting-office sorting-centre distribution-centre
        distribution-hub distribution-point parcel-depot parcel-drop parcel-locker parcel collection-point
        pick-up-point click-and-collect delivery-service delivery-hub delivery-round delivery-van couriers
        haulage hauliers lorries forklift forklifts stores storeroom storerooms storage-depot storing stockpile
        packing packing-centre packing-line mailroom pallets pallet shopping-delivery prescription
        dispatch-centre carpet-warehouse
    """,
    "digital-online": """
        online zoom telephone phone phone-line whatsapp facebook youtube discord radio podcast website internet
        virtual video digital computer computers laptops tablets wifi wi-fi skype teams livestream app broadcast
        charging instagram conference-call devices email phones telephones telephone-line phone-calls phone-in
        phone-call calls-centre zooms webinar webinars web websites app-based live-stream live-streamed streamed
        streaming stream-live broadcasting radio-station radio-show radio-studio podcasts podcast-studio
        podcasting dvd vlog blog blogs video-calls videos youtube-channel digital-hub computer-suite
        computer-room it-room cyber cyber-café internet-café laptop tablet-loans data-bank sim smartphone
        smartphones discord-server minecraft twitch text-messages texts messaging chatroom virtual-reality
        charging-hub charging-point device-library conference-calls teams-calls server servers datacentre gaming
    """,
    "garden-outdoors": """
        garden gardens allotment allotments orchard park meadow woodland greenhouse polytunnel farm wildlife
        nature seed-library growing plants seed seeds seedlings potatoes pond greenspace plot plots
        nursery-garden beds trees flowerbeds bowling-green tree-nursery plant-nursery gardens' gardening
        gardeners allotments' growing-space raised-beds raised-bed vegetable-plots vegetable-garden
        vegetable-beds vegetable-patch kitchen-garden community-garden sensory-garden roof-garden pocket-park
        parks parkland wood woods copse wildflower wildflowers wildflower-meadow meadows orchards fruit-trees
        apple-trees beehives bees apiary hives hens henhouse goats pigs sheep cattle livestock barn-for-animals
        city-farm farmyard farmland ponds wetland nature-reserve bird-hide trail trails footpath greenhouses
        polytunnels potting-shed compost-heap composting bedding-plants bulbs herbs herb-garden lawn lawns
        mowers picnic picnic-area tree-planting hay reservoir trout-farm fishery chillies tomatoes crops marrows
        grass flower-beds seed-bank seed-store
    """,
    "making-manufacturing": """
        workshop workshops factory repair repair-café repair-cafe repairs mending tool-library sewing making
        visors masks scrubs gowns sanitiser manufacturing carpentry woodwork blinds stitching forge foundry mill
        bench shed tool tools tools-library distillery printing ppe makerspace gin brewing boatyard joinery
        weaving upholstery garage tyre knitting metalwork sawmill cloth factories plant-making assembly-line
        production sewing-room sewing-machines sewing-machine sewing-club seamstress seamstresses machinists
        looms loom bandages bandage face-masks mask face-coverings face-shields visor gown surgical-gowns scrub
        hand-sanitiser sanitiser-plant sanitizer hand-gel soap soaps candles distillers breweries brewing-beer
        car-parts engine-parts tool-shed tool-store men's-shed men's-sheds repair-shop repair-workshop
        bike-workshop bike-repair bike-repairs mending-room menders fixers joiners woodworking wood-workshop
        metalworking blacksmith's blacksmith foundries engineering machine-shop machines machine 3d-printers
        3d-printing printers printworks print-shop press presses spinning cotton cotton-mill textile textiles
        textile-mill knitting-mill stitchers stitchers' sewed sewn boat-building boatbuilding shipyard potteries
        brickworks ironworks steelworks gasworks upholsterer's upholsterers tannery leatherwork shoemaking
        furniture-making recycling upcycling laundry-making wool woollen maker-space hackspace fab-lab quilting
        canvas sails sailmakers sail-loft stained-glass glassworks saddlery blackout football-shirts shirts
        suits
    """,
    "transport": """
        bus buses station railway train tram trams ferry signal transport taxi minibus coach lorry car parking
        car-park depot-for-buses bike bikes bicycle trailer airport hearse ticket goods platform lifeboat
        weighbridge tollbooth toll minibuses coaches' coach-firm trains railway-station bus-station bus-garage
        bus-depot bus-shelter bus-bays bus-stop train-shed engine-shed goods-shed goods-yard signal-box
        ticket-hall ticket-office waiting-room waiting-rooms booking-office booking-hall ferries car-deck port
        ports harbour quay taxis cab cabs minicab minicabs taxi-rank taxi-firm cars car-parks multi-storey
        garage-forecourt petrol petrol-station filling-station airport-terminal runway hangar hangars airfield
        bicycles cycle cycling-hub cycle-hub bike-hub bike-shed scooter scooters school-runs school-run lifts-to
        park-and-ride underpass subway lockkeeper's canal barge barges narrowboat narrowboats lifeboats lock
        lock-keeper's toll-house tollhouse train-carriage carriage railway-carriage caboose garages truck trucks
        trailers horsebox horseboxes ambulances ambulance driving-ambulances commuters commuter passengers
        platforms trams'
    """,
    "housing-shelter": """
        housing shelter accommodation dormitory hostel flats flat homes home bedsits refuge beds bunk bunks
        sleeping night-shelter bedroom bedrooms almshouse homeless housing-for-refugees apartments lodging
        lodgings respite residence residential bedspaces shelters night-shelters hostels dormitories dorm dorms
        bedsit apartment maisonettes cottages cottage bungalows houses house-for lodge lodgers camp-beds
        bunkhouse bunk-room rough-sleepers rough-sleeper homelessness homeless-shelter emergency-accommodation
        temporary-accommodation supported-housing sheltered sheltered-housing care-leavers asylum asylum-seekers
        refugees refugee evacuees families-from student-accommodation student-rooms key-worker nurses'-home
        tenants tenancy move-on women's-refuge beds-for sleepers sleeping-quarters cabins pods prefab prefabs
        townhouses dwellings
    """,
    "office-work": """
        office offices bank banks banking boardroom council-chamber coworking co-working call-centre desks
        workspace business solicitor's headquarters meeting-room bookkeeping chamber offices' bank-branch banks'
        building-society insurance accountants accountant's solicitors lawyers lawyer's law-firm council-offices
        town-hall civic civic-centre admin administration administrative clerical co-working-space desk
        desks-for reception meeting-rooms committee-room committee-rooms boardrooms call-centres bureau
        jobcentre job-centre tax tax-office registry registrar start-ups start-up incubator enterprise-centre
        business-hub magistrates magistrates' court-room courtroom courtrooms courthouse law-court court-house
        crown-court chambers counting-house weighbridge-office polling polling-station
    """,
    "heritage-museum": """
        museum heritage exhibition-of-history archive archives castle monument mine colliery memorial history
        museum-store museums museum's heritage-centre interpretation-centre visitor-centre archive-room
        record-office castles manor manor-house stately mansion abbey-ruins ruins windmill watermill lighthouse
        lighthouses pithead pit colliery-baths miners' miners mines almshouses-museum war-memorial cenotaph
        locomotive steam exhibits collections artefacts
    """,
    "community-hub": """
        hub community centre hall social village neighbourhood community-hub meeting gathering living-room
        clubroom warm warm-bank warm-room warm-space welcome-space space drop-in-centre residents function-hall
        institute hubs community-centre community-space community-rooms halls village-hall parish-hall
        social-club working-men's club-house clubhouse-for warm-hub warm-hubs warm-spaces warm-welcome
        warm-place warming meeting-place meeting-point meeting-space gathering-place get-together
        neighbourhood-hub common-room parlour tenants' residents'-room residents'-lounge community-house
        drop-in-space social-space memorial-hall jubilee-hall institute-for women's-institute
        community-living-room men's-club assembly-hall assembly-room assembly-rooms public-hall guildhall
    """,
    "emergency-response": """
        emergency fire rest-centre rescue police evacuation control command disaster sandbag sandbags crisis
        coordination coordinating incident fire-engine custody cells lifeboat-station flood evacuees-centre
        evacuation-centre rest-centres control-room control-centre incident-room incident-centre command-centre
        command-post fire-station fire-crews firefighters fire-engines police-station police-cells police-box
        policing police-office police-post coastguard lifeboat-crew mountain-rescue rescue-centre civil-defence
        air-raid flood-store flood-centre flood-response emergency-centre emergency-hub emergency-store
        coordination-centre response-hub relief-centre triage reception-centre graves grave
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
