import json as standard
from pathlib import Path

from seedfast.diagnostics import Finding, Severity
from seedfast.names import QualifiedName
from seedfast.report import json
from seedfast.report.view import TableLine

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "json-output.md"

RUN = """\
{
 "version": 1,
 "command": "seed",
 "seed": 7,
 "now": "2026-01-02T00:00:00",
 "fingerprint": "ab12",
 "tables": [
  {
   "schema": "public",
   "table": "Größe",
   "existing": 1,
   "planned": 2,
   "inserted": 2,
   "status": "fill",
   "reason": ""
  }
 ],
 "findings": [
  {
   "code": "SF-ROWS-DIFFER",
   "severity": "warning",
   "where": "public.a",
   "message": "m",
   "hint": "h"
  }
 ],
 "seconds": 1.235,
 "dry_run": false,
 "committed": true
}"""


def test_the_form_of_a_run_is_the_one_that_scripts_rely_on():
    finding = Finding("SF-ROWS-DIFFER", Severity.WARNING, "public.a", "m", "h")
    document = json.run(
        command="seed",
        seed=7,
        now="2026-01-02T00:00:00",
        fingerprint="ab12",
        tables=[TableLine(QualifiedName("public", "Größe"), 1, 2, 2, "fill", "")],
        findings=[finding, finding],
        seconds=1.23456,
        dry_run=False,
        committed=True,
    )
    assert json.dumps(document) == RUN


def test_every_field_is_documented():
    written = DOCUMENT.read_text("utf-8")
    document = standard.loads(RUN)
    fields = {*document, *document["tables"][0], *document["findings"][0], "promise", "breaches", "validated", "kept"}
    assert [field for field in sorted(fields) if f"`{field}`" not in written] == []


def test_the_documented_error_is_the_one_that_is_made():
    written = DOCUMENT.read_text("utf-8").partition("```json\n")[2].partition("```")[0]
    made = json.failure(
        code="SF-TABLE-UNKNOWN",
        message="There is no table named 'user' in shop.",
        hint="Did you mean public.users?",
        exit_status=2,
    )
    assert json.dumps(made) + "\n" == written
