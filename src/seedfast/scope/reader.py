"""The reading of one sentence: each rule of the grammar that applies becomes wishes, what is left is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from seedfast.scope.atoms import Atom, Quantity
from seedfast.scope.draft import Draft, even
from seedfast.scope.grammar import HARMLESS, PAUSES, TURNING, Kinds, Match, rules
from seedfast.scope.ground import Candidate, Value, Vocabulary
from seedfast.scope.language import language
from seedfast.scope.spec import WHOLE, Aggregate, Count, Outcome, Period, PerParent, ScopeSpec, Skew
from seedfast.scope.times import Span, written
from seedfast.scope.tokens import keys

_CLOSE, _LOOSE = 10, 30
_NEARLY = 6
_PARETO = (200, 800)
_ALONE = frozenset({"said_alone", "countries", "topics"})
_FOR_EACH = frozenset({"per_parent", "each_has", "counted_each", "fewer_each", "each_asked"})


class Reader:
    """Reads the atoms of one sentence: ``draft`` is what is wanted, ``notes`` what was assumed, ``left`` the rest."""

    def __init__(
        self, vocabulary: Vocabulary, atoms: Sequence[Atom], base: ScopeSpec | None, planned: Mapping[str, int]
    ) -> None:
        self.vocabulary = vocabulary
        self.base = base
        self.planned = planned
        self.draft = Draft()
        self.notes: list[str] = []
        self.left: list[list[str]] = []
        self._atoms = atoms
        self._subject: str | None = None
        self._recent: list[str] = []
        self._column: tuple[str, str] | None = None
        self._goes_on = False
        self._counted: dict[str, tuple[Count, tuple[tuple[str, str], ...]]] = {}
        self._mentioned = {
            atom.meant["named"][0].table for atom in atoms if atom.is_("named") and atom.meant["named"][0].rank < _LOOSE
        }

    def read(self) -> None:
        """Read the whole sentence."""
        kinds = Kinds(self._atoms)
        at, beside = 0, False
        before, end = "", 0
        while at < len(self._atoms):
            for name, pattern in rules():
                if beside and name in _ALONE:
                    continue
                match = kinds.match(pattern, at)
                self._goes_on = at == end and before in _FOR_EACH
                if match is not None and getattr(self, f"_{name}")(match) is not False:
                    before, end = name, at + match.size
                    self._note_slips(self._atoms[at : at + match.size])
                    at, beside = at + match.size, False
                    break
            else:
                at, beside = self._pass(at, beside)

    def _pass(self, at: int, beside: bool) -> tuple[int, bool]:
        """Leave an atom that no rule could use; words that turn a wish around take it along."""
        atom = self._atoms[at]
        follows = self._atoms[at + 1] if at + 1 < len(self._atoms) else None
        # "Hired" before a time says which of its moments is meant, and there is one.
        event = (
            follows is not None
            and follows.is_("period")
            and language().shapes.get((atom.said.lower(),), ("",))[0] == "filler"
        )
        if HARMLESS & set(atom.meant) or atom.meant.get("vague") == "some" or event:
            return at + 1, beside and not PAUSES & set(atom.meant)
        self._leave(atom, beside)
        at += 1
        if TURNING & set(atom.meant):
            while at < len(self._atoms) and not PAUSES & set(self._atoms[at].meant):
                if not HARMLESS & set(self._atoms[at].meant):
                    self._leave(self._atoms[at], beside=True)
                at += 1
        return at, True

    # What is left, and what was assumed.

    def _leave(self, atom: Atom, beside: bool = False) -> None:
        if beside and self.left:
            self.left[-1].append(atom.said)
        else:
            self.left.append([atom.said])

    def _note(self, text: str) -> None:
        if text and text not in self.notes:
            self.notes.append(text)

    def _note_slips(self, atoms: Sequence[Atom]) -> None:
        for atom in atoms:
            if atom.typo:
                self._note(f"{atom.said!r} is read as {atom.typo!r}")

    # Tables, values and columns.

    def _table(self, atom: Atom | None, *, under: str | None = None) -> str | None:
        """Return the table that words mean; ``under`` is one that it had better point at."""
        if atom is None or not atom.is_("named"):
            return None
        candidates: Sequence[Candidate] = atom.meant["named"]
        if under is None and candidates[0].rank >= _CLOSE:
            under = self._subject
        near = [one for one in candidates if under is not None and self.vocabulary.points_at(one.table, under)]
        if not near and candidates[0].rank >= _LOOSE:
            around = {*self._mentioned, *([self._subject] if self._subject else [])} - {c.table for c in candidates}
            near = [one for one in candidates if any(self.vocabulary.points_at(one.table, other) for other in around)]
        best, *others = near or candidates
        if best.rank >= _CLOSE:
            other = f", not {others[0].table}" if others and others[0].rank - best.rank < _CLOSE else ""
            self._note(f"{atom.said!r} is read as {best.table}{other}")
        elif others and others[0].rank == best.rank:
            self._note(f"{atom.said!r} is read as {best.table}, not {others[0].table}")
        return best.table

    def _tables(self, atoms: Sequence[Atom], *, may_be_absent: bool = False) -> list[str] | None:
        """Return the tables of a list of tables, fields and schemas; what names none is left. None where none does."""
        found: list[str] = []
        unknown: list[Atom] = []
        absent: list[Atom] = []
        plural = any(atom.is_("tables") for atom in atoms)
        whole = False
        for atom in atoms:
            if atom.is_("concerning"):
                whole = True
            elif atom.is_("named") or atom.is_("area"):
                found += self._area(atom, wide=plural or whole)
            elif atom.is_("absent"):
                absent.append(atom)
            elif atom.is_("unknown"):
                unknown.append(atom)
        if not found and not (absent and may_be_absent):
            return None
        for atom in absent:
            if may_be_absent:
                self._note(f"there are no tables of {atom.said} here")
            else:
                self._leave(atom)
        for number, atom in enumerate(unknown):
            self._leave(atom, beside=bool(number))
        return list(dict.fromkeys(found))

    def _area(self, atom: Atom, *, wide: bool) -> list[str]:
        said = keys(atom.said) if not atom.typo else keys(atom.typo)
        exact = [
            one.table
            for one in atom.meant.get("named", ())
            if atom.said.lower() in _written(self.vocabulary, one.table)
        ]
        if atom.is_("area") and not exact:
            return list(self.vocabulary.area(said))
        if wide and not exact:
            return list(self.vocabulary.area(said)) or list(filter(None, [self._table(atom)]))
        return list(filter(None, [exact[0] if len(exact) == 1 else self._table(atom)]))

    def _values(self, atoms: Sequence[Atom], table: str | None) -> tuple[str, str, list[Value]] | None:
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

        def rank(place: tuple[str, str]) -> tuple[int, int, str]:
            name = place[0]
            closeness = 0 if name == self._subject else 1 if name in self._mentioned or name in self._recent else 2
            return closeness, sum(value.rank for value in fitting[place]), f"{place[0]}.{place[1]}"

        best, *others = sorted(fitting, key=rank)
        if table is None and others and rank(best)[0] == rank(others[0])[0] and best[0] != others[0][0]:
            words = " ".join(one.said for one in said)
            self._note(f"{words!r} is read as {best[0]}.{best[1]}, not {others[0][0]}.{others[0][1]}")
        for atom, value in zip(said, fitting[best], strict=True):
            if value.rank >= _NEARLY and value.value is not None and value.value not in ("true", "false"):
                self._note(f"{atom.said!r} is read as {best[1]} {value.value!r}")
        return best[0], best[1], fitting[best]

    def _columns(self, atoms: Sequence[Atom], table: str | None) -> list[tuple[str, str]] | None:
        found: list[tuple[str, str]] = []
        for atom in (one for one in atoms if one.is_("column")):
            places = [place for place in atom.meant["column"] if table is None or place.table == table]
            if not places:
                return None
            near = (
                [p for p in places if p.table == self._subject]
                or [p for p in places if p.table in self._mentioned]
                or places
            )
            if table is None and near is places and len({place.table for place in places}) > 1:
                self._note(f"{atom.said!r} is read as {near[0].table}.{near[0].column}")
            found.append((near[0].table, near[0].column))
        return found

    # Wishes that several rules make.

    def _share_out(self, table: str, column: str, values: Sequence[Value], share: int) -> None:
        parts = even(share, [str(number) for number in range(len(values))])
        listed: dict[str, int] = {}
        nulls: int | None = None
        for part, value in zip(parts.values(), values, strict=True):
            if value.value is None:
                nulls = part if value.unset else WHOLE - part
            else:
                listed[value.value] = listed.get(value.value, 0) + part
        self.draft.share(table, column, listed, nulls=nulls)
        self._column = (table, column)
        self._subject = table
        self._recent = [table]

    def _traits_of(self, atoms: Sequence[Atom], table: str | None, share: int = WHOLE, *, dry: bool = False) -> bool:
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
                    self._leave(atom)
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
            self._set_countries(even(share, list(countries)))
        if nature and table is not None:
            self._set_nature(table, nature, size)
        for (name, column), listed in values.items():
            self._share_out(name, column, listed, share)
        self.draft.topics |= dict.fromkeys(topics)
        return True

    def _set_nature(self, table: str, nature: str, size: str = "") -> None:
        self.draft.natures[table] = (nature, size) if size else (nature,)
        self.draft.about[table] = None
        # A column that tells one kind from the other says the same.
        said = [phrase for phrase, (kind, value) in language().shapes.items() if kind == "nature" and value == nature]
        for phrase in said:
            for value in self.vocabulary.find_values(tuple(word for one in phrase for word in keys(one))):
                if value.table == table and value.value not in (None, "true", "false"):
                    self.draft.share(table, value.column, {str(value.value): WHOLE})
                    return

    def _set_countries(self, shares: Mapping[str, int]) -> None:
        if sum(self.draft.countries.values()) + sum(shares.values()) > WHOLE:
            self._note("countries hold for all of the data; those said last count")
            self.draft.countries = {}
        self.draft.countries |= shares

    def _ask(self, table: str) -> None:
        self.draft.asked[table] = None

    def _period_of(self, atom: Atom, tables: Sequence[str] = ()) -> Period:
        span: Span = atom.meant["period"]
        self._note(span.assumed)
        return Period(written(span.start), written(span.end), tuple(tables))

    # The rules: each says whether it could make sense of what its pattern found.

    def _same(self, _: Match) -> None:
        """All else stays as it is: so it does."""

    def _purpose(self, _: Match) -> None:
        said = next((atom.said for atom in self._atoms if atom.is_("purpose")), "")
        self._note(f"{said!r} says what the data is for; it changes nothing")

    def _stop(self, _: Match) -> None:
        self._recent = []

    def _figure(self, match: Match) -> bool:
        value = _figure(match)
        per = self._table(match.one("per")) if match.one("per") else None
        tables, columns = language().figures
        for words in tables:
            table = self.vocabulary.table_named(words)
            column = None if table is None else self.vocabulary.number(table, columns)
            if table is not None and column is not None:
                return self._sum(match, table, column, value, per)
        return False

    def _amount(self, match: Match) -> bool:
        table = self._table(match.one("t")) if match.one("t") is not None else self._subject
        column = None if table is None else self.vocabulary.number(table, language().figures[1])
        per = self._table(match.one("per")) if match.one("per") else None
        if table is None or column is None:
            return False
        return self._sum(match, table, column, _figure(match), per)

    def _amount_of(self, match: Match) -> bool:
        said = match.all("c")[0]
        if not {"total", "sum"} & set(said.said.lower().split()):
            return False
        per = self._table(match.one("per")) if match.one("per") else None
        for place in said.meant["column"]:
            if self.vocabulary.counts(place.table, place.column):
                return self._sum(match, place.table, place.column, _figure(match), per)
        return False

    def _sum(self, match: Match, table: str, column: str, value: Decimal | None, per: str | None) -> bool:
        if value is None or (per is not None and not self.vocabulary.points_at(table, per)):
            return False
        period = match.one("p")
        self.draft.outcomes.append(
            Outcome(
                table,
                Aggregate.SUM,
                _plain(value),
                column,
                per=per,
                period=None if period is None else self._period_of(period),
            )
        )
        self.draft.about[table] = None
        self._note(f"the sum is that of {table}.{column}, in its own currency and unit")
        currency = match.one("cur")
        if currency is not None:
            self._leave(currency)
        return True

    def _skew(self, match: Match) -> bool:
        one = self._table(match.one("t1"))
        other = self._table(match.one("t2"), under=one)
        if one is None or other is None:
            return False
        shares = [_permille(atom) for atom in (match.one("a"), match.one("b")) if atom is not None] or list(_PARETO)
        if self.vocabulary.points_at(other, one):
            parent, child, heaviest, hold = one, other, shares[0], shares[1]
        elif self.vocabulary.points_at(one, other):
            parent, child, heaviest, hold = other, one, shares[1], shares[0]
        else:
            return False
        if match.one("a") is None or match.one("a").is_("count"):  # type: ignore[union-attr]
            heaviest, hold = min(shares), max(shares)
        if match.one("a") is None:
            self._note("skewed rows: 20 % of the parents have 80 % of them")
        self.draft.skews[child, parent] = Skew(child, parent, heaviest, hold)
        self.draft.about |= dict.fromkeys((parent, child))
        return True

    def _every(self, match: Match) -> bool:
        count = _count(match)
        if count is None:
            return False
        self.draft.every = count
        self.draft.whole = True
        return True

    def _total(self, match: Match) -> bool:
        count = _count(match)
        if count is None or count.low != count.high:
            return False
        self.draft.total = count.low
        self.draft.whole = True
        return True

    def _rows_in(self, match: Match) -> bool:
        return self._count(match)

    def _per_parent(self, match: Match) -> bool:
        parent = self._table(match.one("p"))
        if parent is None or not self._children(parent, match.all("items")):
            return False
        if self.draft.per_parent:
            self._ask(parent)
        return True

    def _none_has(self, match: Match) -> bool:
        """No parent has more than so many."""
        parent, quantity = self._table(match.one("p")), match.all("n")[0].meant["count"]
        child = None if parent is None else self._table(match.one("t"), under=parent)
        if parent is None or child is None or quantity.high is not None or not self.vocabulary.points_at(child, parent):
            return False
        self.draft.per_parent[child, parent] = PerParent(child, parent, Count(0, int(quantity.low) - 1))
        self.draft.about |= dict.fromkeys((child, parent))
        return True

    def _that_is_all(self, _: Match) -> None:
        """The tables asked for so far, and not even what they consist of, are all that is wanted."""
        if self.draft.asked and not self.draft.limited:
            self.draft.only |= self.draft.asked
            self.draft.limited = True

    def _each_has(self, match: Match) -> bool:
        parent = self._table(match.one("p"))
        return parent is not None and self._children(parent, match.all("items"), asked=False)

    def _each_asked(self, match: Match) -> bool:
        parent, traits = self._table(match.one("p")), match.all("m") + match.all("m2")
        if parent is None or not self._traits_of(traits, parent, dry=True):
            return False
        if not self._children(parent, match.all("items")):
            return False
        recent, subject = self._recent, self._subject
        self._traits_of(traits, parent)
        self._recent, self._subject = recent, subject
        self._ask(parent)
        return True

    def _some_each(self, match: Match) -> bool:
        """Children for each parent, without a number: one at least."""
        parent = self._table(match.one("p"))
        child = None if parent is None else self._table(match.one("t"), under=parent)
        if parent is None or child is None or not self.vocabulary.points_at(child, parent):
            return False
        self.draft.per_parent[child, parent] = PerParent(child, parent, Count(1, None))
        self._note(f"each of {parent} has one of {child} at least")
        self.draft.asked |= dict.fromkeys((child, parent))
        self._subject, self._recent = child, [child]
        return True

    def _counted_each(self, match: Match) -> bool:
        parent, count = self._table(match.one("p")), _count(match)
        traits = match.all("m") + match.all("m2")
        if parent is None or count is None or not self._traits_of(traits, parent, dry=True):
            return False
        if not self._children(parent, match.all("items")):
            return False
        recent, subject = self._recent, self._subject
        self._traits_of(traits, parent)
        self._recent, self._subject = recent, subject
        self.draft.rows[parent] = count
        self._ask(parent)
        return True

    def _fewer_each(self, match: Match) -> bool:
        """With fewer children than parents the number is that of each one's: "100 users with at least one order"."""
        counts = [atom.meant["count"] for atom in match.all("items") if atom.is_("count")]
        most = max((one.high or one.low for one in counts), default=Decimal(0))
        if not counts or most >= match.all("n")[0].meant["count"].low or not self._counted_each(match):
            return False
        self._note(f"{' '.join(atom.said for atom in match.all('items'))!r} is what each one has")
        return True

    def _children(self, parent: str, atoms: Sequence[Atom], *, asked: bool = True) -> bool:
        """Note how many rows of each of a list of tables a parent's row has."""
        items: list[tuple[Quantity, list[Atom], Atom]] = []
        quantity: Quantity | None = None
        traits: list[Atom] = []
        for atom in atoms:
            if atom.is_("count") and quantity is None:
                quantity, traits = atom.meant["count"], []
            elif quantity is not None and atom.is_("value") and not atom.is_("named") and _closes(atom, atoms):
                items.append((quantity, [atom], atom))
                quantity, traits = None, []
            elif atom.is_("single") and quantity is None:
                items.append((Quantity(Decimal(1), Decimal(1)), traits, atom))
                traits = []
            elif atom.is_("named") and quantity is not None and not _trait_before_table(atom, atoms):
                items.append((quantity, traits, atom))
                quantity, traits = None, []
            elif not HARMLESS & set(atom.meant):
                traits.append(atom)
        done: list[PerParent | Outcome] = []
        for quantity, traits, atom in items:
            unknown, traits = [t for t in traits if t.is_("unknown")], [t for t in traits if not t.is_("unknown")]
            child, count = self._table(atom, under=parent), quantity.count
            if child is None and atom.is_("value"):
                # Rows may go by the role that they have: "two owners".
                child = next((v.table for v in atom.meant["value"] if self._is_role(v, parent)), None)
            if child == parent and count is not None and atom is items[0][2] and len(items) > 1 and not traits:
                # "10 stores, 6 employees per store".
                self.draft.rows[parent] = count
                self._ask(parent)
                continue
            if child is None or count is None or child == parent:
                return False
            if not self.vocabulary.points_at(child, parent):
                joining = self.vocabulary.between(child, parent)
                if joining is None or traits:
                    self._note(f"{child} does not point at {parent}, so that rows for each can't be told")
                    return False
                self._note(f"{joining} joins {child} and {parent}: its rows are counted")
                if asked:
                    self._ask(child)
                child = joining
            for trait in unknown:
                self._leave(trait)
            if not traits:
                done.append(PerParent(child, parent, count))
                continue
            found = self._values(traits, child)
            if found is not None and found[2][0].value is None:
                self._share_out(*found, WHOLE)
                done.append(PerParent(child, parent, count))
                continue
            if found is None or quantity.figure is None or len(found[2]) != 1 or found[2][0].value is None:
                return False
            where = {found[1]: str(found[2][0].value)}
            done.append(Outcome(child, Aggregate.COUNT, _plain(quantity.figure), where=where, per=parent))
        for one in done:
            if isinstance(one, PerParent):
                self.draft.per_parent[one.child, one.parent] = one
                (self.draft.asked if asked else self.draft.about)[one.child] = None
            else:
                self.draft.outcomes.append(one)
                self.draft.about[one.table] = None
            table = one.child if isinstance(one, PerParent) else one.table
            self._subject, self._recent = table, [table]
        if not asked:
            self.draft.about[parent] = None
        return bool(done)

    def _is_role(self, value: Value, parent: str) -> bool:
        return keys(value.column)[-1:] == ("role",) and self.vocabulary.points_at(value.table, parent)

    def _untold(self, match: Match) -> None:
        """Numbers for each of something that can't be told: rows of that number would be another thing."""
        self._leave_all(match.every)

    def _untold_each(self, match: Match) -> bool:
        if not self._count(match):
            return False
        self._leave_all(match.all("items"))
        return True

    def _leave_all(self, atoms: Sequence[Atom]) -> None:
        for number, atom in enumerate(atoms):
            self._leave(atom, beside=bool(number))

    def _instead_of(self, _: Match) -> bool:
        return self.base is not None

    def _times(self, match: Match) -> bool:
        factor = next(atom.meant["factor"] for atom in self._atoms if atom.is_("factor"))
        if self.base is None and self._counted:
            table, (count, _) = self._table(match.one("t")), list(self._counted.values())[-1]
            if table is None:
                return False
            high = None if count.high is None else count.high * factor // 100
            self.draft.rows[table] = Count(count.low * factor // 100, high)
            self._ask(table)
            self._recent = [table]
            return True
        return self._changed(match, lambda rows: max(1, rows * factor // 100))

    def _more(self, match: Match) -> bool:
        return self._by(match, 1, 2, 1)

    def _fewer(self, match: Match) -> bool:
        return self._by(match, -1, 1, 2)

    def _by(self, match: Match, sign: int, times: int, parts: int) -> bool:
        if match.one("n") is None:
            if self.base is not None:
                self._note("twice as many" if times > parts else "half as many")
            return self._changed(match, lambda rows: max(1, rows * times // parts))
        count = _count(match)
        return count is not None and self._changed(match, lambda rows: max(0, rows + sign * count.low))

    def _changed(self, match: Match, change: object) -> bool:
        table = self._table(match.one("t"))
        if table is None or self.base is None or not callable(change):
            return False
        there = self.base.rows.get(table)
        if there is None and table in self.planned:
            there = Count(self.planned[table], self.planned[table])
        there = there or self.base.every
        if there is None:
            self._note(f"how many rows {table} has now is not known")
            return False
        high = None if there.high is None else change(there.high)
        self.draft.rows[table] = Count(change(there.low), high)
        self.draft.about[table] = None
        return True

    def _null(self, match: Match) -> bool:
        return self._nulls(match, filled=False)

    def _filled(self, match: Match) -> bool:
        return self._nulls(match, filled=True)

    def _nulls(self, match: Match, *, filled: bool) -> bool:
        atom = match.one("t") or match.one("t2")
        table = self._table(atom) if atom is not None else None
        columns = self._columns(match.all("c"), table)
        if not columns:
            return False
        share = match.one("s")
        nulls = WHOLE if share is None else share.meant["share"]
        for name, column in columns:
            self.draft.share(name, column, {}, nulls=WHOLE - nulls if filled else nulls)
            self._subject = name
        return True

    def _never(self, match: Match) -> bool:
        atom = match.one("t")
        found = self._values(match.all("v"), self._table(atom) if atom is not None else None)
        if found is None:
            return False
        table, column, values = found
        if atom is None and (table != self._subject or max(value.rank for value in values) >= _NEARLY):
            others = {one.table for said in match.all("v") if said.is_("value") for one in said.meant["value"]}
            if len(others) > 1 and table not in self._mentioned:
                return False
        if any(value.value is None for value in values):
            self.draft.share(table, column, {}, nulls=0 if values[0].unset else WHOLE)
        else:
            self.draft.share(table, column, {str(value.value): 0 for value in values})
        self._subject, self._recent = table, [table]
        return True

    def _skip(self, match: Match) -> bool:
        tables = self._tables(match.all("g"), may_be_absent=True)
        if tables is None:
            return False
        self.draft.skip |= dict.fromkeys(tables)
        self.draft.whole = True
        self._recent = []
        return True

    def _without(self, match: Match) -> bool:
        whole = self.draft.whole
        done = self._skip(match)
        self.draft.whole = whole or (done and not self.draft.asked)
        return done

    def _no_tables(self, match: Match) -> bool:
        return self._skip(match)

    def _only(self, match: Match) -> bool:
        tables = self._tables(match.all("g"))
        if tables is None:
            return False
        self.draft.only |= dict.fromkeys(tables)
        self.draft.limited = True
        self._recent = tables
        return True

    def _only_traits(self, match: Match) -> bool:
        return self._traits(match) if match.one("t") is not None else self._said_alone(match)

    def _pass_over(self, _: Match) -> None:
        """A number follows, which says it all."""

    def _country_share(self, match: Match) -> bool:
        codes = [code for atom in match.all("g") if atom.is_("country") for code in atom.meant["country"]]
        share = match.one("s")
        if share is None:
            return False
        self._set_countries(even(share.meant["share"], codes))
        atom = match.one("t") or match.one("t2")
        table = self._table(atom) if atom is not None else None
        if table is not None:
            self.draft.about[table] = None
            self._subject, self._recent = table, [table]
        return True

    def _share(self, match: Match) -> bool:
        atom, share = match.one("t"), match.one("s")
        table = self._table(atom) if atom is not None else None
        found = self._values(match.all("v"), table)
        if found is None or share is None:
            return False
        if share.is_("vague"):
            self._note(f"{share.said!r} is {share.meant['share'] // 10} %")
        self._share_out(*found, share.meant["share"])
        return True

    def _rest(self, match: Match) -> bool:
        if self._column is None:
            return False
        table, column = self._column
        there = self.draft.shares[table, column]
        mine = [v for atom in match.all("v") for v in atom.meant["value"] if (v.table, v.column) == (table, column)]
        if not mine or mine[0].value is None:
            return False
        self.draft.share(table, column, {mine[0].value: WHOLE - sum(there.values.values())})
        return True

    def _rest_of_countries(self, match: Match) -> bool:
        rest = WHOLE - sum(self.draft.countries.values())
        if not self.draft.countries or not rest:
            return False
        self._set_countries(even(rest, [code for atom in match.all("g") for code in atom.meant["country"]]))
        return True

    def _evenly(self, match: Match) -> bool:
        atom = match.one("t") or match.one("t2")
        found = self._values(match.all("v"), self._table(atom) if atom is not None else None)
        if found is None:
            return False
        self._share_out(*found, WHOLE)
        return True

    def _fixed(self, match: Match) -> bool:
        """A column of all rows, or of a share of them, holds what is said."""
        atom, share = match.one("t"), match.one("s")
        columns = self._columns(match.all("c"), self._table(atom) if atom is not None else None)
        if not columns:
            return False
        table, column = columns[0]
        values: list[Value] = []
        for said in match.all("v"):
            if said.is_("literal"):
                values.append(Value(table, column, said.meant["literal"], 0))
            elif said.is_("value"):
                mine = [one for one in said.meant["value"] if (one.table, one.column) == (table, column)]
                if not mine:
                    return False
                values.append(mine[0])
            elif said.is_("count"):
                figure = said.meant["count"].figure
                if figure is None or not self.vocabulary.counts(table, column):
                    return False
                values.append(Value(table, column, _plain(figure), 0))
        self._share_out(table, column, values, WHOLE if share is None else share.meant["share"])
        return True

    def _count(self, match: Match) -> bool:
        table, count = self._table(match.one("t")), _count(match)
        if table is None or count is None:
            return False
        traits = match.all("m") + match.all("m2")
        if self._goes_on and self._subject is not None and self.vocabulary.points_at(table, self._subject):
            # "3 orders of 2 items": each of them has so many.
            return not traits and self._children(self._subject, match.all("n") + match.all("t"))
        if not self._traits_of(traits, table, dry=True):
            return False
        where = self._single_states(traits, table)
        quantity: Quantity = match.all("n")[0].meant["count"]
        period = match.one("p")
        if where and quantity.exact and quantity.figure is not None:
            spanned = None if period is None else self._period_of(period)
            self.draft.outcomes.append(
                Outcome(table, Aggregate.COUNT, _plain(quantity.figure), where=dict(where), period=spanned)
            )
            self.draft.about[table] = None
            self._subject, self._recent = table, [table]
            return True
        self._ask(table)
        self.draft.rows[table] = count
        self._traits_of(traits, table)
        self._counted[table] = (count, where)
        if quantity.vague:
            self._note(f"{match.all('n')[0].said!r} is {count.low} to {count.high}")
        self._subject, self._recent = table, [table]
        if period is not None:
            self.draft.periods.append(self._period_of(period, self._recent))
        return True

    def _single_states(self, traits: Sequence[Atom], table: str) -> tuple[tuple[str, str], ...]:
        found = {}
        for atom in traits:
            mine = [value for value in atom.meant.get("value", ()) if value.table == table and value.value is not None]
            if mine and not atom.is_("country"):
                found[mine[0].column] = str(mine[0].value)
        return tuple(found.items())

    def _count_state(self, match: Match) -> bool:
        """Of the rows counted before, so many are in a state."""
        table = self._subject
        found = None if table is None else self._values(match.all("v"), table)
        quantity: Quantity = match.all("n")[0].meant["count"]
        if table is None or found is None or quantity.figure is None or len(found[2]) != 1 or found[2][0].value is None:
            return False
        _, column, values = found
        before = self._counted.get(table)
        if before is not None and before[1]:
            # So many in one state and so many in another are as many together.
            count, where = before
            if any(name != column for name, _ in where) or count.low != count.high:
                return False
            self.draft.shares.pop((table, column), None)
            self.draft.outcomes.append(Outcome(table, Aggregate.COUNT, str(count.low), where=dict(where)))
            both = count.low + int(quantity.low)
            self.draft.rows[table] = Count(both, both)
        where_now = {column: str(values[0].value)}
        self.draft.outcomes.append(Outcome(table, Aggregate.COUNT, _plain(quantity.figure), where=where_now))
        return True

    def _count_both(self, match: Match) -> bool:
        """So many rows in one state and so many in another are as many together."""
        table = self._table(match.one("t"))
        if table is None:
            return False
        outcomes: list[Outcome] = []
        for number, values in (("n", "v"), ("n2", "v2")):
            found = self._values(match.all(values), table)
            figure = match.all(number)[0].meant["count"].figure
            if found is None or figure is None or len(found[2]) != 1 or found[2][0].value is None:
                return False
            where = {found[1]: str(found[2][0].value)}
            outcomes.append(Outcome(table, Aggregate.COUNT, _plain(figure), where=where))
        if len({tuple(one.where) for one in outcomes}) > 1:
            return False
        self.draft.outcomes += outcomes
        both = sum(int(one.value) for one in outcomes)
        self.draft.rows[table] = Count(both, both)
        self._ask(table)
        self._subject, self._recent = table, [table]
        return True

    def _domain(self, match: Match) -> None:
        self.draft.topics |= dict.fromkeys([atom.meant["domain"] for atom in match.all("d")])
        self.draft.topics |= dict.fromkeys(atom.meant["topic"] for atom in match.all("q"))
        self.draft.whole = True
        self._recent, self._subject = [], None

    def _traits(self, match: Match) -> bool:
        table = self._table(match.one("t"))
        if table is None:
            return False
        denied = [atom for atom in match.all("not") if atom.is_("nature")]
        mine = [atom for atom in match.all("m") if atom.is_("nature")]
        if denied and any(atom.meant["nature"] in [one.meant["nature"] for one in mine] for atom in denied):
            return False
        if not self._traits_of(match.all("m"), table):
            return False
        self.draft.about[table] = None
        self._subject, self._recent = table, [table]
        return True

    def _countries(self, match: Match) -> None:
        codes = dict.fromkeys(code for a in match.all("g") if a.is_("country") for code in a.meant["country"])
        self._set_countries(even(WHOLE, list(codes)))

    def _said_alone(self, match: Match) -> bool:
        atom = match.one("t")
        said = match.all("v") or match.all("m")
        if any(not one.is_("value") and not HARMLESS & set(one.meant) for one in said):
            return False
        found = self._values(said, self._table(atom) if atom is not None else None)
        if found is None or (found[0] != self._subject and max(value.rank for value in found[2]) >= _NEARLY):
            return False
        if self._subject is not None and found[0] not in {self._subject, *self._mentioned}:
            return False
        self._share_out(*found, WHOLE)
        return True

    def _topics(self, match: Match) -> bool:
        if not self.draft.topics and len(match.every) < len(self._atoms):
            return False
        self.draft.topics |= dict.fromkeys(atom.meant["topic"] for atom in match.all("q") if atom.is_("topic"))
        return True

    def _listed_in(self, match: Match) -> bool:
        tables = self._tables(match.all("g"))
        period = match.one("p")
        if tables is None or period is None:
            return False
        self.draft.about |= dict.fromkeys(tables)
        self.draft.periods.append(self._period_of(period, tables))
        self._recent = tables
        return True

    def _listed(self, match: Match) -> bool:
        tables = self._tables(match.all("g"))
        if tables is None:
            return False
        for table in tables:
            self._ask(table)
        self._subject, self._recent = tables[-1], tables
        return True

    def _period(self, match: Match) -> None:
        for atom in match.all("p"):
            self.draft.periods.append(self._period_of(atom, self._recent))

    def _everything(self, _: Match) -> None:
        self.draft.whole = True
        self._recent, self._subject = [], None


def _written(vocabulary: Vocabulary, table: str) -> tuple[str, str]:
    name = vocabulary.tables[table].name
    return name.name.lower(), str(name).lower()


def _closes(atom: Atom, atoms: Sequence[Atom]) -> bool:
    """Tell whether an atom is the last of its item in a list."""
    follows = list(atoms)[list(atoms).index(atom) + 1 :]
    return not follows or follows[0].is_("and")


def _trait_before_table(atom: Atom, atoms: Sequence[Atom]) -> bool:
    """Tell whether words that may name a table say something of the next one: "3 company accounts"."""
    follows = atoms[atoms.index(atom) + 1 :]
    return bool(follows) and follows[0].is_("named") and (atom.is_("value") or atom.is_("nature"))


def _count(match: Match) -> Count | None:
    quantity: Quantity = match.all("n")[0].meant["count"]
    return quantity.count


def _figure(match: Match) -> Decimal | None:
    quantity: Quantity = match.all("n")[0].meant["count"]
    return quantity.figure


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _permille(atom: Atom) -> int:
    return int(atom.meant["share"]) if atom.is_("share") else int(atom.meant["count"].low) * 10
