"""The things that have one name everywhere: periods, readings, figures, answers.

Plain data only. Nothing here knows a room; every room may import this file.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Thing(BaseModel):
    """Base of all shared data: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Grain = Literal["day", "month", "quarter", "half", "year", "school_year", "span"]
"""How long a period is; ``span`` is any other stretch of whole days (six months, three years)."""

PlaceKind = Literal["country", "region", "province", "district", "commune", "facility", "agency"]

FigureKind = Literal["actual", "plan", "estimate"]


class Period(Thing):
    """A stretch of whole days, both ends included."""

    grain: Grain
    start: date
    end: date
    cumulative: bool = False
    """Said as a running total ("lũy kế", "6 tháng đầu năm"): from the start of the year up to ``end``."""

    def contains(self, other: Period) -> bool:
        """Whether ``other`` lies wholly inside this period."""
        return self.start <= other.start and other.end <= self.end


class Status(StrEnum):
    """What became of a question. A wrong figure is the worst outcome, an honest question back a good one."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NO_DATA = "no_data"
    DENIED = "denied"
    NOT_UNDERSTOOD = "not_understood"
    SMALL_TALK = "small_talk"


class Utterance(Thing):
    """What came in: typed text, or a transcript."""

    text: str
    confidence: float | None = None
    """Mean word confidence of the recogniser, 0 to 1; None for typed text."""
    alternatives: tuple[str, ...] = ()
    """Other transcripts of the same audio, best first."""
    spoken: bool = False


SpanKind = Literal[
    "indicator", "area", "facility", "agency", "member", "group", "domain", "period", "number", "order", "unknown"
]
"""Kinds of names and values found in an utterance.

``member`` is a member of a dimension ("nữ", "tiểu học"); ``group`` asks for one figure per something
("từng huyện", "theo giới tính", "trường nào"); ``order`` is a superlative or direction ("nhiều nhất", "giảm dần");
``unknown`` is a name of a known kind that is in no list ("trường tiểu học Hoa Hồng Đen").
"""

Match = Literal["exact", "folded", "fuzzy", "sound", "grammar", "nlu", "context", "default"]
"""How a value was found: same letters and marks; same letters without marks; near letters; near sound; the period
and number grammars; Rasa's entity; the turn before; the assistant's own default."""


class Found(Thing):
    """A value with the words it came from."""

    kind: SpanKind
    code: str
    """Catalogue code; for numbers the digits; for orders ``desc`` or ``asc``; for groups the catalogue's group code."""
    text: str = ""
    """The words in the normalised utterance, empty where the value was not said."""
    start: int = -1
    """Offset of the first character in the normalised utterance; -1 where the value was not said."""
    end: int = -1
    score: float = 1.0
    """0 to 1; 1 is letter for letter."""
    match: Match = "exact"
    role: str = ""
    """Order and role in the sentence: ``subject``, ``base``, ``from``, ``to``, ``numerator``, ``denominator`` or empty."""
    period: Period | None = None
    """Set for ``kind == 'period'`` only."""


ComparisonKind = Literal["previous_period", "same_period_last_year", "period", "place", "plan"]


class Comparison(Thing):
    """What the figure is held against."""

    kind: ComparisonKind
    direction: Literal["up", "down", ""] = ""
    """What the person presumes ("tăng bao nhiêu" up, "giảm bao nhiêu" down); the answer corrects it where wrong."""


class Threshold(Thing):
    """A limit a value is tested against ("trên 1.000 học sinh")."""

    operator: Literal["gt", "ge", "lt", "le"]
    value: float


class Reading(Thing):
    """What we believe was meant. Several readings compete; the best is planned."""

    intent: str
    """The shape of the question, an intent of the bank."""
    intent_score: float = 0.0
    """Rasa's confidence, 0 to 1."""
    indicators: tuple[Found, ...] = ()
    areas: tuple[Found, ...] = ()
    facilities: tuple[Found, ...] = ()
    agencies: tuple[Found, ...] = ()
    left_out: tuple[Found, ...] = ()
    """Places that are no part of what is grouped, nor is what lies in them ("huyện nào …, không kể Vũng Tàu")."""
    dimensions: tuple[Found, ...] = ()
    """Members of dimensions, ``code`` as ``dimension:member`` ("sex:female")."""
    periods: tuple[Found, ...] = ()
    grouping: tuple[Found, ...] = ()
    """One figure per what: ``district``, ``commune``, ``facility:school``, ``agency``, ``period:month``, ``dimension:sex``."""
    order: Literal["desc", "asc"] | None = None
    limit: int | None = None
    threshold: Threshold | None = None
    comparison: Comparison | None = None
    per: Found | None = None
    """The indicator that the figure is divided by ("trên 10.000 dân", "mỗi giáo viên") …"""
    scale: int = 1
    """… per so many of it."""
    planned: bool = False
    """The planned figure itself is asked for, not what has been done of it ("kế hoạch … là bao nhiêu")."""
    standing: bool = False
    """The place that the one place named takes among its like is asked for ("đứng thứ mấy trong các huyện")."""
    cumulative: bool = False
    """Running totals from the start of the year are asked for ("lũy kế")."""
    domains: tuple[str, ...] = ()
    """Codes of the domains the reading touches, in order of first mention."""
    unknown: tuple[Found, ...] = ()
    """Names of a known kind that are in no list."""
    score: float = 0.0
    """Joint score of intent and spans, 0 to 1; readings are compared by it."""

    @property
    def broken_down(self) -> frozenset[str]:
        """Codes of the dimensions of which members are named."""
        return frozenset(found.code.partition(":")[0] for found in self.dimensions)

    @property
    def places(self) -> tuple[Found, ...]:
        """Areas, facilities and agencies, in this order."""
        return self.areas + self.facilities + self.agencies


class Figure(Thing):
    """One number with everything needed to trust it."""

    indicator: str
    place: str
    """Code of an area, facility or agency."""
    place_kind: PlaceKind
    dimensions: dict[str, str] = Field(default_factory=dict)
    """Dimension code to member code; a dimension that is missing is not broken down (the total)."""
    period: Period
    kind: FigureKind = "actual"
    value: float
    """In ``unit``, unrounded."""
    unit: str
    as_of: date
    """The day for which the source vouches."""
    source: str
    """Who reported it, in words for people."""
    snapshot: str
    """Identifier of the snapshot it was read from."""
    preliminary: bool = False
    illustrative: bool = False
    """True for the sample province: "số liệu minh họa"."""


class Table(Thing):
    """Rows for reading and copying; cells are numbers or text, formatted by whoever shows them."""

    columns: tuple[str, ...]
    """Headings in Vietnamese, with the unit where all cells of the column share it."""
    rows: tuple[tuple[str | float | None, ...], ...]
    decimals: tuple[int | None, ...] = ()
    """Decimal places per column; None for text."""


class Part(Thing):
    """One of several questions asked in one sentence."""

    status: Status
    text: str
    reading: Reading | None = None


class Suggestion(Thing):
    """A question that can be tapped; for ``clarify`` one of the choices."""

    label: str
    """What the button shows."""
    text: str
    """What is asked when it is tapped."""


class Versions(Thing):
    """What a turn was answered with."""

    bank: str
    model: str
    catalogue: str
    snapshots: tuple[str, ...] = ()


class Answer(Thing):
    """What goes back to the person, in writing and in speech."""

    id: str
    """Turn id; also the last part of the answer's link."""
    conversation: str
    asked: str
    """The utterance as it was understood, corrected by hand where the person did so."""
    asked_at: datetime
    status: Status
    text: str
    spoken_text: str
    """The same, short, every number and sign spelled out in words."""
    reading: Reading | None = None
    figures: tuple[Figure, ...] = ()
    parts: tuple[Part, ...] = ()
    table: Table | None = None
    chart: dict[str, Any] | None = None
    """A Vega-Lite specification with its data inside."""
    source: str = ""
    """One line: who reported, as of when, and "số liệu minh họa" for the sample province."""
    how_computed: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    timings: dict[str, float] = Field(default_factory=dict)
    """Stage name to milliseconds; ``total`` covers the turn."""
    versions: Versions | None = None
    illustrative: bool = False
