"""Sentences as staff write them, with gaps for names: `{first} {full} {surname} {place} {org}`.

Written for this project. They show a recogniser the company that names keep in case studies, where newspapers
and encyclopedias do not help: first names alone, volunteers with their roles, buildings, chat, minutes.
"""

from __future__ import annotations

SENTENCES = """
{first} has run the kitchen since the start .
{full} , who is 74 , comes in every Tuesday .
" I only came for a cup of tea , " says {first} .
“ Nobody asked us , ” {full} told the meeting .
Thanks to {first} , {first} and {first} for the soup .
Present : {full} ( chair ) , {full} , {full} . Apologies : {first} {surname} .
Mrs {surname} next door had not been out for weeks .
Mr {surname} keeps the keys now .
{first} 's daughter {first} does the rota .
It was {first} who found the freezer .
We rang {first} and she rang {first} .
{org} lent us two vans .
The {org} closed its doors in March .
In {place} the hall was the only warm room .
Families from {place} and {place} came by bus .
{org} , in {place} , has forty members .
Our caretaker , {full} , opened up at six .
{full} , a retired nurse from {place} , gave the jabs .
Written by {full} , {org}
Contact {first} on the number below .
ask {first} or {first} if u need a lift
pls tell {first} the boxes r here
{first} : can someone do saturday ?
{first} : yes me n {first} will
Signed , {full}
Chair : {full}
{first} ( 9 ) drew the poster .
{first} , aged 11 , plays in goal .
My son {first} is in year 4 at {org} .
Her grandson {first} showed her how to use the tablet .
Volunteers such as {first} {surname} cooked 300 meals .
When {first} lost his job he began to help .
{first} and his brother {first} painted the walls .
A neighbour , {first} , shops for {full} .
{place} is a small place and people talk .
The old school in {place} stands empty .
The {place} branch shut last year .
{org} gave £ 2,000 and {org} gave the paint .
Councillor {full} cut the ribbon .
Cllr {surname} asked about the lease .
Rev {full} blessed the van .
Imam {full} offered the car park .
Dr {surname} from the surgery comes on Fridays .
Sister {first} taught the knitting .
According to {full} of {org} , demand has doubled .
{first} laughed when she heard .
“ It saved me , ” said {full} , 52 .
We are grateful to {org} and to {full} in particular .
Nan {first} made the cakes and uncle {first} carried the tables .
The idea came from {first} , our youngest trustee .
For months {first} spoke to nobody .
{first} does n't drive , so {first} takes her .
Last winter {place} flooded twice .
From the roof of {org} you can see {place} .
Two of us , {first} and me , stayed all night .
{full} ( Treasurer ) reported that the books balance .
Action : {first} to ring {org} .
Minutes taken by {first} .
Hello {first} , thank you for your letter .
Dear {full} ,
Best wishes , {first}
kind regards {first} x
{first} said no .
Then {first} arrived with a drill .
That was the year {full} died .
It is named after {full} , who gave the land .
{org} merged with {org} .
We moved from {place} to {place} in 2019 .
People in {place} call it the shed .
{first} is from {place} ; her husband is from {place} .
She walks from {place} with her dog .
You must speak to {full} at {org} , not to me .
The young people chose {first} as their captain .
- {first} : driver
- {full} , volunteer , {place}
• {org}
The club 's secretary , {full} , has the list .
{first} lives alone in {place} .
He had known {first} since school .
I asked {first} why she stays .
{full} set up the group after her mother {first} fell ill .
Everyone knew {first} , the lollipop lady .
{place} has no bank , no pub and one bus .
{org} serves {place} , {place} and {place} .
North of {place} the road was closed .
Staff from {org} trained {first} and {full} .
{first} from number 12 brought scones .
Our thanks go to {first} {surname} and the team at {org} .
We lost {first} to the virus in April .
{full} remembers the dances .
As {first} puts it , nobody eats alone here .
{first} , {first} and little {first} sat at the front .
The late {full} left us the piano .
In the words of {full} : “ enough . ”
{surname} and {surname} , the butchers , gave the meat .
The {surname} family paid for the roof .
Ms {surname} said the council would reply .
Grace was said before the meal and Hope was written on the wall .
The Hub is open on Mondays and the Project has ended .
May was wet and the Summer was worse .
Bingo , Zumba and Pilates are on the timetable .
Thank you to all the Volunteers , Trustees and Staff .
Lunch Club , Warm Space , Repair Café : all free .
The Government changed the rules in March .
Covid closed the Hall and the Lottery paid for the boiler .
Universal Credit does not stretch to Christmas .
"""


def templates() -> list[tuple[str, ...]]:
    """The sentences as tuples of tokens, gaps among them."""
    return [tuple(line.split()) for line in SENTENCES.strip().splitlines()]
