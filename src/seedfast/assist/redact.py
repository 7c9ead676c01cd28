"""What looks like a secret or a number of a person is taken out of every text that leaves the process."""

from __future__ import annotations

import re

_SIGNS: tuple[tuple[str, str], ...] = (
    ("secret", r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"),
    ("secret", r"\b[a-z][a-z0-9+.-]*://[^\s/@:]*:[^\s/@]+@[^\s'\"]+"),
    ("secret", r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"),
    ("secret", r"\b(?:sk|pk|rk|ghp|gho|ghs|glpat|xox[abprs]|AKIA|ASIA|AIza)[-_]?[A-Za-z0-9_-]{12,}"),
    ("secret", r"(?i)(?:password|passwd|pwd|secret|token|api[ _-]?key)\s*(?:\bis\b|[:=])\s*['\"]?[^\s'\",;)]{4,}"),
    ("secret", r"(?i)\b(?:bearer|basic)\s+[a-z0-9+/._-]{12,}"),
    ("uuid", r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"),
    ("email", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("iban", r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"),
    ("secret", r"\b(?=[A-Za-z0-9+/]*\d)(?=[A-Za-z0-9+/]*[A-Za-z])[A-Za-z0-9+/]{28,}={0,2}"),
    # Cards, social security and telephone numbers: nine digits and more, however they are grouped.
    ("number", r"(?<![\w.])\+?\(?\d(?:[ ().-]{0,2}\d){8,}(?!\w)"),
)
_PATTERNS = tuple((what, re.compile(pattern, re.DOTALL)) for what, pattern in _SIGNS)


def redacted(text: str) -> str:
    """Return a text with what looks like an identifier replaced by what it looks like: ``[email]``."""
    for what, pattern in _PATTERNS:
        text = pattern.sub(f"[{what}]", text)
    return text
