"""One evaluation of a plan over Polars columns; `pamong.law.engine.run` starts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from pamong.law.engine import cells
from pamong.law.engine.cells import Cell
from pamong.law.engine.children import CLIMB
from pamong.law.engine.columns import ColumnValue, ParameterColumn
from pamong.law.engine.errors import LawError
from pamong.law.engine.formulas import Fact, Formula
from pamong.law.engine.parameters import MILLION, Parameter
from pamong.law.engine.plan import Plan
from pamong.law.engine.tracing import check_level, check_unit

PERSON = "person"
# Row by row in cache-sized pieces: half the time of whole columns, and the same order of rows.
ENGINE: Any = "streaming"
# What leads up a level although a row may be unknown: then the month's value is unknown too.
_MAY_MISS = ("weigh_segments", "greatest_event")


class _Level:
    """The rows of one level: their frame, the steps still to compute, and the sums asked of them."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame
        self.layers: list[list[pl.Expr]] = []
        self.sums: list[pl.Expr] = []
        self.most = 1

    def add(self, depth: int, expr: pl.Expr) -> None:
        """Put a named column into the layer `depth` (0: straight from the facts)."""
        while len(self.layers) <= depth:
            self.layers.append([])
        self.layers[depth].append(expr)

    def lazy(self) -> pl.LazyFrame:
        """The frame with all layers on it."""
        frame = self.frame.lazy()
        for layer in self.layers:
            frame = frame.with_columns(layer) if layer else frame
        return frame


class Run:
    """One evaluation. Bodies are called once, to build expressions; then each level is computed in one go."""

    def __init__(
        self,
        plan: Plan,
        people: pl.DataFrame,
        children: Mapping[str, pl.DataFrame],
        on: date,
        dens: Mapping[str, int] | None = None,
    ) -> None:
        self.plan = plan
        self.dens = dens or {}
        self.on = on
        self.order = plan.order_on(on, plan.outputs)
        self.uses = Counter(
            argument
            for name in self.order
            if isinstance(node := plan.node(name, on), Formula)
            for argument in node.inputs
            for _ in range(max(1, node.source.count(argument) - 1))
        )
        self.levels: dict[str, _Level] = {"person_month": _Level(people)}
        self.same_rows: set[str] = set()
        for level, frame in children.items():
            self._place(level, frame, people.height)
        self.bounds: dict[tuple[str, str], Cell] = {}
        self.categories: dict[tuple[str, str], tuple[str, ...]] = {}
        self._measure()
        self.values: dict[str, ColumnValue] = {}
        self.depths: dict[str, int] = {}

    def _place(self, level: str, frame: pl.DataFrame, people: int) -> None:
        frame = frame.rename({name: f"{level}:{name}" for name in frame.columns})
        index = frame[f"{level}:{PERSON}"]
        if frame.height == people and _counts_up(index):
            # Exactly one row a person: no grouping is needed, the rows stand beside their persons.
            self.same_rows.add(level)
            month = self.levels["person_month"]
            month.frame = pl.concat([month.frame, frame], how="horizontal")
            return
        if frame.height and not index.is_sorted():
            raise LawError(f"Baris tingkat {level} harus urut menurut orang.")
        if index.null_count() or not index.is_between(0, people - 1).all():
            raise LawError(f"Baris tingkat {level} menunjuk orang yang tidak ada.")
        self.levels[level] = _Level(frame)
        counts = index.to_frame().group_by(index.name).len()["len"]
        most: Any = counts.max()
        self.levels[level].most = most or 0

    def _measure(self) -> None:
        """Take the bounds of every fact from the data, and turn texts into codes."""
        wanted: dict[str, list[tuple[str, Fact]]] = {}
        for name in self.order:
            node = self.plan.node(name, self.on)
            if isinstance(node, Fact):
                home, column = self._column(node)
                if home in self.levels:
                    wanted.setdefault(home, []).append((column, node))
        for home, facts in wanted.items():
            self._measure_level(home, facts)

    def _column(self, node: Fact) -> tuple[str, str]:
        if node.level == "person_month":
            return "person_month", node.name
        column = f"{node.level}:{node.name}"
        return ("person_month" if node.level in self.same_rows else node.level), column

    def _measure_level(self, home: str, facts: list[tuple[str, Fact]]) -> None:
        level = self.levels[home]
        for column, node in facts:
            self._require(level.frame, column, node)
        texts = [column for column, node in facts if node.unit == "text"]
        level.frame = level.frame.with_columns(_coded(level.frame[column]) for column in texts)
        measured = level.frame.select(
            expr
            for column, _ in facts
            for expr in (
                pl.col(column).to_physical().min().alias(f"{column} lo"),
                pl.col(column).to_physical().max().alias(f"{column} hi"),
                pl.col(column).null_count().alias(f"{column} nulls"),
            )
        ).row(0, named=True)
        for column, node in facts:
            lo, hi = measured[f"{column} lo"], measured[f"{column} hi"]
            if lo is None:
                lo = hi = (
                    1  # no row has a value, so any bound is true; one that can be divided by refuses nothing
                )
            nullable = measured[f"{column} nulls"] > 0
            if nullable and not node.nullable:
                raise LawError(f"Fakta '{node.name}' ({node.title}) tidak boleh kosong.")
            if node.unit == "text":
                self.categories[home, column] = tuple(level.frame[column].dtype.categories)  # type: ignore[attr-defined]
            kind = pl.Boolean if node.unit == "bool" else cells.width(int(lo), int(hi))
            expr = pl.col(column).to_physical().cast(kind)
            self.bounds[home, column] = cells.made(expr, int(lo), int(hi), nullable)

    def _require(self, frame: pl.DataFrame, column: str, node: Fact) -> None:
        if column not in frame.columns:
            raise LawError(f"Fakta '{node.name}' ({node.title}) tidak diberikan.")
        kind = frame.schema[column]
        fits = (
            (node.unit == "bool" and kind == pl.Boolean)
            or (node.unit == "text" and kind in (pl.String, pl.Categorical, pl.Enum))
            or (node.unit not in ("bool", "text") and kind.is_integer())
        )
        if not fits and kind != pl.Null:
            raise LawError(
                f"Fakta '{node.name}' ({node.title}) bertipe {kind}, tidak cocok untuk {node.unit}."
            )

    def outputs(self) -> pl.DataFrame:
        """The plan's outputs for every person."""
        made = {name: self.value(name) for name in self.plan.outputs}
        people = self.levels["person_month"]
        for level, rows in self.levels.items():
            if level != "person_month" and rows.sums:
                people.frame = people.frame.hstack(self._collect_sums(level, rows))
        outputs = [_output(name, value) for name, value in made.items()]
        if all(value.num.expr is None for value in made.values()):
            # Constants alone would make one row; every person gets one.
            return people.lazy().with_columns(outputs).select(*made).collect(engine=ENGINE)
        return people.lazy().select(outputs).collect(engine=ENGINE)

    def child_roots(self) -> set[str]:
        """The names of a lower level that formulas of the month use directly."""
        return {
            argument
            for name in self.order
            if isinstance(node := self.plan.node(name), Formula) and node.level == "person_month"
            for argument in node.inputs
            if getattr(self.plan.node(argument), "level", "person_month") != "person_month"
        }

    def den_of(self, name: str) -> int:
        """The denominator of a value, which must be the same for every row."""
        den = self.value(name).den.const
        if den is None:
            raise LawError(
                f"'{name}' punya pembagi yang berbeda-beda, padahal aturannya berubah di tengah bulan."
            )
        return den

    def child_values(self, level: str, dens: Mapping[str, int]) -> pl.DataFrame:
        """Values of a lower level for each of its rows, as integers over the given denominators."""
        home = self.levels["person_month" if level in self.same_rows else level]
        columns = []
        for name, den in dens.items():
            value = self.value(name)
            num = cells.mul(value.num, cells.constant(den // self.den_of(name)))
            columns.append((_truth(value) if value.unit == "bool" else num.as_expr()).alias(name))
        return home.lazy().with_columns(columns).select(*dens).collect(engine=ENGINE)

    def value(self, name: str) -> ColumnValue:
        """The value of a name, building what it needs first."""
        for needed in self.plan.order_on(self.on, (name,)):
            if needed not in self.values:
                self.values[needed] = self._work_out(needed)
        return self.values[name]

    def _work_out(self, name: str) -> ColumnValue:
        node = self.plan.node(name, self.on)
        if isinstance(node, Parameter):
            if node.kind == "scalar" and node.unit == "text":
                raise LawError(f"{node.key}: parameter teks tidak bisa masuk rumus kolom.")
            return ParameterColumn(node, node.on(self.on), self)
        if isinstance(node, Fact):
            home, column = self._column(node)
            if (home, column) not in self.bounds:
                raise LawError(f"Tidak ada baris tingkat {home} untuk '{node.name}'.")
            level = None if node.level == "person_month" else node.level
            den = self.dens.get(node.name) or (MILLION if node.unit == "rate" else 1)
            return ColumnValue(
                self.bounds[home, column],
                node.unit,
                run=self,
                den=cells.constant(den),
                level=level,
                categories=self.categories.get((home, column), ()),
                column=(home, column) if node.unit == "text" else None,
            )
        return self._call(node)

    def _call(self, node: Formula) -> ColumnValue:
        arguments = [self._argument(node, name) for name in node.inputs]
        try:
            made = node.body(*arguments)
        except LawError as error:
            raise LawError(f"Rumus '{node.name}': {error}") from error
        if isinstance(made, int):
            made = ColumnValue(cells.constant(made), "literal", run=self)
        if not isinstance(made, ColumnValue):
            raise LawError(f"Rumus '{node.name}' tidak menghasilkan nilai.")
        check_unit(node, made.unit)
        if made.level not in (None, node.level):
            raise LawError(f"Rumus '{node.name}': nilai tingkat {made.level} {CLIMB}")
        level = None if node.level == "person_month" else node.level
        depth = max((self.depths.get(name, 0) for name in node.inputs), default=0)
        keep = self.uses[node.name] != 1 or node.name in self.plan.outputs
        num = self._keep(node, "", made.num, depth) if keep else made.num
        den = self._keep(node, " den", made.den, depth) if keep else made.den
        self.depths[node.name] = depth + 1 if keep else depth
        return ColumnValue(num, node.unit, run=self, den=den, level=level, categories=made.categories)

    def _argument(self, node: Formula, name: str) -> ColumnValue:
        """A person's fact, used by a formula of the days, is repeated for each of the person's days."""
        value, given = self.values[name], self.plan.node(name, self.on)
        if not isinstance(given, Parameter):
            check_level(node, given)
        if node.level == "person_month" or not isinstance(given, Fact) or given.level != "person_month":
            return value
        if node.level in self.same_rows or value.num.expr is None:
            return value
        series = self.levels["person_month"].frame[name]
        spread = pl.lit(series.to_physical()).gather(pl.col(f"{node.level}:{PERSON}"))
        if given.unit != "bool":
            spread = spread.cast(pl.Int64)
        cell = Cell(spread, value.num.lo, value.num.hi, value.num.nullable)
        home = value.column
        return ColumnValue(
            cell, value.unit, run=self, level=node.level, categories=value.categories, column=home
        )

    def occurring(self, column: tuple[str, str]) -> set[int]:
        """The codes of a text column that some row has; asked only where a table lacks rows."""
        home, name = column
        return set(self.levels[home].frame[name].to_physical().drop_nulls().unique().to_list())

    def _keep(self, node: Formula, part: str, cell: Cell, depth: int) -> Cell:
        """Store a column under a name, so that what uses it several times computes it once."""
        if cell.expr is None:
            return cell
        home = "person_month" if node.level in self.same_rows else node.level
        column = f"={node.name}{part}"
        self.levels[home].add(depth, cell.expr.alias(column))
        return Cell(pl.col(column), cell.lo, cell.hi, cell.nullable, cell.factor)

    def total(self, op: str, value: ColumnValue) -> Cell:
        """Lift a column of a lower level to its persons by summing, or by taking the greatest."""
        cell, level = value.num, value.level or _level_of(op)
        if cell.nullable and op not in _MAY_MISS:
            raise LawError(f"{op}: ada nilai yang bisa kosong; pakai given(...) lebih dulu.")
        if level in self.same_rows:
            return cell
        rows = self.levels.get(level)
        if rows is None:
            raise LawError(f"Tidak ada baris tingkat {level}.")
        most = 1 if op == "greatest_event" else rows.most
        lo, hi = min(0, cell.lo * most), max(0, cell.hi * most)
        column = f"{level} sum {len(rows.sums)}"
        kind = cells.width(lo, hi)
        # A constant has no rows of its own to sum: it counts once for each row of the person.
        whole = cell.as_expr(kind)
        if op == "greatest_event":
            summed = whole.max()
        else:
            summed = whole.sum() if cell.expr is not None else pl.len().cast(kind) * whole
        if cell.nullable:
            summed = pl.when(whole.is_null().any()).then(None).otherwise(summed)
        rows.sums.append(summed.alias(column))
        return cells.made(pl.col(column), lo, hi, cell.nullable)

    def _collect_sums(self, level: str, rows: _Level) -> pl.DataFrame:
        """Each sum for every person: nothing where there are no rows, missing where a row's value is."""
        people = self.levels["person_month"].frame.height
        key = f"{level}:{PERSON}"
        everyone = pl.LazyFrame({key: pl.int_range(people, eager=True).cast(rows.frame.schema[key])})
        summed = rows.lazy().group_by(key).agg(*rows.sums, __rows=pl.len())
        joined = everyone.join(summed, on=key, how="left", maintain_order="left").drop(key)
        names = [expr.meta.output_name() for expr in rows.sums]
        nothing = pl.col("__rows").is_null()
        return joined.select(
            pl.when(nothing).then(0).otherwise(pl.col(name)).alias(name) for name in names
        ).collect()


def _counts_up(index: pl.Series) -> bool:
    """Whether a column holds 0, 1, 2 and so on: it rises strictly, from 0 to one less than its length."""
    if not index.dtype.is_integer() or index.null_count() or index[0] != 0 or index[-1] != index.len() - 1:
        return False
    return bool((index.slice(1) > index.slice(0, index.len() - 1)).all())


def _level_of(op: str) -> str:
    return {"sum_events": "event", "greatest_event": "event", "weigh_segments": "segment"}.get(op, "day")


def _coded(series: pl.Series) -> pl.Series:
    """A text column as codes. An Enum has them; otherwise of the values that occur, sorted."""
    if isinstance(series.dtype, pl.Enum):
        return series
    text = series.cast(pl.String)
    return text.cast(pl.Enum(text.drop_nulls().unique().sort()))


def _output(name: str, value: ColumnValue) -> pl.Expr:
    if value.unit == "bool":
        return _truth(value).alias(name)
    if value.unit == "text":
        raise LawError(f"'{name}' adalah teks; keluaran harus angka atau ya/tidak.")
    if value.den.const != 1:
        return _scaled(name, value)
    return value.num.as_expr().alias(name)


def _truth(value: ColumnValue) -> pl.Expr:
    return pl.lit(bool(value.num.lo)) if value.num.expr is None else value.num.expr


def _scaled(name: str, value: ColumnValue) -> pl.Expr:
    """An unrounded share of constant scale as parts per million; anything finer is refused."""
    scale = MILLION if value.unit == "rate" else 1
    if value.den.const is None or scale % value.den.const:
        raise LawError(f"'{name}' belum dibulatkan, jadi tidak bisa menjadi keluaran.")
    return cells.mul(value.num, cells.constant(scale // value.den.const)).as_expr().alias(name)
