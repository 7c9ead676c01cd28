"""Names in other languages mean what the same names mean in English, however they are spelt, bent or glued."""

from __future__ import annotations

import pytest

from seedfast.semantics.tongues import tongues
from seedfast.semantics.words import speaks, words

SAID = {
    # Glued, with linking letters and without, plurals with another vowel, accents and what stands for them.
    "firmenname": "company name",
    "rechnungsnr": "invoice number",
    "Rechnungspositionen": "line item",
    "mindestbestand": "minimum stock",
    "positionsbetrag": "line total",
    "kundenart": "customer type",
    "Kündigungsdatum": "kuendigung date",
    "auftraege": "order",
    "Aufträge": "order",
    "KundenNr": "customer number",
    "betrag_netto": "amount net",
    "bestelregels": "order line",
    "totaalbedrag": "total amount",
    # What a thing is comes first, and what it is of behind it.
    "numero_de_factura": "invoice number",
    "NumeroFactura": "invoice number",
    "lineas_pedido": "order line",
    "fecha_inicio_contrato": "contract start date",
    "fecha_ultima_compra": "last purchase date",
    "telefono_2": "phone 2",
    "duracion_seg": "duration seg",
    "id_cliente": "customer id",
    "cliente_id": "customer id",
    "lignes_commande": "order line",
    "righe_fattura": "invoice line",
    "numer_faktury": "invoice number",
    # Words that mean something together only.
    "razon_social": "company name",
    "raison_sociale": "company name",
    "ragione_sociale": "company name",
    "razao_social": "company name",
    "base_imponible": "subtotal",
    "data_di_nascita": "birth date",
    "date_naissance": "birth date",
    "data_urodzenia": "birth date",
    "total_ht": "net total",
    "montant_ttc": "gross amount",
    # Plurals and endings of the gender.
    "proveedores": "supplier",
    "fornitori": "supplier",
    "fatture": "invoice",
    "imoveis": "property",
    "employés": "employee",
    "pagadas": "paid",
    "klienci": "customer",
}


@pytest.mark.parametrize(("name", "meant"), SAID.items())
def test_a_name_is_read_in_its_language(name: str, meant: str) -> None:
    assert " ".join(words(name)) == meant


def test_a_word_that_is_english_too_counts_beside_another_of_its_language_alone() -> None:
    assert words("art") == ("art",) and words("kunden_art") == ("customer", "type")
    assert words("data_size") == ("data", "size") and words("data_ordine") == ("order", "date")
    assert words("rate_limit_code") == ("rate", "limit", "code") and words("cap_amount") == ("cap", "amount")
    assert words("cp") == ("postal", "code") and words("cp_department") == ("cp", "department")


ENGLISH = (
    "employees", "course", "notes", "created_at", "data", "mobile", "classes", "revenue", "payee_name", "total_item",
    "date_created", "number_of_items", "finland", "dag_id", "num_clients", "id_customer", "base_price", "code_version",
)  # fmt: skip


@pytest.mark.parametrize("name", ENGLISH)
def test_an_english_name_is_of_no_other_language(name: str) -> None:
    assert not speaks(name)


def test_a_name_tells_which_language_it_is_of() -> None:
    assert speaks("mitarbeiter_id") == {"de"} and speaks("salaire_brut") == {"fr"} and speaks("apellidos") == {"es"}
    assert "it" in speaks("data_fattura") and "nl" in speaks("factuurdatum") and "pl" in speaks("nazwisko")


def test_every_spelling_is_in_plain_letters() -> None:
    known = tongues()
    spelt = {*known.own, *known.loose, *(word for phrase in known.phrases for word in phrase)}
    assert all((word.isascii() and word.islower()) or word.isdigit() for word in spelt), sorted(spelt)[:5]
