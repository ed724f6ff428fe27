"""First names, organisation words and places that names are told by; short lists from general knowledge."""

from __future__ import annotations

from functools import cache

_FIRST_NAMES = """
    aaron abdi abdul abdullah abigail abu ada adam adele adrian ahmed aidan aileen ailsa aisha aisling ajay alan
    alastair albert alec alex alexander alexandra alfie alfred ali alice alison alistair allan amanda amara amber
    amelia amina amir amit amy ana andrea andrew andy aneta angela angharad angus anil anita anna anne annie anthony
    anton antonia anwen archie arjun arthur asha ashley asif asma audrey ava avril ayesha ayo babs barbara barry
    bartosz bashir beatrice becky belinda ben benjamin bernadette bernard bernie bert beryl bessie beth bethan betty
    beverley bex bilal bill billy bob bobby brenda brendan brian bridget bronwen bruce bryn callum calum cameron
    carl carla carly carmel carol carole caroline carolyn carys cath catherine cathy catriona cecil ceri charlene
    charles charlie charlotte chas chen cheryl chloe chris christina christine christopher ciara cian clare claire
    clive colette colin colleen connor conor craig cynthia dafydd daisy dan daniel danny daphne darren dave david
    dawn dean debbie deborah deirdre delia demelza denise dennis derek dermot des diana diane dilys dionne dinesh
    dolores dominic don donald donna dora doreen doris dorothy doug douglas duncan dylan eamonn ebony ed eddie edith
    edna edward efua eileen eilidh eileen elaine eleanor elena eliza elizabeth ella ellen ellie elsie elspeth emeka
    emily emlyn emma emmanuel enid eric erin ernest esther ethan ethel euan eunice eva evan eve evelyn ewan faisal
    faith farah farid fatima fatou fay faye femi fergus fiona flo flora florence fran frances francis frank fred
    freda freddie frederick gail gareth gary gavin gemma geoff geoffrey george georgia georgina gerald geraldine
    gerard gerry gethin gill gillian gina gladys glen glenda glenys gloria glyn gordon grace graeme graham grant
    greg gregory gurpreet guy gwen gwyneth gwyn habiba hamish hamza hannah harjit harold harpreet harriet harry
    hasan hassan hayley hazel heather heidi helen helena henry herbert hilary hilda holly howard hugh hussein huw
    iain ian ibrahim ida idris ifan imani imran ines iona iqbal irene iris isaac isabel isabella isla ismail ivan
    ivor ivy izzy jack jackie jacob jacqueline jacqui jade jake jamal james jamie jamila jan jane janet janice
    janine jasmine jason javed jay jayne jean jeanette jeff jeffrey jen jennie jennifer jenny jeremy jess jesse
    jessica jessie jill jim jimmy jo joan joanna joanne jock joe joel john johnny jon jonathan jordan jory joseph
    josephine josh joshua josie joy joyce juan jude judith judy julia julian julie june justin kadija kaleb kamal
    karen karim karl kate katherine kathleen kathryn kathy katie katy kay keith kelly ken kenneth kenny kerry kev
    kevin khadija khalid kieran kim kirsten kirsty kofi kris kuldeep kumar kwame kyle laila latoya laura lauren
    laurie lawrence leah leanne lee leila len lena leo leon leonard leroy les lesley leslie levi lewis liam lillian
    lily linda lindsay lindsey lisa liz lizzie llinos lloyd lois lola loretta lorna lorraine lottie louie louis
    louisa louise luca lucas lucy luis luke lydia lynda lynn lynne mabel maddie madeleine maggie mahmoud mair
    mairead malachy malcolm malik mandy manjit marcia marcus margaret marge maria mariam marie marilyn marina marion
    marjorie mark marlene martha martin martyn mary maryam matt matthew maud maureen maurice mavis max maxine may
    megan mehmet mel melanie melissa mena mercy meryl mia michael michaela michelle mick mike mildred millie milly
    miriam mo mohamed mohammad mohammed moira molly mona monica morag moses mostafa muhammad muriel murray musa
    mustafa myra nadia nadine nan nancy naomi nasreen natalia natalie natasha nathan neha neil nell nerys ngozi nia
    niamh nick nicholas nicky nicola nigel nikki nina noah noel nora norah noreen norma norman nuala nusrat olga
    olive oliver olivia olu omar oscar osman oisin owain owen pam pamela parveen pat patience patricia patrick patsy
    paul paula pauline pawel pearl peggy penny percy perminder pete peter petra phil philip phillip phoebe phyllis
    pippa polly poppy precious priya queenie rab rabia rachael rachel rafiq rahim raj rajesh ralph ramesh ranjit
    rashid ravi ray raymond rebecca reg reggie rehana rene rhian rhiannon rhoda rhona rhys richard rick rita rob
    robbie robert roberta robin rod roderick roger roisin roland ron ronald ronnie rory rosa rosalind rose rosemary
    rosie ross rowan rowena roy ruben ruby rupert russ russell ruth ryan sabina sadia sadie sal sally sam samantha
    samina samir samuel sandra sandy sanjay sara sarah sathnam saul scott sean seamus sergio seth shabnam shane
    shanice shannon sharon shaun sheila shelagh shelley shirley shona shreya sian sid sidney simon sinead siobhan
    sofia sonia sophia sophie stacey stan stanley stella stephanie stephen steve steven stewart stu stuart sue
    sunita suresh susan susanna susie suzanne sybil sylvia tam tamara tania tanya tara tariq tasha ted terence
    teresa terry tessa thandi thelma theo theresa thomas tia tim timothy tina toby tom tomasz tommy tony tracey
    tracy trevor tricia trish trudy tunde una uma usha val valerie vanessa vera vernon veronica vic vicky victor
    victoria vijay vikram vince vincent viola violet vivian vivien vivienne wahid wally walt walter wanda warren
    wayne wei wendy wes wilf wilfred will william willie winifred winnie winston xavier yasin yasir yasmin yasmine
    yolanda yusuf yvette yvonne zac zahra zain zainab zara zeinab zelda zoe zofia zuzanna glenys leonard jory twm
    nkechi chidi oluwaseun adaeze sipho zanele marek piotr agnieszka katarzyna magda kasia oksana olena dmytro iryna
    svitlana mykola volodymyr natalya tetiana andriy yaroslav desmond jermaine jayden kayden kian caoimhe tamsin gav
    davina kyle nettie dot lowrie vytas tiggy halyna shaz hetty tyrone jerome leroy delroy marvin tyler brandon
    mason logan riley harvey archie aaliyah layla maya ayaan zayn zakariya hadiya hafsa sumaya safiya khalil jibril
    idrissa mamadou fatoumata aminata blessing chioma emeka obinna ifeoma kwabena abena akua yaw esi tendai tatenda
    rumbidzai farai thabo lerato nomsa mihai ionut andreea elena bogdan radu dragos marta jakub mateusz krzysztof
    grzegorz ewa beata dorota jolanta zbigniew stanislaw vilma rasa jonas giedre linas daiva kestutis janis ilze
    ndidi yewande folasade bukola temitope adebayo chukwuemeka hyacinth cornelius winsome verna lynette marva yvette
    errol carlton clifton barrington neville cyril clarence sadiq zubair tahir shazia nazia rukhsana nasrin shabana
    farzana nadeem naveed waqar junaid sohail bilqis mehwish gurdeep jaswinder balbir sukhdeep amarjit baljit
    surinder harbhajan meera lakshmi deepak anjali pooja nisha kavita sanjeev rakesh mohan gita sita mei xiu thuy
    linh minh anh nguyen eluned gwenllian angharad heulwen eirlys mairwen nesta olwen blodwen tudur gruffydd iolo
    meirion aled emrys hywel ieuan geraint alun eurig shonagh mhairi catriona fionnuala grainne orla saoirse sorcha
    sinead cormac declan fintan cathal donal padraig tadhg conal fearghal eoin ronan ruairi jacintha assumpta
    concepta philomena bernie pat packie malky shug davie senga agnes ina jessie nan netta rena isa isobel morven
    ann alf archana ffion glynis maxwell neal rhodri tilly una kirstie ishbel mairi eilish lachlan hector archibald
    finlay struan ewen innes magnus torquil sorley
"""

_ORGANISATION_WORDS = """
    club centre trust cic charity society association council committee group foundation church chapel school
    academy college university hospital surgery theatre cinema library museum gallery band choir orchestra company
    ltd limited plc inn tavern arms hotel café cafe restaurant bakery brewery distillery pharmacy nursery hub
    project network forum partnership alliance federation union guild institute league team fc rfc afc cc rovers
    united rangers wanderers athletic tabernacle mosque masjid temple gurdwara synagogue cathedral minster parish
    mission ministries fellowship friends volunteers players scouts guides brownies cubs legion kitchen pantry
    garden farm works mill mills studios studio press radio fm service services agency board commission department
    ministry authority bureau office co-op cooperative co-operative collective community enterprise enterprises
    initiative programme campaign fund bank house hall baths lido pavilion stores shop market gym dojo railway
    residents tenants neighbours allotments hospice wi rnli rspca nhs ymca ywca army
"""

_PLACE_WORDS = """
    street road lane avenue drive close crescent terrace square estate park green common hill island isle bay quay
    harbour docks wharf bridge valley heath moor moss fields meadows village town city county district ward borough
    parade rise row way walk place court gardens grove mews gate cross end head mouth point beach loch lough glen
    dale fell woods wood forest junction rd st ave promenade causeway canal river
"""

_REGIONS = """
england|scotland|wales|northern ireland|cymru|ulster|britain|great britain|united kingdom|uk|north east|north west
south east|south west|east midlands|west midlands|midlands|yorkshire and the humber|yorkshire|east of england
east anglia|london|greater london|greater manchester|merseyside|tyneside|teesside|wearside|humberside
south yorkshire|west yorkshire|north yorkshire|cornwall|devon|dorset|somerset|wiltshire|hampshire|sussex|surrey|kent
essex|suffolk|norfolk|lincolnshire|cambridgeshire|bedfordshire|hertfordshire|buckinghamshire|oxfordshire|berkshire
gloucestershire|worcestershire|warwickshire|herefordshire|shropshire|staffordshire|derbyshire|nottinghamshire
leicestershire|rutland|northamptonshire|cheshire|lancashire|cumbria|northumberland|county durham|highlands|hebrides
orkney|shetland|fife|ayrshire|lanarkshire|lothian|pembrokeshire|gwynedd|powys|ceredigion|carmarthenshire|glamorgan
gwent|anglesey|ynys mon|antrim|armagh|fermanagh|tyrone|county down|leeds|manchester|birmingham|liverpool|sheffield
bristol|newcastle|sunderland|nottingham|leicester|bradford|hull|cardiff|swansea|newport|wrexham|edinburgh|glasgow
aberdeen|dundee|inverness|stirling|perth|belfast|derry|lisburn|newry|coventry|plymouth|southampton|portsmouth
norwich|exeter|york|lancaster|carlisle|durham|blackpool|bolton|oldham|rochdale|salford|stockport|wigan|preston
doncaster|rotherham|barnsley|wakefield|huddersfield|halifax|middlesbrough|grimsby|stoke|derby|wolverhampton|dudley
walsall|luton|ipswich|colchester|brighton|hastings|dover|folkestone|margate|reading|oxford|cambridge|peterborough
gloucester|swindon|bath|truro|penzance|falmouth
"""


@cache
def first_names() -> frozenset[str]:
    """Given names in lower case, of the many origins that people in the UK have."""
    return frozenset(_FIRST_NAMES.split())


@cache
def organisation_words() -> frozenset[str]:
    """Words in lower case that make a capitalised name an organisation's, like "Club" or "Trust"."""
    return frozenset(_ORGANISATION_WORDS.split())


@cache
def place_words() -> frozenset[str]:
    """Words in lower case that make a capitalised name a place's, like "Road" or "Island"."""
    return frozenset(_PLACE_WORDS.split())


@cache
def regions() -> frozenset[str]:
    """UK nations, regions, counties and cities in lower case."""
    return frozenset(name.strip() for line in _REGIONS.split("\n") for name in line.split("|") if name.strip())
