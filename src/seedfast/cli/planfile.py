"""Plans in files, as ``seedfast plan --output json`` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from seedfast import codec
from seedfast.cli.options import moment
from seedfast.errors import UsageError
from seedfast.plan.spec import VERSION, GenerationPlan

_HINT = "Write the file anew with `seedfast plan --output json`."


def read(path: Path) -> GenerationPlan:
    """Return the plan in a file; a file that can't be read, or holds no plan, is a ``UsageError``."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UsageError("SF-PLAN-FILE", f"The plan file {path} can't be read: {reason}.", _HINT) from None
    except UnicodeDecodeError:
        raise _malformed(path, "it is not UTF-8 text") from None
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise _malformed(path, f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (RecursionError, ValueError):
        raise _malformed(path, "it is no JSON that can be read") from None
    if isinstance(data, dict) and data.get("version", VERSION) != VERSION:
        raise _malformed(path, f"its version is {data['version']!r}, and this seedfast reads version {VERSION}")
    if isinstance(data, dict) and data.get("redacted"):
        raise UsageError(
            "SF-PLAN-REDACTED",
            f"The plan file {path} was written with --redact: the values that it needs are masked.",
            "Write it without --redact to run it.",
        )
    plan = codec.decode(GenerationPlan, data)
    try:
        moment(plan.now)
    except (ValueError, OverflowError):
        raise _malformed(path, f"its now is no timestamp: {plan.now!r}") from None
    return plan


def write(plan: GenerationPlan) -> str:
    """Return the text of a plan's file."""
    return codec.dumps(plan, indent=1)


def _malformed(path: Path, why: str) -> UsageError:
    return UsageError("SF-PLAN-MALFORMED", f"The plan file {path} is malformed: {why}.", _HINT)
