"""A schema that is named in another language holds what the same schema would hold in English, in that language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.plan.written import drawn, table

LINES = [
    ("bestellpositionen", "menge", "einzelpreis", "positionsbetrag"),
    ("lignes_commande", "qte", "prix_unitaire", "montant_ligne"),
    ("lineas_factura", "cantidad", "precio_unitario", "importe"),
    ("itens_venda", "quantidade", "valor_unitario", "valor_total"),
    ("righe_ordine", "quantita", "prezzo_unitario", "importo"),
    ("bestelregels", "aantal", "stukprijs", "regelbedrag"),
    ("pozycje_zamowienia", "ilosc", "cena_jednostkowa", "wartosc"),
]


@pytest.mark.parametrize(("name", "quantity", "price", "total"), LINES)
def test_a_line_costs_its_quantity_times_the_price(name: str, quantity: str, price: str, total: str) -> None:
    made = table(name, "id int!", f"{quantity} int!", f"{price} numeric(10,2)!", f"{total} numeric(12,2)!")
    for row in drawn(made)[name]:
        assert row[total] == row[quantity] * row[price], row


BILLS = [
    ("factures", "montant_ht", "montant_tva", "montant_ttc"),
    ("facturas", "base_imponible", "cuota_iva", "importe_total"),
    ("fatture", "imponibile", "iva", "totale_fattura"),
    ("rechnungen", "nettobetrag", "mwst_betrag", "bruttobetrag"),
    ("facturen", "subtotaal", "btw_bedrag", "totaal"),
    ("faktury", "kwota_netto", "kwota_vat", "kwota_brutto"),
]


@pytest.mark.parametrize(("name", "net", "tax", "gross"), BILLS)
def test_a_bill_comes_to_what_is_taxed_and_the_tax(name: str, net: str, tax: str, gross: str) -> None:
    columns = (f"{column} numeric(12,2)!" for column in (net, tax, gross))
    for row in drawn(table(name, "id int!", *columns))[name]:
        assert row[net] + row[tax] == row[gross], row
        assert Decimal(0) <= row[tax] <= row[net] * Decimal("0.3"), row


TIMES = [
    ("rechnungen", "rechnungsdatum", "faellig_am"),
    ("factures", "date_facture", "date_echeance"),
    ("facturas", "fecha_emision", "fecha_vencimiento"),
    ("contas", "data_emissao", "data_vencimento"),
    ("fatture", "data_fattura", "data_scadenza"),
    ("facturen", "factuurdatum", "vervaldatum"),
    ("faktury", "data_wystawienia", "termin_platnosci"),
    ("dipendenti", "data_assunzione", "data_cessazione"),
    ("funcionarios", "data_admissao", "data_demissao"),
]


@pytest.mark.parametrize(("name", "first", "then"), TIMES)
def test_what_comes_later_is_later(name: str, first: str, then: str) -> None:
    rows = drawn(table(name, "id int!", f"{first} date!", f"{then} date"))[name]
    assert all(row[then] is None or row[first] <= row[then] for row in rows)
    assert any(row[then] is not None for row in rows)


CUSTOMERS: list[tuple[str, tuple[str, ...], str]] = [
    ("kunden", ("vorname text!", "nachname text!", "plz text!", "ort text!"), "bestellungen status versandt"),
    ("clients", ("prenom text!", "nom text!", "ville text!", "adresse text!"), "commandes statut expediee"),
    ("clientes", ("nombre text!", "apellidos text!", "ciudad text!", "telefono text!"), "pedidos estado pendiente"),
    ("clientes", ("nome text!", "sobrenome text!", "cidade text!", "bairro text!"), "pedidos situacao entregue"),
    ("clienti", ("nome text!", "cognome text!", "citta text!", "indirizzo text!"), "ordini stato consegnato"),
    ("klanten", ("voornaam text!", "achternaam text!", "plaats text!", "straat text!"), "bestellingen status geleverd"),
    ("klienci", ("imie text!", "nazwisko text!", "miasto text!", "ulica text!"), "zamowienia status dostarczone"),
]


@pytest.mark.parametrize(("people", "columns", "orders"), CUSTOMERS)
def test_states_that_nothing_lists_are_in_the_schemas_language(
    people: str, columns: tuple[str, ...], orders: str
) -> None:
    name, state, seen = orders.split()
    parent = table(people, "id int!", *columns)
    child = table(name, "id int!", f"kunde_id int! -> {people}", f"{state} varchar(20)!")
    said = {row[state] for row in _rows(drawn(parent, child), name)}
    assert seen in said and not said & {"pending", "shipped", "delivered", "cancelled"}, said


def _rows(made: Any, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = made[name]
    return rows


PEOPLE = ("id int!", "vorname text!", "nachname text!", "strasse text!", "plz text!", "ort text!")
STAFF = [
    ("mitarbeiter", (*PEOPLE, "abteilung text!"), "abteilung", {"Vertrieb", "Entwicklung"}),
    (
        "medewerkers",
        ("id int!", "voornaam text!", "achternaam text!", "afdeling text!", "plaats text!"),
        "afdeling",
        {"Verkoop"},
    ),
    ("pracownicy", ("id int!", "imie text!", "nazwisko text!", "dzial text!", "miasto text!"), "dzial", {"Sprzedaż"}),
    ("dipendenti", ("id int!", "nome text!", "cognome text!", "reparto text!", "citta text!"), "reparto", {"Vendite"}),
]


@pytest.mark.parametrize(("name", "columns", "column", "seen"), STAFF)
def test_departments_are_in_the_schemas_language(
    name: str, columns: tuple[str, ...], column: str, seen: set[str]
) -> None:
    said = {row[column] for row in drawn(table(name, *columns))[name]}
    assert seen <= said and not said & {"Sales", "Engineering", "Customer Support"}, said


def test_people_are_addressed_as_their_language_does_by_their_gender() -> None:
    columns = (*PEOPLE, "anrede varchar(10)", "geschlecht char(1)!")
    rows = drawn(table("kunden", *columns))["kunden"]
    assert {row["anrede"] for row in rows} - {None} == {"Herr", "Frau"}
    assert sum(row["anrede"] is None for row in rows) < 50
    assert all({"Herr": "M", "Frau": "F"}.get(row["anrede"], row["geschlecht"]) == row["geschlecht"] for row in rows)


def test_distinct_departments_stay_distinct_in_the_language() -> None:
    departments = table("abteilungen", "id int!", "bezeichnung text!", unique="bezeichnung")
    staff = table("mitarbeiter", *PEOPLE, "abteilung_id int! -> abteilungen")
    said = [row["bezeichnung"] for row in drawn(departments, staff, rows=40)["abteilungen"]]
    assert len({one.casefold() for one in said}) == len(said)


def test_an_english_schema_says_what_it_said() -> None:
    staff = table("employees", "id int!", "first_name text!", "last_name text!", "department text!", "title text")
    assert "Engineering" in {row["department"] for row in drawn(staff)["employees"]}


def test_a_line_takes_its_articles_net_price() -> None:
    articles = table("artikel", "id int!", "bezeichnung text!", "preis_netto numeric(10,2)!", "mwst_satz numeric(4,2)!")
    orders = table("bestellungen", "id int!", "bestelldatum date!")
    lines = table(
        "bestellpositionen", "id int!", "bestellung_id int! -> bestellungen", "artikel_id int! -> artikel",
        "menge int!", "einzelpreis numeric(10,2)!", "positionsbetrag numeric(12,2)!",
    )  # fmt: skip
    rows = drawn(articles, orders, lines)
    price = {row["id"]: row["preis_netto"] for row in rows["artikel"]}
    assert all(row["einzelpreis"] == price[row["artikel_id"]] for row in rows["bestellpositionen"])


PAID = [("invoice_date", "payment_date"), ("date_facture", "date_reglement"), ("data_fattura", "data_pagamento")]


@pytest.mark.parametrize(("issued", "paid"), PAID)
def test_bills_are_paid_after_they_are_written(issued: str, paid: str) -> None:
    rows = drawn(table("invoices", "id int!", f"{issued} date!", "due_date date!", f"{paid} date"))["invoices"]
    assert all(row[paid] is None or row[issued] <= row[paid] for row in rows)


@pytest.mark.parametrize(("people", "column"), [("empleados", "nif"), ("medewerkers", "bsn"), ("staff", "ssn")])
def test_a_narrow_identity_number_is_one_that_nobody_has(people: str, column: str) -> None:
    rows = drawn(table(people, "id int!", f"{column} varchar(9)!", "name text!", unique=column))[people]
    said = {row[column] for row in rows}
    assert len(said) == len(rows) and all(one.startswith("000") and len(one) == 9 and one.isdigit() for one in said)
