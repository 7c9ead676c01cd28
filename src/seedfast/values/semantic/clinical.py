"""Medicine and biology: diagnoses, drugs, units, species."""

from __future__ import annotations

from seedfast.values.kind import ValueKind
from seedfast.values.semantic.declare import code_kind, pool_kind


def kinds() -> tuple[ValueKind, ...]:
    """Return the kinds that medicine and biology have."""
    return (
        code_kind("clinical.diagnosis_code", "codes in the form of ICD-10", "A99'.'9"),
        pool_kind("clinical.diagnosis", "diagnoses", "clinical/diagnosis", flat=True),
        pool_kind("clinical.drug_name", "drugs", "clinical/drug", flat=True),
        code_kind("clinical.drug_code", "codes in the form of an NDC", "99999'-'9999'-'99"),
        pool_kind("clinical.unit", "units of measurement", "clinical/unit"),
        pool_kind("clinical.route", "ways to give a drug", "clinical/route"),
        pool_kind("clinical.form", "forms of a drug", "clinical/form"),
        pool_kind("clinical.strength", "strengths of a drug", "clinical/strength"),
        pool_kind("clinical.procedure", "procedures", "clinical/procedure", flat=True),
        code_kind("clinical.procedure_code", "codes of procedures", "99999"),
        pool_kind("clinical.test", "laboratory tests", "clinical/test", flat=True),
        code_kind("clinical.test_code", "codes in the form of LOINC", "19999'-'9"),
        pool_kind("clinical.specimen", "specimens", "clinical/specimen"),
        pool_kind("clinical.ward", "wards", "clinical/ward", flat=True),
        pool_kind("clinical.service", "services of a hospital", "clinical/service", flat=True),
        pool_kind("clinical.admission", "kinds of admission", "clinical/admission"),
        pool_kind("clinical.admission_place", "where patients come from or go", "clinical/admission.place"),
        pool_kind("clinical.specialty", "specialties", "clinical/specialty", flat=True),
        pool_kind("clinical.flag", "flags of a result", "clinical/flag"),
        pool_kind("clinical.interpretation", "interpretations of a test", "clinical/interpretation"),
        pool_kind("clinical.organism", "organisms", "clinical/organism", flat=True),
        pool_kind("clinical.antibiotic", "antibiotics", "clinical/antibiotic", flat=True),
        pool_kind("clinical.species", "species", "clinical/species", flat=True),
        pool_kind("clinical.genus", "genera", "clinical/genus", flat=True),
        pool_kind("clinical.vocabulary", "vocabularies of codes", "clinical/vocabulary"),
        pool_kind("clinical.insurance", "insurances", "people/insurance"),
        code_kind("clinical.gene", "names in the form of a gene's", "AAA9"),
    )
