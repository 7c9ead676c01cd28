"""The reading of one sentence: each rule of the grammar that applies becomes wishes, what is left is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from seedfast.scope.atoms import Atom
from seedfast.scope.draft import Draft, even
from seedfast.scope.grammar import HARMLESS, PAUSES, TURNING, Kinds, Match, rules
from seedfast.scope.ground import Candidate, Value, Vocabulary
from seedfast.scope.language import language
from seedfast.scope.spec import WHOLE, Count, Period, ScopeSpec
from seedfast.scope.times import Span, written
from seedfast.scope.tokens import keys

_CLOSE, _LOOSE = 10, 30
"""From where on a table's rank says that a name is another one's synonym, or only a part of it."""

OTHERWISE = 6
"""From where on a value's rank says that it goes by another word."""

_ALONE = frozenset({"said_alone", "countries", "topics"})
"""Rules that don't apply beside words that weren't understood: too little says what is meant."""

_LISTED = frozenset({"named", "area", "value", "unknown"})
_FOR_EACH = frozenset({"per_parent", "each_has", "counted_each", "fewer_each", "each_asked"})


class Reader:
    """Reads the atoms of one sentence: ``draft`` is what is wanted, ``notes`` what was assumed, ``left`` the rest."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        atoms: Sequence[Atom],
        base: ScopeSpec | None,
        planned: Mapping[str, int],
        now: datetime,
    ) -> None:
        self.vocabulary, self.atoms, self.now = vocabulary, atoms, now
        self.base = base
        self.planned = planned
        self.draft = Draft()
        self.notes: list[str] = []
        self.left: list[list[str]] = []
        self.subject: str | None = None
        self.recent: list[str] = []
        self.last: tuple[str, str] | None = None
        self.goes_on = False
        self.why = ""
        self._last_rule = ""
        self._before = {(one.table, one.column) for one in base.shares} if base is not None else set()
        self.counted: dict[str, tuple[Count, tuple[tuple[str, str], ...]]] = {}
        self.mentioned = {
            atom.meant["named"][0].table for atom in atoms if atom.is_("named") and atom.meant["named"][0].rank < _LOOSE
        }

    def read(self, wishes: Rules) -> None:
        """Read the whole sentence; ``wishes`` are what the grammar's rules come to, by name."""
        kinds = Kinds(self.atoms)
        at, beside = 0, False
        before, end = "", 0
        while at < len(self.atoms):
            for name, pattern in rules():
                if beside and name in _ALONE:
                    continue
                match = kinds.match(pattern, at)
                self.goes_on = at == end and before in _FOR_EACH
                if match is None:
                    continue
                noted, left, draft = len(self.notes), len(self.left), self.draft.copy()
                if wishes[name](self, match) is False:
                    # What was found out on the way to nowhere isn't so.
                    del self.notes[noted:], self.left[left:]
                    self.draft = draft
                else:
                    self._last_rule = before = name
                    end = at + match.size
                    self._note_slips(self.atoms[at : at + match.size])
                    at, beside = at + match.size, False
                    break
            else:
                at, beside = self._pass(at, beside)

    def _pass(self, at: int, beside: bool) -> tuple[int, bool]:
        """Leave an atom that no rule could use; words that turn a wish around take it along."""
        atom = self.atoms[at]
        if HARMLESS & set(atom.meant) or atom.meant.get("vague") == "some":
            return at + 1, beside and not PAUSES & set(atom.meant)
        self.leave(atom, beside)
        at += 1
        if TURNING & set(atom.meant):
            while at < len(self.atoms) and not self._begins(at):
                if not HARMLESS & set(self.atoms[at].meant):
                    self.leave(self.atoms[at], beside=True)
                at += 1
        return at, True

    def follows(self, *names: str) -> bool:
        """Tell whether the last rule that applied is one of these."""
        return self._last_rule in names

    def _begins(self, at: int) -> bool:
        """Tell whether a new wish may begin: at a pause that no further tables or values of a list follow."""
        if not PAUSES & set(self.atoms[at].meant):
            return False
        follows = self.atoms[at + 1].meant if at + 1 < len(self.atoms) else {}
        return self.atoms[at].is_("stop") or not _LISTED & set(follows)

    def leave(self, atom: Atom, beside: bool = False) -> None:
        """Name an atom as not understood, in one with the last one where they stand beside each other."""
        if beside and self.left:
            self.left[-1].append(atom.said)
        else:
            self.left.append([atom.said])

    def note(self, text: str) -> None:
        """Tell what was assumed, once."""
        if text and text not in self.notes:
            self.notes.append(text)

    def _note_slips(self, atoms: Sequence[Atom]) -> None:
        for atom in atoms:
            if atom.typo:
                self.note(f"{atom.said!r} is read as {atom.typo!r}")

    def table(self, atom: Atom | None, *, under: str | None = None) -> str | None:
        """Return the table that words mean; ``under`` is one that it had better point at."""
        if atom is None or not atom.is_("named"):
            return None
        candidates: Sequence[Candidate] = atom.meant["named"]
        if under is None and candidates[0].rank >= _CLOSE:
            under = self.subject
        near = [one for one in candidates if under is not None and self.vocabulary.points_at(one.table, under)]
        if candidates[0].rank < _CLOSE <= min((one.rank for one in near), default=_CLOSE):
            # A table of that very name is meant, whatever it points at.
            near = []
        if not near and candidates[0].rank >= _LOOSE:
            around = {*self.mentioned, *([self.subject] if self.subject else [])} - {c.table for c in candidates}
            near = [one for one in candidates if any(self.vocabulary.points_at(one.table, other) for other in around)]
        best, *others = near or candidates
        if best.rank >= _CLOSE:
            other = f", not {others[0].table}" if others and others[0].rank - best.rank < _CLOSE else ""
            self.note(f"{atom.said!r} is read as {best.table}{other}")
        elif others and others[0].rank == best.rank:
            self.note(f"{atom.said!r} is read as {best.table}, not {others[0].table}")
        return best.table

    def tables(self, atoms: Sequence[Atom], *, may_be_absent: bool = False, fields: bool = True) -> list[str] | None:
        """Return the tables of a list of tables, fields and schemas; what names none is left. None where none does."""
        found: list[str] = []
        unknown: list[Atom] = []
        absent: list[Atom] = []
        plural = any(atom.is_("tables") for atom in atoms)
        whole = False
        for atom in atoms:
            if atom.is_("concerning"):
                whole = True
            elif not fields and not atom.is_("named") and atom.is_("area") and not self._is_schema(atom):
                unknown.append(atom)
            elif atom.is_("named") or atom.is_("area"):
                found += self._area(atom, wide=plural, whole=whole)
            elif atom.is_("absent"):
                absent.append(atom)
            elif atom.is_("unknown"):
                unknown.append(atom)
        if not found and not (absent and may_be_absent):
            return None
        for atom in absent:
            if may_be_absent:
                self.note(f"there are no tables of {atom.said} here")
            else:
                self.leave(atom)
        for number, atom in enumerate(unknown):
            self.leave(atom, beside=bool(number))
        return list(dict.fromkeys(found))

    def _is_schema(self, atom: Atom) -> bool:
        return bool(self.vocabulary.schema(atom.meant["area"]))

    def _area(self, atom: Atom, *, wide: bool, whole: bool) -> list[str]:
        said = keys(atom.said) if not atom.typo else keys(atom.typo)
        exact = [
            one.table
            for one in atom.meant.get("named", ())
            if atom.said.lower() in _written(self.vocabulary, one.table)
        ]
        named = bool(exact) or (atom.is_("named") and atom.meant["named"][0].rank < _CLOSE)
        if atom.is_("area") and not named:
            return list(self.vocabulary.area(said))
        if whole or (wide and not exact):
            return list(self.vocabulary.area(said)) or list(filter(None, [self.table(atom)]))
        return list(filter(None, [exact[0] if len(exact) == 1 else self.table(atom)]))

    def values(self, atoms: Sequence[Atom], table: str | None) -> tuple[str, str, list[Value]] | None:
        """Return the column that all of the words are values of, and these values; None where there is none."""
        said = [atom for atom in atoms if atom.is_("value")]
        places: dict[tuple[str, str], list[Value]] = {}
        for atom in said:
            for value in atom.meant["value"]:
                if table is None or value.table == table:
                    places.setdefault((value.table, value.column), []).append(value)
        fitting = {place: values for place, values in places.items() if len(values) == len(said)}
        if not fitting:
            return None

        def rank(place: tuple[str, str]) -> tuple[int, int, int, str]:
            name = place[0]
            closeness = 0 if name == self.subject else 1 if name in self.mentioned or name in self.recent else 2
            closeness += closeness == 2 and place not in self._before
            # What other tables point at is dearer than what keeps its history.
            weight = sum(value.rank for value in fitting[place]), -self.vocabulary.children(name)
            return closeness, *weight, f"{place[0]}.{place[1]}"

        best, *others = sorted(fitting, key=rank)
        if table is None and others and rank(best)[0] == rank(others[0])[0] and best[0] != others[0][0]:
            words = " ".join(one.said for one in said)
            self.note(f"{words!r} is read as {best[0]}.{best[1]}, not {others[0][0]}.{others[0][1]}")
        for atom, value in zip(said, fitting[best], strict=True):
            if value.rank >= OTHERWISE and value.value is not None:
                self.note(f"{atom.said!r} is read as {best[1]} {value.value!r}")
        return best[0], best[1], fitting[best]

    def columns(self, atoms: Sequence[Atom], table: str | None) -> list[tuple[str, str]] | None:
        """Return the columns that words mean; None where one of them means none of the table's."""
        found: list[tuple[str, str]] = []
        for atom in (one for one in atoms if one.is_("column")):
            places = [place for place in atom.meant["column"] if table is None or place.table == table]
            if not places:
                return None
            near = [p for p in places if p.table == self.subject] or [p for p in places if p.table in self.mentioned]
            if not near and len({place.table for place in places}) > 1:
                self.note(f"{atom.said!r} is a column of several tables")
                return None
            near = near or places
            found.append((near[0].table, near[0].column))
        return found

    def share_out(self, table: str, column: str, values: Sequence[Value], share: int) -> None:
        """Give a share of a table's rows the values, in even parts."""
        parts = even(share, [str(number) for number in range(len(values))])
        listed: dict[str, int] = {}
        nulls: int | None = None
        for part, value in zip(parts.values(), values, strict=True):
            if value.value is None:
                nulls = part if value.unset else WHOLE - part
            else:
                listed[value.value] = listed.get(value.value, 0) + part
        self.draft.share(table, column, listed, nulls=nulls)
        self.last = (table, column)
        self.subject = table
        self.recent = [table]

    def traits_of(self, atoms: Sequence[Atom], table: str | None, share: int = WHOLE, *, dry: bool = False) -> bool:
        """Apply what words say of a table's rows; False, with nothing done, where one of them says nothing of it."""
        values: dict[tuple[str, str], list[Value]] = {}
        countries: dict[str, None] = {}
        nature = size = ""
        topics: list[str] = []
        loose: list[Atom] = []
        for atom in atoms:
            if HARMLESS & set(atom.meant) or atom.is_("table"):
                continue
            if atom.is_("unknown"):
                if not dry:
                    self.leave(atom)
                continue
            mine = [value for value in atom.meant.get("value", ()) if table is None or value.table == table]
            said = False
            if atom.is_("country"):
                countries |= dict.fromkeys(atom.meant["country"])
                said = True
            elif atom.is_("nature") or atom.is_("size"):
                nature = atom.meant.get("nature", nature or "company" if atom.is_("size") else nature)
                size = atom.meant.get("size", size)
                said = table is not None
            elif atom.is_("topic"):
                topics.append(atom.meant["topic"])
                said = True
            if mine and not countries and table is not None:
                values.setdefault((mine[0].table, mine[0].column), []).append(mine[0])
                said = True
            if not said:
                loose.append(atom)
        if loose:
            return False
        if dry:
            return True
        if countries:
            self.set_countries(even(share, list(countries)), table)
        if nature and table is not None:
            self._set_nature(table, nature, size)
        for (name, column), listed in values.items():
            self.share_out(name, column, listed, share)
        self.draft.topics |= dict.fromkeys(topics)
        return True

    def _set_nature(self, table: str, nature: str, size: str = "") -> None:
        self.draft.natures[table] = (nature, size) if size else (nature,)
        self.draft.about[table] = None
        # A column that tells one kind from the other says the same.
        kinds: dict[str, dict[str, str]] = {}
        for phrase, (kind, meant) in language().shapes.items():
            if kind == "nature":
                for value in self.vocabulary.find_values(tuple(word for one in phrase for word in keys(one))):
                    if value.table == table and value.value not in (None, "true", "false"):
                        kinds.setdefault(value.column, {}).setdefault(meant, str(value.value))
        for column, told in kinds.items():
            if nature in told and len(set(told.values())) > 1:
                self.draft.share(table, column, {told[nature]: WHOLE})
                return

    def set_countries(self, shares: Mapping[str, int], table: str | None = None) -> None:
        """Add countries with their shares, for all of the data, or where tables are said to be of different ones for
        each of these; of what comes to more than the whole the last counts.
        """
        draft = self.draft
        before = dict(draft.of_countries)
        if table is not None and before and table not in before and (draft.homes or _over(draft.countries, shares)):
            for other in before:
                draft.homes.setdefault(other, dict(draft.countries))
            draft.homes[table], draft.countries = dict(shares), {}
        else:
            if _over(draft.countries, shares):
                self.note("countries hold for all of the data; those said last count")
                draft.countries, draft.of_countries = {}, {}
            draft.countries |= shares
        if table is not None:
            draft.of_countries[table] = None

    def ask(self, table: str) -> None:
        """Note that a table was asked for."""
        self.draft.asked[table] = None

    def period_of(self, atom: Atom, tables: Sequence[str] = ()) -> Period:
        """Return a time as the period of some tables, or of all."""
        span: Span = atom.meant["period"]
        self.note(span.assumed)
        return Period(written(span.start), written(span.end), tuple(tables))

    def leave_all(self, atoms: Sequence[Atom]) -> None:
        """Name atoms as not understood, as one."""
        for number, atom in enumerate(atoms):
            self.leave(atom, beside=bool(number))


def _written(vocabulary: Vocabulary, table: str) -> tuple[str, str]:
    name = vocabulary.tables[table].name
    return name.name.lower(), str(name).lower()


Rules = Mapping[str, Callable[[Reader, Match], bool | None]]
"""What rules of the grammar come to: each says False where it can make no sense of what its pattern found."""


def _over(shares: Mapping[str, int], more: Mapping[str, int]) -> bool:
    """Tell whether shares and more of them come to more than the whole."""
    return sum(shares.values()) + sum(more.values()) > WHOLE
