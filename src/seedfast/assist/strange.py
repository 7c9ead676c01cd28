"""What a stranger's text may not hold: what could be a secret, or reach a real person, machine or place."""

from __future__ import annotations

import ipaddress
import re

from seedfast.assist.redact import redacted

_RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$", re.IGNORECASE)
"""RFC 2606 and RFC 6761: domains that nobody can have."""

_EMAIL = re.compile(r"[\w.+%'-]+@((?:[\w-]+\.)+[\w-]+)")
_URL = re.compile(r"\b[a-z][a-z0-9+.-]*://(?:[^/\s@?#]*@)?([^/\s:?#<>\"')]+)[^\s<>\"')]*", re.IGNORECASE)
_HOST = re.compile(
    r"(?<![\w@.-])((?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|app|info|biz|co|de|fr|it|es|uk|jp|br|eu|us|cloud|ai))(?![\w-])",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])")
_NETWORKS = tuple(map(ipaddress.ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")))
_FICTION = re.compile(r"\+?1[-. ]\d{3}[-. ]555[-. ]01\d\d")
_PHONE = re.compile(r"(?<![\w.])\+\d[\d ().-]{6,}\d|(?<![\w.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])")
_STREETS = (
    r"\b\d{1,5}[a-z]?(?: [A-Z][\w'.-]*){1,3} (?:Street|Avenue|Road|Lane|Boulevard|Terrace|(?:St|Ave|Rd|Blvd)\.?)(?!\w)",
    r"\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|gasse|allee) \d{1,4}\b",
    r"\b(?:Calle|Rue|Via|Avenida|Rua|Paseo)(?: [\w'.-]+){1,4},? \d{1,4}\b",
    r"\b\d{1,4},? (?:bis |ter )?rue [a-zé]+ ",
)
_STREET = re.compile("|".join(_STREETS))


def reaches(text: str) -> bool:
    """Tell whether a text looks like a secret, or like an address or a number that could be somebody's."""
    for found in (_EMAIL, _URL, _HOST):
        if any(not _RESERVED.search(host) for host in found.findall(text)):
            return True
    if any(not _of_nobody(address) for address in _IPV4.findall(text)):
        return True
    rest = _FICTION.sub(" ", _URL.sub(" ", _EMAIL.sub(" ", text)))
    return bool(_STREET.search(rest) or _PHONE.search(rest)) or redacted(rest) != rest


def _of_nobody(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return True
    return any(found in network for network in _NETWORKS)
