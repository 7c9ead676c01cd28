"""What the function of a trigger may do to the rows that fire it, by the words of its source."""

from __future__ import annotations

import re

from seedfast.model.table import Trigger

_QUIET = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
_CALL = re.compile(r'(?:"?([\w$]+)"?\s*\.\s*)?"?([\w$]+)"?\s*\(')
_ACTS = re.compile(
    r"\b(?:raise|assert|insert|update|delete|merge|select|perform|execute|call|query|for|foreach|loop|with|strict)\b"
    r"|\breturn\s+null\b",
    re.IGNORECASE,
)

_PLAIN = frozenset({
    "and", "array_to_string", "btrim", "case", "cast", "char", "char_length", "clock_timestamp", "coalesce",
    "concat", "concat_ws", "current_setting", "date_trunc", "decode", "elsif", "encode", "exists", "extract",
    "floor", "format", "gen_random_uuid", "greatest", "if", "in", "initcap", "json_build_object",
    "jsonb_build_object", "least", "left", "length", "lower", "lpad", "ltrim", "md5", "not", "now", "nullif",
    "numeric", "or", "overlay", "random", "regexp_replace", "replace", "return", "reverse", "right", "round",
    "row_to_json", "rpad", "rtrim", "setweight", "split_part", "statement_timestamp", "string_to_array", "strip",
    "strpos", "substr", "substring", "timezone", "to_char", "to_json", "to_jsonb", "to_tsvector",
    "transaction_timestamp", "translate", "trim", "trunc", "unaccent", "upper", "uuid_generate_v4", "varchar",
    "when",
})  # fmt: skip
"""What may stand before a bracket in a body that only works values out."""


def may_refuse(trigger: Trigger) -> bool:
    """Tell whether a trigger might refuse a row, leave it out or touch other rows: False only where it surely doesn't.

    A function that but sets columns of the row in hand, as one that keeps ``updated_at``, does none of that.
    """
    source = _QUIET.sub(" ", trigger.source)
    if trigger.function.schema == "pg_catalog":
        return not trigger.function.name.startswith("tsvector_update_trigger")
    if not re.search(r"\bbegin\b", source, re.IGNORECASE) or _ACTS.search(source):
        return True
    return any(schema or name.lower() not in _PLAIN for schema, name in _CALL.findall(source))
