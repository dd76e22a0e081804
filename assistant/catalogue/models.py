"""What an entry of the catalogue may say. Reading the files and checking them against each other is ``loader.py``."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.types import Grain, PlaceKind


class Entry(BaseModel):
    """Base of all entries: immutable, unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9_\-]*$")
    name: str = Field(min_length=1)
    """Vietnamese, as it is written inside a sentence ("số học sinh", "huyện Châu Đức")."""
    synonyms: tuple[str, ...] = ()
    """Other names and abbreviations as officials say them, with diacritics ("GRDP", "hs", "bv Bà Rịa")."""


class Domain(Entry):
    """A field of government ("giáo dục"); accounts are granted whole domains."""

    owner: str
    """Code of the agency that answers for it."""
    headlines: tuple[str, ...] = ()
    """Indicators that lead a report on it, the most telling first; those that a place or period lacks are passed over."""


class Member(Entry):
    """One member of a dimension ("nữ")."""


class Dimension(Entry):
    """A way to break figures down ("giới tính")."""

    members: tuple[Member, ...] = Field(min_length=1)
    implies: str | None = None
    """Indicator that is meant where only a member is named ("có mấy trạm y tế": the number of health facilities)."""


Rule = Literal["sum", "mean", "last", "never"]
"""How values become one. ``last`` takes the latest value of the stretch (stocks over time), ``never`` forbids it.

A ratio's own rule is always ``never``: it is computed anew from its two parts after they have been added up.
"""


class Adding(BaseModel):
    """How the values of an indicator add up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    area: Rule
    """Over areas, facilities and agencies, up to the district and the province."""
    time: Rule
    """Over periods: flows ``sum``, stocks ``last``."""
    dimensions: dict[str, Rule] = Field(default_factory=dict)
    """Dimension code to rule; these are also the dimensions the indicator may be broken down by."""


class Ratio(BaseModel):
    """Computed as ``scale × numerator ÷ denominator``, each added up first.

    Tables that publish only the rate may store it under the indicator; a stored value holds for exactly its own place,
    period and breakdown and is never added up.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    numerator: str
    denominator: str
    scale: float = 1.0
    part: bool = True
    """The numerator is part of the denominator ("tỷ lệ hộ nghèo"), so that "bao nhiêu phần trăm" may mean this rate."""
    standing: bool = False
    """The denominator is a stock taken as it stands: where it is kept by longer periods than the numerator, the value of
    the period that holds the numerator's last day, else the latest there is."""

    @property
    def parts(self) -> tuple[str, str]:
        """Codes of the numerator and the denominator."""
        return self.numerator, self.denominator


class ChangeOf(BaseModel):
    """The change of another indicator that is published as one of its own ("tốc độ tăng trưởng GRDP")."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    against: Literal["same_period_last_year", "previous_period"]


class Kept(BaseModel):
    """How finely the sample province keeps an indicator; real tables keep theirs as they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str
    """``province``, ``district``, ``commune``, ``agency`` or ``facility:KIND`` ("facility:school")."""
    grain: Grain


class Indicator(Entry):
    """Something that is counted or measured, for places and periods."""

    domain: str
    definition: str = Field(min_length=1)
    """One Vietnamese sentence: what is counted, and when."""
    unit: str = Field(min_length=1)
    """Vietnamese, as it is said after a number ("học sinh", "%", "tỷ đồng")."""
    decimals: int = Field(default=0, ge=0, le=4)
    """Decimal places shown."""
    measure: Literal["flow", "stock", "cumulative"]
    """Flow: happens during a period. Stock: stands at its end. Cumulative: running total since 1 January."""
    adds: Adding
    ratio: Ratio | None = None
    change_of: ChangeOf | None = None
    """What it is the change of, so that "tăng mấy phần trăm" may mean this figure."""
    grain: Grain
    """Default grain: which "latest" is meant when no period is named."""
    good: Literal["up", "down", "neither"] = "neither"
    owner: str
    """Agency that answers for the figure (sở)."""
    source: str
    """Name of the source table, Vietnamese, for people."""
    has_plan: bool = False
    aim: bool = False
    """Its figures are themselves what was planned ("kế hoạch vốn"): asked for the plan, they are told."""
    public: bool = False
    """True: needs no grant as a component of other figures (population)."""
    kept: Kept | None = None
    """None: the sample province does not carry it (real tables only). A ratio needs none."""
    counters: tuple[str, ...] = ()
    """Nouns that stand for the indicator after "bao nhiêu", "mấy" where nothing else is named ("em": pupils)."""
    default_dimensions: dict[str, str] = Field(default_factory=dict)
    elsewhere: dict[str, str] = Field(default_factory=dict)
    """Members that another indicator counts: ``level:preschool`` → ``edu_preschool_pupils``."""
    year_means: Literal["begins", "ends"] = "begins"
    """Which school year a calendar year stands for: headcounts the one that begins in it, results the one that ends."""

    per_many: str = ""
    """What so many of it are called in a ratio ("trên 10.000 dân"), where that is not the unit."""
    per_one: str = ""
    """How a ratio to one of it is called ("bình quân đầu người"), where the unit does not say it."""

    @property
    def counted(self) -> str | None:
        """What stands after the number in "có 530 bác sĩ"; None where the figure is no plain count."""
        if self.ratio is None and self.name.startswith("số ") and self.decimals == 0:
            return self.name.removeprefix("số ")
        return None


class FormerParent(BaseModel):
    """What an area belonged to, up to a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    until: date


class Area(Entry):
    """Province, district or commune, for as long as it existed; beyond the province only what it is compared with."""

    kind: Literal["country", "region", "province", "district", "commune"]
    short: str
    """Without its kind ("Châu Đức")."""
    type_name: str
    """"tỉnh", "thành phố", "thị xã", "huyện", "phường", "xã", "thị trấn"."""
    parent: str | None
    region: str = ""
    """Of a province: code of the statistical region it is counted in."""
    outside: bool = False
    """The country, a region, another province: no part of what this server keeps, known for comparison."""
    valid_from: date | None = None
    """First day; None: before all data."""
    valid_to: date | None = None
    """Last day; None: still exists."""
    former_parents: tuple[FormerParent, ...] = ()
    """Earlier parents, oldest first; after the last of these days it is ``parent``."""
    successors: tuple[str, ...] = ()
    """Codes of the areas it became part of; may name areas outside the province (``note`` explains those)."""
    note: str = ""
    """Vietnamese sentence: what it became and when, by which resolution."""


class Facility(Entry):
    """A school, hospital or health centre."""

    kind: str
    """Code of a facility kind ("school", "hospital")."""
    short: str
    """Without its kind ("Nguyễn Du")."""
    area: str
    """Commune it stands in; the district where that has no communes (Côn Đảo)."""
    dimensions: dict[str, str] = Field(default_factory=dict)
    """What it is by dimension ("level": "primary")."""


class FacilityKind(Entry):
    """Class of facilities ("trường học", "bệnh viện")."""

    domain: str
    counted_by: str = ""
    """Code of the indicator that says how many there are ("huyện nào có nhiều trường nhất"); empty: none does."""
    head_nouns: tuple[str, ...]
    """Words a facility's name begins with ("trường", "trường tiểu học", "trường THCS"), for names that are in no list."""


class Agency(Entry):
    """A sở, ban or UBND of a district that receives dossiers and owns figures."""

    short: str
    """As it is said briefly ("Sở Y tế" → "Sở Y tế"; "UBND huyện Châu Đức" → "huyện Châu Đức")."""
    area: str
    """Area it governs; the province for a sở."""


class Group(Entry):
    """Words that ask for one figure per something ("từng huyện", "các trường", "theo giới tính")."""

    target: str
    """``district``, ``commune``, ``agency``, ``facility:KIND``, ``period:GRAIN`` or ``dimension:CODE``."""


PLACE_KINDS: tuple[PlaceKind, ...] = ("country", "region", "province", "district", "commune", "facility", "agency")
