"""Words for trades, leisure, goods and transport, as uses of a place or a team."""

from __future__ import annotations

TRADE_WORDS = {
    "food": """
        food foodbank food-bank pantry larder kitchen canteen soup meal meals lunch lunches breakfast supper cooking
        cooked cook cooks parcel parcels grocery groceries hamper hampers fridge catering cookery bakery baker
        dinners dinner feeding hot-meal veg vegetable vegetables sandwiches bread casserole casseroles refectory
        foodbanks kitchens canteens soups larders fridges suppers feast feasts tins tinned provisions eggs rice
        pasta curries pies pizza pizzas sandwich nappies-and-food ration rations hot-dinners hot-food packed-lunches
        hotpot stew stews porridge toast brunch tea-and-toast cereal foodstore bake baking bakehouse smokehouse
        cookhouse meals-on-wheels community-shop community-supermarket social-supermarket beans surplus-food
        ready-meals takeaways-for food-parcel food-parcels food-hub freezer freezers food-hall food-store
        community-fridge community-larder dining diners-club luncheon luncheons school-dinners hot-meals
        batch-cooking dumplings mushrooms honey foods dietary cuisine snacks snack stuffing salad eating nutrition
        roast recipes cafeteria burgers burger chilli sausages sausage meat chicken bacon oven ovens bread-oven corn
        flour loaf loaves pancakes hamburgers canning cabbage pudding puddings stove microwave hungry hunger
        soup-and-a-roll cooks-for hot-soup cookers frozen-meals aprons food-co-op apron sunday-lunches give-food
        soup-van soup-kitchens soup-run soup-runs breakfast-club lunch-club training-kitchen tinned-goods
        sunday-lunch tea-urn cakes cake cheese biscuits dish dishes boiled garlic broth stew-pot mince gravy dal
        chapatis samosas jollof rice-and-peas porridge-oats frozen-food food-boxes lunchboxes lunchbox dinner-club
    """,
    "sport": """
        sport sports gym gymnasium boxing football rugby cricket tennis bowls bowling swimming pool pools squash
        judo karate yoga pilates fitness athletics netball badminton stadium pitch rink skating skate climbing dojo
        dance-fit keep-fit changing pavilion rowing boathouse clubhouse archery golf snooker billiards darts
        exercise court lido skittle skittles alley velodrome cycling gymnastics martial-arts stretch gyms spin zumba
        boxers boxer wrestling wrestlers trampoline trampolines trampolining skatepark skate-park skaters bmx roller
        roller-rink ice-rink ice-hockey hockey lacrosse table-tennis ping-pong pool-table pool-tables snooker-table
        snooker-tables dartboard bowlers golfers golf-course driving-range putting putting-green tenpin ten-pin
        bowling-alley running runners marathon triathlon rowers canoe canoes kayak kayaks sailing sailing-club surf
        surfing rounders croquet quoits curling fencing gymnasts weights weightlifting treadmills matches match
        fixtures fixture league tournament tournaments training-ground football-ground grandstand terraces swimmers
        swim baths swimming-baths dugout goalposts coaches coaching footballers players parkour bouldering aerobics
        tai-chi aqua-aerobics leisure-centre falls-class falls-prevention walking-football mats physical sports-hall
        sports-hub badminton-hall skittle-alley playing-field playing-fields racecourse greyhound speedway paddock
        showjumping riding stables equestrian ice climbing-wall climbers archers walking walking-group ramblers
        saunas sauna athletes soccer volleyball softball handball skiing jogging racing polo baseball basketball
        regatta dojo-mats arrows darts-league spin-studio dumbbells weights-room pommel gymkhana paddle paddleboards
        paddling rackets racquet biking diving climbing-centre parkrun sparring tennis-court tennis-courts
        squash-court squash-courts badminton-court trophy trophies trophy-room changing-room changing-rooms
        athletics-track running-track cricket-pavilion rowing-club bowls-club athlete athletic track dive arena
        arenas skater skaters' swimmer hurdles trainers medals spectators sporting stretches ball-games kickboxing
        capoeira
    """,
    "arts": """
        art arts theatre theatres cinema gallery studio dance music choir band bandroom orchestra drama stage
        concert concerts gig gigs rehearsal rehearsals film films photography pottery auditorium circus playhouse
        exhibition exhibitions performance performances panto pantomime sculpture painting singing recording puppet
        poetry opera ballroom box-office bingo dancefloor printmaking festival carnival cinemas picture-house
        picturehouse multiplex galleries studios artist artists artists' painter painters sculptor sculptors
        sculptures drama-group plays play-reading players' actors acting amateur-dramatics dramatic revue revues
        cabaret comedy stand-up magic musicians bands brass brass-band choirs choral chorus singers singalong
        sing-along opera-house operatic orchestra's orchestras piano pianos organ recital recitals discos disco dj
        ceilidh ceilidhs dancing dances dancers dance-floor dance-school ballet tea-dance tea-dances dance-classes
        festivals carnival-club parade floats puppets puppetry circus-school big-top trapeze clowns ceramics potters
        kiln kilns craft crafts arts-and-crafts weaving-art mosaic mosaics mural murals photography-club darkroom
        exhibition-space bandstand recording-studio rehearsal-room rehearsal-rooms foyer costume costumes
        costume-department ballgowns screenings screening-room screened screen film-club writers writing poetry-club
        poets storytelling jazz folk-club shows show panto-hall bingo-hall whist bridge-club chess quiz quizzes
        karaoke tunes samba drumming concert-room concert-hall amphitheatre musical musicals stage-plays paintings
        artwork artworks troupe flutes pianist guitar guitars drums drum drummers percussion instruments trumpets
        trombones violin violins accordion fiddles choreography pantomimes screenplay film-society improv open-mic
        open-mic-night life-drawing drawing-class watercolours panto-cast easels batik screen-printing majorettes
        pliés ballet-school ballroom-dancing salsa zumba-gold morris orchestra-pit organ-recital matinee matinees
        scenery dressing-room dressing-rooms singing-room theatre-foyer concert-party film-screenings dancer songs
        song drawing drawings posters poster vinyl fiddle symphony talent-show talent comedians comedian magician
        vocal vocals performers performing entertainment entertainers props stagehands riggers roadies lighting-rig
        sound-crew
    """,
    "retail": """
        shop shops store shopfront salon salons barber barber's barbers hairdresser hairdressers hairdresser's
        boutique post-office market supermarket florist florist's newsagent newsagent's butcher butcher's
        greengrocer greengrocer's draper draper's outlet stall swap flowers clothes wardrobe bank-of-clothes
        ironmonger ironmonger's bookshop showroom kiosk jeweller jeweller's betting bookmaker's off-licence
        launderette laundrette laundry travel agent's tailor's tailor corsets boutiques hairdressing hair nail
        nail-bar nails beauty beautician's tattoo tattoo-parlour barbershop barbers' supermarkets superstore
        woolworths debenhams co-op mall arcade-of-shops shopping-centre shopping-arcade department-store hardware
        diy charity-shop charity-shops second-hand thrift thrift-shop market-stall market-hall markets jumble
        jumble-sale bazaar counter counters till tills greetings-cards gift-shop gifts fishmonger fishmonger's
        grocer grocer's grocers sweet-shop sweets confectioner's toyshop toy-shop shoe-shop shoes cobbler's carpet
        carpets carpet-showroom furniture-store furniture-shop dry-cleaner's dry-cleaners cleaner's launderettes
        stamps estate-agent's estate-agents travel-agent's travel-agents travel-agency bookies betting-shop
        pawnbroker's pawnbrokers phone-shop video-shop record-shop garden-centre flower florists selling-flowers
        corner-shop convenience free-shop swap-shop clothes-swap school-uniform school-uniforms uniforms uniform
        menswear dressmaker's bridal wedding-dress wedding-dresses hats milliner's haberdashery wool-shop antiques
        antique-shop auction auctions sale sales seed-swap vape-shop chandlery dog-groomer's groomer's poodles
        clothes-rail clothes-shop refill zero-waste farm-shop newsagents tobacconist's pet-shop cosmetics perfume
        shopping-mall marketplace clothing jewellery jewellery-counter fish-counter shoe-department shoes-shop
        menswear-department merchandise salesman goodwill accessories scents handbags paper-shop vape tanning
        tanning-salon gift-wrap lottery lottery-stand scratch-cards stationer's stationers butchers grocers'
        charity-rail smoking-shelter cashiers'-counter cash-machine video-library video-rental cashiers bridal-shop
        fashion apparel stock customers shoppers till-point trolleys fitting-rooms fitting-room bargain bargains
        perfumery
    """,
    "hospitality": """
        pub pubs bar inn tavern hotel hotels café cafe cafés cafes coffee tearoom tearooms tea-room restaurant
        restaurants nightclub taproom tap-room guesthouse guest-house hostel-bar b&b brewery takeaway diner diners
        bistro tourism holiday lounge wedding weddings cellar bar-room function banqueting chip chippy snug cocktail
        bars inns taverns saloon alehouse beer-garden nightclubs night-club clubs-for-dancing club-bar guesthouses
        bed-and-breakfast holiday-camp holiday-park holiday-let holiday-lets holidays tourist tourists
        tourist-office visitors-centre caravan-park campsite camping b&bs eatery coffee-shop coffee-bar
        coffee-machine espresso brasserie carvery curry-house curry kebab kebab-shop chip-shop chip-van fish-suppers
        ice-cream ice-cream-van sandwich-bar steakhouse trattoria pizzeria wine-bar wine cocktail-bar banquet
        banqueting-suite function-suite function-room function-rooms wedding-venue receptions honeymoon
        fruit-machines slot-machines fruit-machine juke-box jukebox pool-bar lounge-bar public-bar beer beers ale
        ales pints drinkers guests cruise cruises casino amusement-arcade amusements arcade pier-arcade drinking
        serving-diners catering-firm stag hen hen-parties parties party-bus beer-cellar boozer bartender bartenders
        beverages barbecue tequila resort motel cocktails champagne wines poker vacation cask landlord's-bar buffet
        parlour-bar scones-and-tea stag-nights stretch-limo limo conference conference-suite wedding-catering
        smoking-shelter quiz-machine bingo-hall pool-room hotel-lobby hotel-lounge sit-down-meals beer-tent
        customers-and-pints regulars landlord's optics barrels skittles-night lock-in darts-night wedding-parties
        wedding-breakfasts hen-dos
    """,
    "logistics-delivery": """
        delivery deliveries depot warehouse storage distribution sorting parcels-depot prescriptions van vans
        courier hub-for-deliveries stockroom dispatch collection delivering store logistics freight loading shopping
        dry-clothes depots warehouses warehousing sorting-office sorting-centre distribution-centre distribution-hub
        distribution-point parcel-depot parcel-drop parcel-locker parcel collection-point pick-up-point
        click-and-collect delivery-service delivery-hub delivery-round delivery-van couriers haulage hauliers
        lorries forklift forklifts stores storeroom storerooms storage-depot storing stockpile packing
        packing-centre packing-line mailroom pallets pallet shopping-delivery prescription dispatch-centre
        carpet-warehouse shipments haul shipping packaging cold-store medicine-drops drop-off parcel-point
        parcels-office delivers stock-room consignment goods-in tinned-goods-store depot-yard drops
    """,
    "digital-online": """
        online zoom telephone phone phone-line whatsapp facebook youtube discord radio podcast website internet
        virtual video digital computer computers laptops tablets wifi wi-fi skype teams livestream app broadcast
        charging instagram conference-call devices email phones telephones telephone-line phone-calls phone-in
        phone-call calls-centre zooms webinar webinars web websites app-based live-stream live-streamed streamed
        streaming stream-live broadcasting radio-station radio-show radio-studio podcasts podcast-studio podcasting
        dvd vlog blog blogs video-calls videos youtube-channel digital-hub computer-suite computer-room it-room
        cyber cyber-café internet-café laptop tablet-loans data-bank sim smartphone smartphones discord-server
        minecraft twitch text-messages texts messaging chatroom virtual-reality charging-hub charging-point
        device-library conference-calls teams-calls server servers datacentre gaming broadband mobiles podcasters
        livestreams video-call video-link online-classes voice-notes whatsapp-group channel twitter messenger
        telegram youtube-videos camera webcam screens-online playstation xbox slack email-newsletter newsletter
        voicemail phone-tree facetime google-meet telephone-quiz server-room emails remotely online-quiz
        video-meetings webchat text-line podcast-room streaming-studio broadcast-studio voicenotes
    """,
    "garden-outdoors": """
        garden gardens allotment allotments orchard park meadow woodland greenhouse polytunnel farm wildlife nature
        seed-library growing plants seed seeds seedlings potatoes pond greenspace plot plots nursery-garden beds
        trees flowerbeds bowling-green tree-nursery plant-nursery gardens' gardening gardeners allotments'
        growing-space raised-beds raised-bed vegetable-plots vegetable-garden vegetable-beds vegetable-patch
        kitchen-garden community-garden sensory-garden roof-garden pocket-park parks parkland wood woods copse
        wildflower wildflowers wildflower-meadow meadows orchards fruit-trees apple-trees beehives bees apiary hives
        hens henhouse goats pigs sheep cattle livestock barn-for-animals city-farm farmyard farmland ponds wetland
        nature-reserve bird-hide trail trails footpath greenhouses polytunnels potting-shed compost-heap composting
        bedding-plants bulbs herbs herb-garden lawn lawns mowers picnic picnic-area tree-planting hay reservoir
        trout-farm fishery chillies tomatoes crops marrows grass flower-beds seed-bank seed-store farms pasture cows
        farming farmer grazing chickens soil planted barn barns harvesting rose-beds rose-bed winter-garden
        herbaceous shrubs shrubbery lambs lambing stockyard poultry beekeeping rabbits bird-watching wildlife-garden
        forest forest-school-site duck-pond rockery hedgerow tree tomatoes-and-beans ditch ditch-clearing
        litter-picking tree-surgery vegetable-growing horses horse turf animals birds patio deer fence landscaping
        rainwater seed-trays cuttings saplings sapling willow veg-plot veg-plots spuds leeks cabbages runner-beans
    """,
    "making-manufacturing": """
        workshop workshops factory repair repair-café repair-cafe repairs mending tool-library sewing making visors
        masks scrubs gowns sanitiser manufacturing carpentry woodwork blinds stitching forge foundry mill bench shed
        tool tools tools-library distillery printing ppe makerspace gin brewing boatyard joinery weaving upholstery
        garage tyre knitting metalwork sawmill cloth factories plant-making assembly-line production sewing-room
        sewing-machines sewing-machine sewing-club seamstress seamstresses machinists looms loom bandages bandage
        face-masks mask face-coverings face-shields visor gown surgical-gowns scrub hand-sanitiser sanitiser-plant
        sanitizer hand-gel soap soaps candles distillers breweries brewing-beer car-parts engine-parts tool-shed
        tool-store men's-shed men's-sheds repair-shop repair-workshop bike-workshop bike-repair bike-repairs
        mending-room menders fixers joiners woodworking wood-workshop metalworking blacksmith's blacksmith foundries
        engineering machine-shop machines machine 3d-printers 3d-printing printers printworks print-shop press
        presses spinning cotton cotton-mill textile textiles textile-mill knitting-mill stitchers stitchers' sewed
        sewn boat-building boatbuilding shipyard potteries brickworks ironworks steelworks gasworks upholsterer's
        upholsterers tannery leatherwork shoemaking furniture-making recycling upcycling laundry-making wool woollen
        maker-space hackspace fab-lab quilting canvas sails sailmakers sail-loft stained-glass glassworks saddlery
        blackout football-shirts shirts suits welding welders fabric fabrics repairing boilers lathe lathes
        machinery yarn stitches gloves curtains-making engines turbine turbines dressmaking die-casting valves
        ventilator-valves bed-frames sewing-bee sewing-circle fixing glue timber-yard steel gates railings toasters
        mending-bench repair-bench printing-press assembly packing-shed bottling canning-line crochet lace felting
        basket-making saw-mill sawmills clockmaker's watchmaker's kits motors maintenance welding-shop garment
        garments dyeing loom-shed spindles kilnworks mould moulds anvil sewing-room-for stitchery tailoring
        seamstress's carpenters carpenter's upholsterer plumbers'
    """,
    "transport": """
        bus buses station railway train tram trams ferry signal transport taxi minibus coach lorry car parking
        car-park depot-for-buses bike bikes bicycle trailer airport hearse ticket goods platform lifeboat
        weighbridge tollbooth toll minibuses coaches' coach-firm trains railway-station bus-station bus-garage
        bus-depot bus-shelter bus-bays bus-stop train-shed engine-shed goods-shed goods-yard signal-box ticket-hall
        ticket-office waiting-room waiting-rooms booking-office booking-hall ferries car-deck port ports harbour
        quay taxis cab cabs minicab minicabs taxi-rank taxi-firm cars car-parks multi-storey garage-forecourt petrol
        petrol-station filling-station airport-terminal runway hangar hangars airfield bicycles cycle cycling-hub
        cycle-hub bike-hub bike-shed scooter scooters school-runs school-run lifts-to park-and-ride underpass subway
        lockkeeper's canal barge barges narrowboat narrowboats lifeboats lock lock-keeper's toll-house tollhouse
        train-carriage carriage railway-carriage caboose garages truck trucks trailers horsebox horseboxes
        ambulances ambulance driving-ambulances commuters commuter passengers platforms trams' airlines plane planes
        trolleybus locomotives wagons wagon boats yacht yachts motorcycle motorcycles railcar shuttle sidings
        carriages cable-car funicular playbus milk-float milk-floats burger-van tanker tankers caravan caravans
        horse-box landrover lorry-park bus-company fire-tender car-wash valeting mobility-scooters school-bus
        outings outings-bus day-trips taxi-office signalmen signalmen's signalmen's-mess stretch-limo ferry-terminal
        bus-shelters roundabout vehicle vehicles flights flight boat lane highways cargo aviation towing cruiser
        driveway seats commuters'
    """,
}  # fmt: skip
"""Use category → words that speak for it. Hyphenated entries also match the same words with blanks."""
