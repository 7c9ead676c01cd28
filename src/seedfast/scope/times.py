"""Times as people say them, as a start and an end; ``now`` is given, no clock is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from seedfast.scope.language import language

_UNITS = {"hour": 1, "day": 24, "week": 7 * 24}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DECEMBER = 12
_THURSDAY = 3

YEARS = range(2015, 2036)
"""Numbers that are likely to be years."""


@dataclass(frozen=True, slots=True)
class Span:
    """Moments from ``start`` to just before ``end``; ``assumed`` says what was, where the words leave it open."""

    start: datetime
    end: datetime
    assumed: str = ""


def span(words: Sequence[str], now: datetime) -> tuple[int, Span] | None:
    """Return how many of the first words, in lower case, say a time, and which; None where they don't."""
    text = " ".join(_figures(word) for word in words)
    moment = now.astimezone(UTC)
    for pattern, read in _patterns():
        match = pattern.match(text)
        if match is not None:
            found = read(match, moment)
            if found is not None:
                return len(match[0].split(" ")), found
    return None


def pieces(whole: Span, unit: str) -> Iterator[tuple[datetime, datetime]]:
    """Yield the days, weeks or months that a time is made of, in order; what is left at its end isn't among them."""
    start = whole.start
    while True:
        end = _later(start, _MONTHS[unit]) if unit in _MONTHS else start + timedelta(hours=_UNITS[unit])
        if end > whole.end:
            return
        yield start, end
        start = end


def rolling(times: int, unit: str, now: datetime) -> Span:
    """Return the last so many days, weeks or months."""
    moment = now.astimezone(UTC)
    return Span(_before(unit, moment, times), moment)


def written(moment: datetime) -> str:
    """Return a moment as scopes write it: ISO 8601 in UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _figures(word: str) -> str:
    number = language().numbers.get(word)
    return word if number is None else str(number)


def _day(year: int, month: int, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def _later(moment: datetime, months: int) -> datetime:
    """Return the moment so many months later, or earlier, on the last day of the month where there is no such day."""
    years, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=years, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError(moment)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _calendar(unit: str, now: datetime) -> datetime:
    """Return when the current day, week, month, quarter or year began."""
    today = _midnight(now)
    if unit == "week":
        return today - timedelta(days=today.weekday())
    if unit == "month":
        return today.replace(day=1)
    if unit == "quarter":
        return _day(today.year, (today.month - 1) // 3 * 3 + 1)
    return _day(today.year, 1) if unit == "year" else today


def _before(unit: str, start: datetime, times: int) -> datetime:
    if unit in _MONTHS:
        return _later(start, -_MONTHS[unit] * times)
    return start - timedelta(hours=_UNITS[unit] * times)


def _rolling(match: re.Match[str], now: datetime) -> Span:
    times = int(match["times"] or 1)
    return Span(_before(match["unit"], now, times), now)


def _previous(match: re.Match[str], now: datetime) -> Span:
    end = _calendar(match["unit"], now)
    return Span(_before(match["unit"], end, 1), end)


def _since_previous(match: re.Match[str], now: datetime) -> Span:
    return Span(_previous(match, now).start, now)


def _current(match: re.Match[str], now: datetime) -> Span:
    return Span(_calendar(match["unit"], now), now)


def _year(match: re.Match[str], now: datetime) -> Span:
    return Span(_day(int(match["year"]), 1), _day(int(match["year"]) + 1, 1))


def _years(match: re.Match[str], now: datetime) -> Span | None:
    low, high = int(match["low"]), int(match["high"])
    return Span(_day(low, 1), _day(high + 1, 1)) if low <= high else None


def _part(match: re.Match[str], now: datetime) -> Span:
    """Return a quarter, half or month of a year: where no year is said, the last one that is over."""
    named = match.groupdict()
    if named.get("quarter"):
        first, months = int(named["quarter"]) * 3 - 2, 3
    elif named.get("half"):
        first, months = (1 if named["half"] in ("1", "first") else 7), 6
    else:
        first, months = _month(named["month"]), 1
    if named.get("year"):
        start = _day(int(named["year"]), first)
        return Span(start, _later(start, months))
    start = _day(now.year, first)
    while _later(start, months) > now:
        start = _later(start, -12)
    return Span(start, _later(start, months), f"{match[0]} is that of {start.year}, the last one that is over")


def _month(name: str) -> int:
    return next(number for number, month in enumerate(language().months, 1) if month.startswith(name[:3]))


def _months(match: re.Match[str], now: datetime) -> Span | None:
    low, high = _month(match["low"]), _month(match["high"])
    first = match["first"] or match["year"]
    year = int(match["year"]) if match["year"] else now.year
    if not match["year"]:
        while _later(_day(year, high), 1) > now:
            year -= 1
    start, end = _day(int(first or year), low), _later(_day(year, high), 1)
    assumed = "" if match["year"] else f"{match[0]} is that of {year}, the last one that is over"
    return Span(start, end, assumed) if start < end else None


def _since(match: re.Match[str], now: datetime) -> Span | None:
    named = match.groupdict()
    if named.get("date"):
        start = datetime.fromisoformat(named["date"]).replace(tzinfo=UTC)
    elif named.get("month"):
        start = _day(int(named["year"] or now.year), _month(named["month"]))
        if start > now and not named["year"]:
            start = _later(start, -12)
    else:
        start = _day(int(named["year"]), 1)
    return Span(start, now) if start < now else None


def _dates(match: re.Match[str], now: datetime) -> Span | None:
    try:
        low = datetime.fromisoformat(match["low"]).replace(tzinfo=UTC)
        high = datetime.fromisoformat(match.groupdict().get("high") or match["low"]).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Span(low, high + timedelta(days=1)) if low <= high else None


def _yesterday(match: re.Match[str], now: datetime) -> Span:
    today = _midnight(now)
    return Span(today, now) if match[0].endswith("today") else Span(today - timedelta(days=1), today)


def _black_friday(match: re.Match[str], now: datetime) -> Span:
    """Return the week of the day after November's fourth Thursday, that day, or the Monday after it."""

    def of(year: int) -> tuple[datetime, datetime]:
        first = date(year, 11, 1)
        friday = _day(year, 11, 1 + (_THURSDAY - first.weekday()) % 7 + 22)
        monday = friday - timedelta(days=friday.weekday())
        if "cyber" in match[0]:
            return monday + timedelta(days=7), monday + timedelta(days=8)
        if "week" in match[0]:
            return monday, monday + timedelta(days=7)
        return friday, friday + timedelta(days=1)

    if match["year"]:
        return Span(*of(int(match["year"])))
    year = now.year if of(now.year)[1] <= now else now.year - 1
    return Span(*of(year), f"{match[0]} is that of {year}, the last one that is over")


_PATTERNS: tuple[tuple[str, Callable[[re.Match[str], datetime], Span | None]], ...] = (
    (r"(?:IN )?(?:the )?(?:last|past|previous|most recent) (?P<times>\d+) (?P<unit>UNIT)s?", _rolling),
    (r"(?:IN )?(?:the past|past|the last) (?P<times>)(?P<unit>hour|day|week|month|year)", _rolling),
    (r"(?P<times>\d+) (?P<unit>hour|day|week|month|year)s?(?: worth)? of", _rolling),
    (r"(?:a|an) (?P<times>)(?P<unit>hour|day|week|month|year)(?: worth)? of", _rolling),
    (r"(?:IN )?(?:the )?(?:last|previous) (?P<unit>day|week|month|quarter|year)", _previous),
    (r"(?:IN )?(?:this|the current) (?P<unit>week|month|quarter|year)(?: so far)?", _current),
    (r"(?:IN )?FROM(?P<low>DATE) TO (?P<high>DATE)", _dates),
    (r"since (?:the )?(?:last|previous) (?P<unit>UNIT)", _since_previous),
    (r"(?:since|after|starting|starting from) (?P<date>DATE)", _since),
    (r"(?:IN )?(?P<low>DATE)", _dates),
    (r"(?:IN )?FROM(?P<low>MONTH)(?: (?P<first>YEAR))? TO (?P<high>MONTH)(?: (?:of )?(?P<year>YEAR))?", _months),
    (r"(?:IN )?FROM(?P<low>YEAR) TO (?P<high>YEAR)", _years),
    (r"(?:since|starting|starting in) (?P<month>MONTH)(?: (?P<year>YEAR))?(?: on| onwards)?", _since),
    (r"(?:since|starting|starting in) (?P<year>YEAR)", _since),
    (r"(?:IN )?(?:the )?q(?P<quarter>[1-4])(?: (?:of )?(?P<year>YEAR))?", _part),
    (r"(?:IN )?(?:the )?(?P<quarter>[1-4])(?:st|nd|rd|th) quarter(?: of)?(?: (?P<year>YEAR))?", _part),
    (r"(?:IN )?(?:the )?h(?P<half>[12])(?: (?:of )?(?P<year>YEAR))?", _part),
    (r"(?:IN )?(?:the )?(?P<half>first|second) half of (?P<year>YEAR)", _part),
    (
        r"(?:IN )?(?:the )?(?:black friday|cyber monday)(?: week| weekend)?(?: (?:of |in )?(?P<year>YEAR))?",
        _black_friday,
    ),
    (r"(?:IN )(?:the month of )?(?P<month>MONTH)(?: (?:of )?(?P<year>YEAR))?", _part),
    (r"(?P<month>MONTH) (?:of )?(?P<year>YEAR)", _part),
    (r"(?:in|during|from|throughout|for|in the year|the year) (?P<year>YEAR)", _year),
    (r"(?:IN )?(?:yesterday|today)", _yesterday),
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime], Span | None]], ...]:
    names = "|".join(sorted({form for month in language().months for form in (month, month[:3])}, key=len)[::-1])
    written = {
        "DATE": r"\d{4}-\d{2}-\d{2}",
        "MONTH": f"(?:{names})",
        "YEAR": r"(?:19|20)\d{2}",
        "FROM": "(?:from |between )?",
        "UNIT": "(?:hour|day|week|month|quarter|year)",
        "TO": "(?:to|and|through|until|till|-|–)",
        "IN ": "(?:in|during|over|from|for|within|of|on|at) ",
    }
    found = []
    for pattern, read in _PATTERNS:
        for name, meant in written.items():
            pattern = pattern.replace(name, meant)
        found.append((re.compile(pattern + r"(?= |$)"), read))
    return tuple(found)
