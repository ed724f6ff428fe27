"""Words for what serves the public: worship, schools, health, housing, offices and the like."""

from __future__ import annotations

CIVIC_WORDS = {
    "faith": """
        church chapel mosque temple gurdwara synagogue vestry parish cathedral abbey minster prayer prayers worship
        tabernacle nave crypt vicarage presbytery convent priory congregation sunday-school mass service-of-worship
        manse rectory sacristy pews altar churches chapels mosques temples synagogues gurdwaras kirk vestries
        parishes clergy sermons sunday-service evensong communion matins mission gospel gospel-hall friary monastery
        cloister chancel transept belfry steeple bible bible-study prayer-room prayer-space prayer-hall multi-faith
        evening-prayer services-of oratory meeting-house quaker quakers chaplaincy lectern pulpit baptistery font
        choir-stalls choir-vestry church-hall shrine evangelical methodist baptist pentecostal confessional nuns
        monks congregations ministries preacher pastor prayer-meeting pray prayed worshippers worshipping hymns hymn
        choir-practice-room bishops lady-chapel side-chapel baptisms christenings sermon pews-and-pulpit churchyard
        religious imam rabbi all-saints organ-loft choir-loft bell-tower parish-room parish-office chapel-of-rest
        masonic masonic-lodge priests priest christian praying evangelist hymnbooks hymnals bible-class
        baptist-chapel sanctuary-lamp kneelers kneeler
    """,
    "school-education": """
        school schools classroom classrooms college university training learning lessons lesson study homework
        education tuition academy lecture tutoring esol literacy numeracy classes-for-adults seminar schoolroom
        workshop-for-learners apprenticeship course courses revision teaching class classes pupils pupil students
        student's classroom-block sixth-form sixth-form-block primary-school secondary grammar-school infants
        infants' academy-trust colleges universities training-centre skills skills-centre lecture-theatre lectures
        tutor tutors homework-club study-room study-space study-hub revision-room exam exams exam-hall
        english-classes language-classes it-suite science-lab laboratory lab workshops-for-teenagers evening-classes
        night-school adult-education apprenticeships apprentices work-experience employability job-club cv
        forest-school schoolhouse school-trips school-trip learners reading-lessons maths cookery-school
        driving-lessons teaching-room esol-class phonics after-school supplementary-school classes-in studying
        curriculum spelling esol-lessons infant-school apprentices'-workshop tutorials tutorial campus graduation
        seminars computer-lessons tablet-lessons it-lessons welding-course english-lessons language-school
        storytime-lessons handwriting learn-english learn homework-library science-block music-room
        sixth-form-common-room art-block homework-room training-room grades grading lesson-plans pupil-support
        alphabet revise revised revising gcse gcses a-level diplomas trainee trainees teach taught
    """,
    "library": """
        library libraries reading-room reading books book archive-of-books bookroom bookcases bookshelves
        book-exchange book-swap mobile-library reading-nook library-van librarians librarian story-time audiobooks
        bookmobile book-club lending-library newspapers bookstore paperbacks textbooks book-loans large-print
        lending book-loan reading-corner reading-group e-books
    """,
    "health-care": """
        clinic clinics vaccination vaccine vaccinations surgery hospital hospitals ward wards pharmacy health
        medical testing jab jabs blood dental dentist's physiotherapy hospice midwife maternity nursing first-aid
        treatment treatments therapy sensory counselling doctor's baby-weighing optician's recovery dialysis
        ambulance-station wellbeing morgue mortuary screening vaccinating vaccination-centre vaccine-centre
        vaccination-hub vaccines jabbing flu-jabs flu covid-testing testing-site testing-centre test-centre
        test-site swabs swab-tests swabbing blood-donor blood-donation blood-service blood-pressure surgeries gp gps
        doctors nurses nurse midwives midwifery antenatal dentist dentists chiropody chiropodist podiatry osteopath
        physio optician opticians audiology chemist chemist's pharmacies dispensary infirmary field-hospital
        sanatorium intensive-care wards' icu patients dialysis-unit x-ray scanner mortuaries morgues sexual-health
        mental-health therapy-room counselling-room counselling-rooms counsellors sensory-room defibrillator
        defibrillators ventilators oxygen medicines medication wheelchairs prosthetics health-hub health-centre
        health-visitor baby-clinic baby-clinics eye-test eye-tests hearing-aids needle-exchange detox rehab
        addiction respite-care care-home nursing-home hospices isolation-ward convalescent paramedics porters
        hospital-porters vet vet's vets vets' veterinary contact-tracing tracers contact-tracers insulin clinical
        physios physiotherapists rehabilitation pharmaceutical surgical dentistry autopsy chemo chemotherapy
        radiotherapy transplant blood-donors blood-tests donors-clinic medicine vitamins needles antenatal-class
        breastfeeding childbirth psychiatry psychologist dressings tetanus bloods stitches-and-plasters nurse-led
        healthcare hearing-tests sight-tests mammogram scans first-aiders bandaging jab-clinic smears
        dialysis-chairs flu-clinic falls-prevention falls-prevention-class falls-class hydrotherapy
        hydrotherapy-pool hearing-test hearing-test-room dental-practice doctor doctor-surgery doctors-surgery
        cold-store-for-vaccines vaccine-queue tests diabetes cancer wheelchair asthma wellness heart-checks
        blood-clinic swab teeth eyes hearing hygienist weigh-ins smear contraception maternity-unit rehab-unit
        stroke-unit chest-clinic osteopaths chiropodists podiatrist
    """,
    "childcare-play": """
        nursery crèche creche playgroup play playroom playground toddler toddlers youth scout scouts guides cubs
        brownies childcare playscheme soft-play after-school-club pre-school preschool kindergarten toys toy
        toy-library adventure babies nurseries crèches creches playgroups toddlers' toddler-group babies' baby-group
        play-centre play-space playschool playschemes playhouse-for-children youth-club youth-clubs youth-centre
        youth-hub teenagers breakfast-club holiday-club kids' children's-centre family-centre childminders
        childminding scouting guide-hut scout-hut brownie beavers cadets woodcraft adventure-playground sandpit
        swings softplay bouncy-castle toys-for buggy pram prams lego den dens storytime baby-weighing baby-classes
        stay-and-play under-fives under-fives'-group ball-pit bouncy weans nursery-class kids kids-club messy-play
        rhyme-time babies-to-play play-zone sure-start mums-and-tots tots ice-breakers teens teenage cots cot
        high-chairs playpen playpens babysitting childminder infants-group rattles
    """,
    "advice-support": """
        advice support helpline befriending counselling-service drop-in citizens citizenship debt debt-clinic
        legal-clinic law-clinic listening welfare mentoring advocacy signposting information helpdesk casework
        listening-line check-in welcome furniture-bank clothes-bank uniform-bank hygiene-bank multi-bank donation
        donations hygiene essentials baby-bank calls friendship chatting bereavement advice-centre advice-desk
        advice-point advice-bureau advisers adviser debt-advice money-advice benefits-advice citizens-advice
        housing-advice legal law-centre helplines phoneline befrienders listening-post listening-service
        support-line text-line crisis-line drop-ins counselling-line samaritans carers carers' bereavement-café
        grief-café memory-café memory-cafe dementia-café dementia dementia-hub warm-line support-hub support-centre
        support-group recovery-café nappies baby-clothes clothing-bank uniform-exchange sanitary toiletries shower
        showers shower-block donations-hub donation-point relief aid bedding-bank bike-donations hardship
        welfare-rights immigration-advice welcome-hub welcome-centre shielding welfare-calls wellbeing-calls
        check-in-calls lonely good-neighbour dog-walking furniture-project kit-bank hospital-lifts activity-boxes
        activity-packs care-packages family-hub women's-refuge-support rough-sleepers-support sexual-violence
        peer-support form-filling letters-help help-with-forms benefits-claims outreach lending-of-equipment
        carers'-lounge memory-support memory-support-group knitting-for-company young-carers missing-persons
        bereavement-counsellor companionship telephone-befriending blankets-and-nappies nappy-exchange
        residents'-advice listening-ear casseroles-for-carers help-desk case-workers debt-counselling welcome-desk
        call-centre-for-befriending befriending-line parcel-point-for-refugees carers-lounge budgeting
        budgeting-surgeries housing-officer ringing-members rang-round loneliness lonely-people counsel
        counselling-room form-fillers food-vouchers vouchers helpers-for-carers mediation translation interpreters
        asylum-advice
    """,
    "housing-shelter": """
        housing shelter accommodation dormitory hostel flats flat homes home bedsits refuge beds bunk bunks sleeping
        night-shelter bedroom bedrooms almshouse homeless housing-for-refugees apartments lodging lodgings respite
        residence residential bedspaces shelters night-shelters hostels dormitories dorm dorms bedsit apartment
        maisonettes cottages cottage bungalows houses house-for lodge lodgers camp-beds bunkhouse bunk-room
        rough-sleepers rough-sleeper homelessness homeless-shelter emergency-accommodation temporary-accommodation
        supported-housing sheltered sheltered-housing care-leavers asylum asylum-seekers refugees refugee evacuees
        families-from student-accommodation student-rooms key-worker nurses'-home tenants tenancy move-on
        women's-refuge beds-for sleepers sleeping-quarters cabins pods prefab prefabs townhouses dwellings bungalow
        barracks mattresses mattress huts sheltered-flats tents rooms-for-homeless homeless-couples bedsits-for
        care-leavers'-flats foyer-housing settled-tenancy sleep slept nine-families families-sleeping bunkbeds
        bunk-beds sleeping-bags sofa-beds bedding blankets-for-rough roof-over evacuated displaced stranded
    """,
    "office-work": """
        office offices bank banks banking boardroom council-chamber coworking co-working call-centre desks workspace
        business solicitor's headquarters meeting-room bookkeeping chamber offices' bank-branch banks'
        building-society insurance accountants accountant's solicitors lawyers lawyer's law-firm council-offices
        town-hall civic civic-centre admin administration administrative clerical co-working-space desk desks-for
        reception meeting-rooms committee-room committee-rooms boardrooms call-centres bureau jobcentre job-centre
        tax tax-office registry registrar start-ups start-up incubator enterprise-centre business-hub magistrates
        magistrates' court-room courtroom courtrooms courthouse law-court court-house crown-court chambers
        counting-house weighbridge-office polling polling-station payroll accounting courts filing-cabinets
        filing-cabinet rates paid-your-rates passports typing typing-pool registry-office surveyors surveyor's
        brokers civil-servants workstations server-room sorting-office-desks mortgage mortgage-advisers rent-office
        register-a-death registrar's-office accountant solicitor clerk clerks bankers auditors councillors'
        paperwork spreadsheets switchboard
    """,
    "heritage-museum": """
        museum heritage exhibition-of-history archive archives castle monument mine colliery memorial history
        museum-store museums museum's heritage-centre interpretation-centre visitor-centre archive-room
        record-office castles manor manor-house stately mansion abbey-ruins ruins windmill watermill lighthouse
        lighthouses pithead colliery-baths miners' miners mines almshouses-museum war-memorial cenotaph locomotive
        steam exhibits collections artefacts monuments archaeology tombs cemetery local-history oral-history
        reminiscence reminiscence-room winding-house engine-house museum-of-the-strike lace-museum waxworks
    """,
    "community-hub": """
        hub community centre hall social village neighbourhood community-hub meeting gathering living-room clubroom
        warm warm-bank warm-room warm-space welcome-space space drop-in-centre residents function-hall institute
        hubs community-centre community-space community-rooms halls village-hall parish-hall social-club
        working-men's club-house clubhouse-for warm-hub warm-hubs warm-spaces warm-welcome warm-place warming
        meeting-place meeting-point meeting-space gathering-place get-together neighbourhood-hub common-room parlour
        tenants' residents'-room residents'-lounge community-house drop-in-space social-space memorial-hall
        jubilee-hall institute-for women's-institute community-living-room men's-club assembly-hall assembly-room
        assembly-rooms public-hall guildhall community-lounge tenants'-room get-togethers common-house social-centre
        residents'-meeting-place coffee-morning coffee-mornings jigsaw armchairs knit-and-natter warm-room-for
        knitting-guild lunch-and-chat hub-for-residents tenants-hall front-room kettle natter coffee-and-chat
        tea-and-chat warm-up
    """,
    "emergency-response": """
        emergency fire rest-centre rescue police evacuation control command disaster sandbag sandbags crisis
        coordination coordinating incident fire-engine custody cells lifeboat-station flood evacuees-centre
        evacuation-centre rest-centres control-room control-centre incident-room incident-centre command-centre
        command-post fire-station fire-crews firefighters fire-engines police-station police-cells police-box
        policing police-office police-post coastguard lifeboat-crew mountain-rescue rescue-centre civil-defence
        air-raid flood-store flood-centre flood-response emergency-centre emergency-hub emergency-store
        coordination-centre response-hub relief-centre triage reception-centre graves grave sandbag-store
        emergency-shelter flood-rescue flood-rescue-desk rescuers emergency-beds emergency-kit firefighting
        search-and-rescue missing-persons-enquiries crisis-room fire-crew first-responders lifeguards muster-point
        first-aid-post evacuation-transport sandbags-store emergencies search-teams stretcher stretchers
        decontamination
    """,
}  # fmt: skip
"""Use category → words that speak for it. Hyphenated entries also match the same words with blanks."""
