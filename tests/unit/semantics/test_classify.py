from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from seedfast.model.table import Column
from seedfast.model.types import SqlType, TypeForm
from seedfast.semantics.classify import TEXTS, classify, classify_part
from seedfast.semantics.meaning import Meaning
from seedfast.semantics.order import chronology
from tests.unit.semantics.tables import sql_type, table

NOW = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)

# Table, column, type, the kind that reads best.
EXPECTED = """
users email text person.email
users email varchar(255) person.email
users e_mail citext person.email
users emailAddress text person.email
customers contact_email varchar(80) person.email
users first_name text person.given_name
users firstName varchar(50) person.given_name
users fname varchar(30) person.given_name
users middle_name text person.middle_name
users last_name text person.family_name
users lname varchar(30) person.family_name
users surname text person.family_name
users name text person.full_name
people full_name text person.full_name
payment_attempts state_name text text.status
invitations invitee text person.email
audit_history change_type varchar(10) choice
users display_name text person.full_name
employees name varchar(60) person.full_name
orders customer_name text person.full_name
orders ship_name varchar(40) person.full_name
posts author text person.full_name
users username varchar(40) person.username
users login text person.username
documents created_by varchar(50) person.username
users gender varchar(10) person.gender
users sex text person.gender
users sex char(1) person.gender
users password text person.password_hash
users password_hash varchar(60) person.password_hash
users encrypted_password varchar(128) person.password_hash
users phone varchar(24) person.phone
users phone_number text person.phone
customers tel varchar(20) person.phone
customers fax varchar(24) person.phone
customers mobile varchar(24) person.phone
employees title varchar(30) person.job
customers contact_title varchar(30) person.contact_job
employees job_title text person.job
employees title_of_courtesy varchar(25) person.title
users bio text person.bio
users avatar_url text person.avatar_url
patients marital_status varchar(20) person.marital_status
employees ssn char(11) person.national_id
customers address varchar(60) place.street
customers street text place.street
customers address_line_1 text place.street
customers address2 text place.unit
customers addr varchar(80) place.street
customers city varchar(40) place.city
orders billing_city varchar(40) place.city
city city varchar(50) place.city
cities name text place.city
customers postal_code varchar(10) place.postcode
customers zip varchar(10) place.postcode
customers zip_code text place.postcode
customers zipcode text place.postcode
customers country varchar(40) place.country
customers country char(2) place.country_code
customers country char(3) place.country_code3
customers country_code varchar(2) place.country_code
countries name text place.country
countries code char(2) place.country_code
customers region varchar(15) place.region
users timezone text place.timezone
users time_zone varchar(50) place.timezone
customers company varchar(80) company.name
suppliers company_name varchar(40) company.name
suppliers name text company.name
companies name text company.name
stores name text company.store
departments name text company.department
employees department text company.department
teams name varchar(50) company.team
products name text product.name
products product_name varchar(40) product.name
items name text product.name
order_items product_name text product.name
products description text product.description
products sku varchar(20) product.sku
products brand text product.brand
products color text product.colour
products colour varchar(15) product.colour
products size varchar(5) product.size
products quantity_per_unit varchar(20) product.package
orders payment_method text product.payment
categories name text text.category
categories category_name varchar(15) text.category
tags name text text.tag
roles name text text.role
permissions name text text.permission
films title varchar(255) media.film_title
movies title text media.film_title
film description text media.plot
tracks name varchar(200) media.track_title
albums title varchar(160) media.album_title
artists name varchar(120) media.artist
genres name varchar(120) media.genre
playlists name varchar(120) media.playlist
books title text media.book_title
books isbn varchar(17) text.isbn
languages name text text.language
currencies code char(3) text.currency_code
currencies name text text.currency
invoices currency char(3) place.currency
invoices currency_code varchar(3) place.currency
sites url text internet.url
companies website text company.site
facturas numero_factura text finance.invoice_number
kunden hausnummer text place.house_number
abonados direccion_correo text person.email
users homepage text internet.site
posts slug varchar(80) internet.slug
posts title varchar(200) text.title
posts body text text.markdown
comments body text text.markdown
orders comment text text.comment
orders notes text text.note
projects description text text.description
messages subject text text.subject
reviews review text text.review
reviews rating int number.integer
orders status varchar(20) text.status
orders state varchar(20) text.status
orders tracking_number text text.code
events event_name text text.event_name
logs message text text.message
logs level varchar(10) text.level
sessions user_agent text internet.user_agent
sessions ip_address varchar(45) internet.ip
sessions token text internet.token
clients api_key text internet.token
files file_name text internet.file_name
files filename varchar(255) internet.file_name
files path text internet.file_path
files mime_type text internet.mime_type
files content_type varchar(100) internet.mime_type
files checksum text text.hash
files sha256 char(64) text.hash
files md5 char(32) text.hash
commits commit_sha varchar(40) text.hash
packages version text text.version
packages license text text.license
servers host_name text internet.host
tasks priority varchar(10) text.priority
jobs error_message text text.error
jobs cron_expression text text.cron
requests http_method varchar(10) internet.http_method
pages locale varchar(10) text.locale
users language char(2) text.language_code
accounts iban varchar(34) text.iban
cards last4 char(4) finance.card_last4
payments card_number varchar(20) finance.card_number
diagnoses icd_code varchar(10) clinical.diagnosis_code
prescriptions drug varchar(100) clinical.drug_name
labs valueuom varchar(20) clinical.unit
kunden vorname text person.given_name
kunden nachname text person.family_name
kunden strasse text place.street
kunden plz varchar(5) place.postcode
kunden ort text place.city
clients prenom text person.given_name
clients ville text place.city
clientes apellido text person.family_name
clientes correo text person.email
clientes telefone varchar(20) person.phone
clienti cognome text person.family_name
orderlines quantity int number.integer
orderlines qty smallint number.integer
products price numeric(10,2) finance.price
products unit_price real finance.price
products price_cents int finance.price
orders total numeric(10,2) finance.amount
orders amount_cents bigint finance.amount
orders tax_rate numeric(5,4) number.decimal
orders discount double number.float
employees salary numeric(10,2) finance.amount
users age int person.age
places latitude numeric(9,6) place.latitude
places longitude double place.longitude
places lat double place.latitude
places lng numeric(9,6) place.longitude
requests status_code int choice
hosts port int number.integer
products discontinued int choice
users is_active smallint choice
users is_active boolean logic.boolean
posts published boolean logic.boolean
users birth_date date person.birth_date
users dob date person.birth_date
users date_of_birth date person.birth_date
users birth_date timestamp time.timestamp
users created_at timestamptz time.timestamp
orders shipped_date date time.date
users settings jsonb json.object
nowhere zzqx text text.sentence
nowhere zzqx varchar(40) text.words
nowhere zzqx char(2) text.code
nowhere zzqx int number.integer
nowhere zzqx numeric number.decimal
nowhere zzqx boolean logic.boolean
nowhere zzqx date time.date
"""

ROWS = [line.split() for line in EXPECTED.split("\n") if line]


def read(name: str, *columns: str, column: str | None = None) -> tuple[Meaning, ...]:
    made = table(name, *columns)
    wanted = column or made.columns[0].name
    return classify(made, now=NOW, seed=1)[wanted]


def test_the_table_of_columns_is_long() -> None:
    assert len(ROWS) > 150


@pytest.mark.parametrize(("name", "column", "kind", "expected"), ROWS, ids=[" ".join(row[:3]) for row in ROWS])
def test_columns_mean_what_they_say(name: str, column: str, kind: str, expected: str) -> None:
    assert read(name, f"{column} {kind}")[0].kind == expected


@pytest.mark.parametrize(
    ("column", "factor"),
    [
        ("created_at int", 1),
        ("last_seen_at bigint", 1000),
        ("event_ts bigint", 1000),
        ("timestamp_ms bigint", 1000),
        ("updated_at_unix bigint", 1),
    ],
)
def test_whole_numbers_named_as_moments_count_from_1970(column: str, factor: int) -> None:
    best = read("events", column)[0]
    assert best.kind == "number.integer"
    years_off = [
        abs(best.params[key] / factor - NOW.replace(tzinfo=UTC).timestamp()) / 31_557_600 for key in ("low", "high")
    ]
    assert max(years_off) < 6


@pytest.mark.parametrize("column", ["duration_ms bigint", "execution_time_ms int", "epoch int", "created_at smallint"])
def test_other_whole_numbers_do_not_count_from_1970(column: str) -> None:
    assert all(one.params.get("high", 0) < 10**8 for one in read("events", column) if one.kind == "number.integer")


@pytest.mark.parametrize("kind", ["uuid", "bytea", "inet", "interval", "tsvector", "point", "time"])
def test_types_that_say_it_all_have_no_reading(kind: str) -> None:
    assert read("users", f"email {kind}") == ()


def test_only_kinds_that_fit_the_type_are_proposed() -> None:
    for kind in ("text", "varchar(3)", "int", "numeric(4,2)", "double", "boolean", "date", "timestamptz"):
        for name in ("email", "price", "created_at", "is_active", "country", "latitude", "birth_date", "status", "zip"):
            for meaning in read("users", f"{name} {kind}"):
                family = meaning.kind.partition(".")[0]
                if sql_type(kind).name in TEXTS:
                    assert family not in ("number", "time", "logic", "json") and meaning.kind != "finance.price"
                    assert "low" not in meaning.params
                elif kind == "boolean":
                    assert meaning.kind == "logic.boolean"
                elif kind == "date":
                    assert meaning.kind in ("time.date", "person.birth_date")
                elif kind == "timestamptz":
                    assert meaning.kind == "time.timestamp"
                else:
                    assert family in ("number", "finance", "place") or meaning.kind == "choice"


@pytest.mark.parametrize(
    ("name", "kind", "most"),
    [
        ("price", "numeric(4,2)", "99.99"),
        ("salary", "smallint", "32767"),
        ("file_size", "smallint", "32767"),
        ("total", "numeric(3,3)", "0.999"),
        ("count", "numeric(2,0)", "99"),
        ("zip", "smallint", "32767"),
    ],
)
def test_ranges_stay_within_the_type(name: str, kind: str, most: str) -> None:
    for meaning in read("things", f"{name} {kind}"):
        low, high = Decimal(str(meaning.params["low"])), Decimal(str(meaning.params["high"]))
        assert low <= high <= Decimal(most)


def test_cents_are_hundredths() -> None:
    euros, cents = read("products", "price numeric(10,2)")[0], read("products", "price_cents int")[0]
    assert Decimal(cents.params["high"]) == 100 * Decimal(euros.params["high"])
    assert cents.params["unit"] == "integer"
    assert cents.params["scale"] == 0


def test_readings_are_ranked_and_end_with_one_that_always_fits() -> None:
    readings = read("users", "customer_email_code text")
    assert [one.confidence for one in readings] == sorted((one.confidence for one in readings), reverse=True)
    assert readings[-1].kind == "text.sentence"
    assert all(one.reason for one in readings)


def groups(name: str, *columns: str, seed: int = 1) -> dict[str, str | None]:
    made = table(name, *columns)
    found = classify(made, now=NOW, seed=seed)
    return {column: readings[0].params.get("group_key") for column, readings in found.items()}


def test_columns_of_one_person_share_a_group() -> None:
    found = groups("users", "first_name text", "last_name text", "user_email text", "city text")
    assert found["first_name"] == found["last_name"] == found["user_email"] is not None
    assert found["city"] != found["first_name"]


def test_prefixes_keep_places_apart() -> None:
    found = groups(
        "orders", "billing_city text", "billing_zip text", "shipping_city text", "shipping_country text", "city text"
    )
    assert found["billing_city"] == found["billing_zip"]
    assert found["shipping_city"] == found["shipping_country"]
    assert len({found["billing_city"], found["shipping_city"], found["city"]}) == 3


def test_all_that_says_where_a_row_is_shares_its_place() -> None:
    found = groups(
        "sites",
        *("city text", "region text", "postal_code text", "country char(2)", "country_code text", "address_city text"),
        *("timezone text", "currency char(3)", "locale text", "preferred_language char(2)", "phone text"),
    )
    assert len(set(found.values())) == 1


def test_numbers_of_others_are_of_other_places() -> None:
    found = groups("patients", "city text", "phone text", "mobile_number text", "emergency_contact_phone text")
    assert found["phone"] == found["mobile_number"] == found["city"] != found["emergency_contact_phone"]


def test_a_place_does_not_call_from_elsewhere() -> None:
    beside = ("city text", "phone varchar(20)", "currency char(3)", "locale text")
    kinds = [read("offices", *beside, column=name)[0].kind for name in ("phone", "currency", "locale")]
    assert kinds == ["place.phone", "place.currency", "place.locale"]
    assert read("offices", "city text", "phone varchar(12)", column="phone")[0].kind == "person.phone"


def test_a_list_holds_what_its_name_says_of_one() -> None:
    texts = SqlType("pg_catalog", "_text", TypeForm.ARRAY, "text[]", element=sql_type("text"))
    made = replace(table("users"), columns=(Column("tags", texts, True), Column("emails", texts, True)))
    found = classify(made, now=NOW, seed=1)
    for name, kind in (("tags", "text.tag"), ("emails", "person.email")):
        assert found[name][0].kind == "array"
        assert found[name][0].params["element"]["kind"] == kind
        assert "group_key" not in found[name][0].params["element"]["params"]


def test_few_words_are_listed_in_the_lexicon() -> None:
    blood = read("patients", "blood_type varchar(3)")[0]
    assert blood.kind == "choice" and "AB-" in blood.params["values"]
    assert len(blood.params["values"]) == len(blood.params["weights"])
    assert "Would buy again" in read("reviews", "title text")[0].params["values"]


def test_a_persons_height_is_no_parcels() -> None:
    of_person = read("patients", "height_cm numeric(5,1)")[0].params
    assert Decimal(of_person["low"]) > 100 > Decimal(read("parcels", "height_cm numeric(5,1)")[0].params["low"])


def test_telephones_are_mostly_known_and_deaths_are_not() -> None:
    made = replace(
        table("patients"),
        columns=tuple(Column(n, sql_type(k), True) for n, k in (("phone", "text"), ("deceased_at", "timestamptz"))),
    )
    found = classify(made, now=NOW, seed=1)
    assert found["phone"][0].null_permille is None
    assert (found["deceased_at"][0].null_permille or 0) > 900


def test_groups_follow_seed_and_table() -> None:
    assert groups("users", "email text") != groups("users", "email text", seed=2)
    assert groups("users", "email text") != groups("people", "email text")


def test_state_beside_a_city_is_a_region() -> None:
    assert read("customers", "state text", "city text")[0].kind == "place.region"
    assert read("customers", "state char(2)", "zip text")[0].kind == "place.region_code"
    assert read("tickets", "state text", "title text")[0].kind == "text.status"


def test_a_shared_prefix_says_nothing() -> None:
    columns = ("wp_name text", "wp_url text", "wp_address text", "wp_phone text")
    assert read("web_pages", *columns, column="wp_phone")[0].kind == "person.phone"
    assert read("web_pages", *columns, column="wp_url")[0].kind == "internet.url"


def test_created_comes_before_updated_and_births_are_long_ago() -> None:
    created, updated = read("t", "created_at timestamp")[0], read("t", "updated_at timestamp")[0]
    assert created.params["low"] < created.params["high"] <= updated.params["low"] < updated.params["high"]
    assert updated.params["high"] == "2025-06-01T12:00:00"
    born = read("t", "birth_date date")[0].params
    assert "1945" <= born["low"] < born["high"] < "2007-07"
    assert read("t", "expires_at timestamptz")[0].params["low"] > "2025-06-01"


def test_a_time_zone_of_now_is_turned_into_utc() -> None:
    made = table("t", "updated_at timestamp")
    east = datetime.fromisoformat("2025-06-01T14:00:00+02:00")
    assert (
        classify(made, now=east, seed=1)
        == classify(made, now=NOW, seed=1)
        == classify(made, now=NOW.replace(tzinfo=None), seed=1)
    )


def test_mostly_null_columns_say_so_where_they_may() -> None:
    assert read("t", "deleted_at timestamp")[0].null_permille == 950
    assert read("t", "deleted_at timestamp!")[0].null_permille is None
    assert read("t", "title text")[0].null_permille == 20
    assert read("t", "colour text")[0].null_permille is None


def test_an_enum_is_one_of_its_labels() -> None:
    mood = SqlType("public", "mood", TypeForm.ENUM, "mood", labels=("sad", "ok"))
    made = table("t", "mood text")
    made = replace(made, columns=(Column("mood", mood, nullable=True),))
    (reading,) = classify(made, now=NOW, seed=1)["mood"]
    assert reading.kind == "choice"
    assert reading.params["values"] == ["sad", "ok"]


def test_a_domain_is_read_by_the_type_below_it() -> None:
    year = SqlType("public", "year", TypeForm.DOMAIN, "year", base=sql_type("int"))
    made = replace(table("film", "a int"), columns=(Column("release_year", year, nullable=True),))
    reading = classify(made, now=NOW, seed=1)["release_year"][0]
    assert reading.params == {"low": 1990, "high": 2025}


def test_a_comment_helps_where_the_name_does_not() -> None:
    made = table("t", "zzqx text")
    made = replace(made, columns=(replace(made.columns[0], comment="The customer's e-mail address"),))
    assert classify(made, now=NOW, seed=1)["zzqx"][0].kind == "person.email"


@pytest.mark.parametrize("name", ["", "  ", "名前", "?column?", "_", "9", "a b  c", "ﬁ", "\U0001f600"])
def test_any_name_has_a_reading(name: str) -> None:
    made = replace(table("t", "a text"), columns=(Column(name, sql_type("text"), nullable=True),))
    assert classify(made, now=NOW, seed=1)[name]


def test_reads_a_member_of_a_document_by_its_name() -> None:
    assert classify_part("email", sql_type("text"), of="contact", now=NOW)[0].kind == "person.email"


@pytest.mark.parametrize(
    ("name", "kind", "default", "share"),
    [
        ("paints_blue", "boolean", "true", 800),
        ("paints_blue", "boolean", "false", 200),
        ("is_admin", "boolean", "true", 150),
    ],
)
def test_most_truth_values_are_the_default_where_the_name_has_no_sign(name, kind, default, share) -> None:
    made = table("things", f"{name} {kind}")
    made = replace(made, columns=(replace(made.columns[0], default=default),))
    assert classify(made, now=NOW, seed=1)[name][0].params["true_permille"] == share


def test_a_small_number_with_a_truth_value_for_default_is_a_switch() -> None:
    for default, likelier in (("0", 0), ("'1'::smallint", 1)):
        made = table("things", "paints_blue smallint", "depth smallint")
        made = replace(made, columns=tuple(replace(each, default=default) for each in made.columns))
        found = classify(made, now=NOW, seed=1)
        switch = found["paints_blue"][0]
        weights = dict(zip(switch.params["values"], switch.params["weights"], strict=True))
        assert switch.kind == "choice" and weights[likelier] > weights[1 - likelier]
        assert found["depth"][0].kind != "choice"


@pytest.mark.parametrize(
    ("column", "low", "high"),
    [
        ("num_bids int", 0, 200),
        ("total_wombats int", 0, 200),
        ("bit_7 smallint", 0, 1),
        ("batch_size int", 1, 500),
        ("utc_offset numeric(4,2)", -12, 14),
        ("expires_in int", 60, 5400),
        ("file_size int", 1000, 5_000_000),
    ],
)
def test_numbers_count_what_the_name_says(column: str, low: int, high: int) -> None:
    params = read("things", column)[0].params
    ends = params["values"] if "values" in params else (params["low"], params["high"])
    assert low <= Decimal(str(min(ends, key=Decimal))) and Decimal(str(max(ends, key=Decimal))) <= high


def test_a_number_that_the_type_cannot_hold_is_not_meant() -> None:
    assert read("hosts", "ip_address int")[0].params["high"] < 2**31
    assert read("hosts", "ip_address bigint")[0].params["low"] > 2**31


@pytest.mark.parametrize(
    ("table_name", "column", "kind"),
    [
        ("secrets", "value varchar(64)", "internet.token"),
        ("ip_bans", "address text", "internet.ip"),
        ("customers", "zorkidentifier text", "text.external_id"),
        ("rules", "comparison text", "text.operator"),
    ],
)
def test_a_table_says_what_a_plain_name_is_about(table_name: str, column: str, kind: str) -> None:
    assert read(table_name, column)[0].kind == kind


def test_each_telephone_number_of_a_row_is_another_one() -> None:
    made = table("offices", "phone text", "fax text", "office_phone_2 text", "city text", "telephone text")
    found = {name: readings[0] for name, readings in classify(made, now=NOW, seed=1).items()}
    lines = {name: one.params.get("line") for name, one in found.items() if one.kind == "place.phone"}
    assert lines == {"phone": None, "fax": "fax", "office_phone_2": "2", "telephone": None}
    assert len({found[name].params["group_key"] for name in lines}) == 1


def test_nobody_is_hired_as_soon_as_born() -> None:
    made = table("employees", "birth_date date", "hire_date date", "termination_date date")
    assert chronology(made) == (("hire_date", "termination_date"),)


def test_a_persons_columns_are_of_one_person_whatever_comes_first() -> None:
    made = table(
        "users", "name text", "primary_email text", "display_name text", "spouse_email text", "ssn text", "tax_id text"
    )
    found = {name: readings[0].params["group_key"] for name, readings in classify(made, now=NOW, seed=1).items()}
    assert found["name"] == found["primary_email"] == found["display_name"]
    assert len({found["name"], found["spouse_email"], found["ssn"], found["tax_id"]}) == 4


@pytest.mark.parametrize(
    ("columns", "name", "kind"),
    [
        (("first_name text", "title text", "suffix text"), "title", "person.title"),
        (("first_name text", "title text", "suffix text"), "suffix", "person.name_suffix"),
        (("first_name text", "title text"), "title", "person.job"),
        (("bucket_name text", "region text"), "region", "internet.cloud_region"),
        (("city text", "region text"), "region", "place.region"),
    ],
)
def test_columns_cast_a_light_on_each_other(columns, name, kind) -> None:
    made = table("employees" if "first_name text" in columns else "things", *columns)
    assert classify(made, now=NOW, seed=1)[name][0].kind == kind


def test_a_tables_history_is_about_what_the_table_is_about() -> None:
    assert read("customer_history", "name text")[0].kind == read("customers", "name text")[0].kind == "person.full_name"


@pytest.mark.parametrize(
    ("columns", "name", "kind"),
    [
        ("provider_name text|npi text", "provider_name", "person.full_name"),
        ("provider text|specialty text", "provider", "person.full_name"),
        ("provider_name text|provider_user_id text", "provider_name", "internet.provider"),
    ],
)
def test_a_provider_is_a_person_where_medicine_is_practised(columns: str, name: str, kind: str) -> None:
    found = classify(table("accounts", "id int", *columns.split("|")), now=NOW, seed=1)
    assert found[name][0].kind == kind
