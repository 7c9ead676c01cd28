"""Sentences that were once read wrong without a word, on a schema of their own: a ferry company."""

from __future__ import annotations

import pytest

from seedfast.model.database import Database
from seedfast.scope.interpret import Interpreter
from tests.unit.plan.written import table
from tests.unit.scope.phrases import NOW, canonical, parsed
from tests.unit.scope.score import PACKS

FERRIES = Database(
    "ferries",
    150000,
    (
        table(
            "bookings",
            "id int!",
            "vessel_id int! -> vessels",
            "total numeric!",
            "currency text!",
            "booked_at timestamptz!",
        ),
        table("bugs", "id int!", "assigned_to int -> members", "state text! = open|triaged|fixed"),
        table("ports", "id int!", "name text!"),
        table(
            "members",
            "id int!",
            "port_id int! -> ports",
            "sex text! = F|M|X",
            "email text",
            "phone text",
            "left_at timestamptz",
        ),
        table("passengers", "id int!", "booking_id int! -> bookings", "age_group text! = adult|child|infant"),
        table("ratings", "id int!", "booking_id int! -> bookings", "stars int!"),
        table("tags", "id int!", "name text!"),
        table("vessel_tags", "id int!", "vessel_id int! -> vessels", "tag_id int! -> tags"),
        table("vessels", "id int!", "name text!", "rank text! = flagship|tender", "retired boolean!"),
    ),
)


SAID = """
# So much money is no number of rows.
bookings total exactly 50000 EUR => sum bookings.total 50000; ? eur
300 bookings averaging 180 euros => only bookings; rows bookings 300; average bookings.total 180; ? euros
bookings worth 50 each => share bookings.total 50=1000
bookings of exactly 99 each => only bookings; ? exactly 99
80 bookings, 20 EUR => only bookings; rows bookings 80; ? 20 eur
# What belongs to each one is no number of all.
bookings of 1 to 5 passengers => only passengers bookings; per passengers/bookings 1..5
2 passengers each booking => only passengers bookings; per passengers/bookings 2
50 bookings x 2 passengers => only passengers bookings; rows bookings 50; per passengers/bookings 2
every vessel is a member of 2 tags => per vessel_tags/vessels 2
80% of bookings have a passenger => ? 80% bookings have passenger
top vessel has 100 bookings => only vessels bookings; per bookings/vessels 100; ? top
100 bookings of 2 passengers => only passengers bookings; rows bookings 100; per passengers/bookings 2
bookings and their passengers, 5 each => only passengers bookings; per passengers/bookings 5
each vessel has 3 bookings and is in 2 tags => per bookings/vessels 3; per vessel_tags/vessels 2
every vessel is in at least 2 tags => per vessel_tags/vessels 2..
at least one passenger per flagship vessel => ? at least one passenger per flagship vessel
100 bookings, each carrying 2 passengers => only passengers bookings; rows bookings 100; per passengers/bookings 2
every booking has 2 adults => count passengers 2 per bookings where age_group=adult
an infant for every booking => count passengers 1 per bookings where age_group=infant
# Parents without children are no table to leave out.
retired vessels should have no bookings => ? retired vessels should have no bookings
half of the vessels never had a booking => ? half vessels never had booking
tender vessels without bookings => ? tender vessels without bookings
vessels without bookings => only vessels; skip bookings
a few members have left => share members.left_at null=950
nobody has left => share members.left_at null=1000
# One of a kind is one.
a port with 8 members => only members ports; rows ports 1; per members/ports 8
a small port with 8 members => only members ports; rows ports 1; nature ports company small; per members/ports 8
# What is said of several columns, states and countries holds for each.
half of the members have no email and no phone => share members.email null=500; share members.phone null=500
passengers mostly adults, the rest children and infants => share passengers.age_group adult=800 child=100 infant=100
tenders are 20% of vessels => share vessels.rank tender=200
retired vessels should be rare => share vessels.retired true=20
9 bugs, 5 open, the rest fixed => only bugs; rows bugs 9; count bugs 5 where state=open; count bugs 4 where state=fixed
80% of passengers are adults, the rest children => share passengers.age_group adult=800 child=200
members between Sweden and Finland => only members; countries SE=500 FI=500
1/4 of the bugs are fixed => share bugs.state fixed=250
flagship bookings everywhere => only bookings; ? flagship everywhere
# What a column says is dearer than another word for a state.
unassigned bugs => share bugs.assigned_to null=1000
30% of bugs are unassigned => share bugs.assigned_to null=300
60% female members, 40% male => share members.sex F=600 M=400
ratings with 4 or 5 stars => share ratings.stars 4=500 5=500
average rating of 4.2 stars => average ratings.stars 4.2
20 bugs, nothing fixed => only bugs; rows bugs 20; share bugs.state fixed=0
"""


@pytest.mark.parametrize("line", [line for line in SAID.strip().splitlines() if not line.startswith("#")])
def test_it_means_what_people_mean(line: str) -> None:
    said, _, meant = line.partition("=>")
    spec, left = parsed(FERRIES, meant)
    reading = Interpreter(FERRIES, now=NOW, packs=PACKS).read(said)
    assert canonical(reading.spec) == canonical(spec)
    assert {word.lower() for one in reading.unused for word in one.words.split()} == left
