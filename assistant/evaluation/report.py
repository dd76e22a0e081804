"""A report on a run: counts with 95 % intervals by group, confusion of intents, what is not right, what has changed.

As text for a terminal, as JSON for the next run to compare with; ``page.py`` makes the page of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from assistant.errors import ConfigurationError
from assistant.evaluation.intervals import at_most, wilson
from assistant.evaluation.outcome import SPELLED, VERDICTS, Outcome, Verdict

GROUPINGS: dict[str, Callable[[Outcome], str]] = {
    "set": lambda one: "final" if one.final else "rest",
    "kind": lambda one: "conversation" if one.talk else "question",
    "spelling": lambda one: one.spelling,
    "domain": lambda one: one.domain,
    "shape": lambda one: one.shape,
    "source": lambda one: one.author,
}
"""What outcomes are grouped by: name → the group of one."""

RESPELLED = "put into another spelling"


class Group(NamedTuple):
    """How many questions of a kind came out how."""

    name: str
    of: int
    counts: dict[Verdict, int]
    right_low: float
    """95 % interval of the share that is right (Wilson), as fractions."""
    right_high: float
    wrong_most: float
    """95 % upper bound of the share that is wrong (Clopper and Pearson, one-sided), as a fraction."""

    def share(self, verdict: Verdict) -> float:
        """As a fraction; 0 where there is nothing."""
        return self.counts[verdict] / self.of if self.of else 0.0


class Change(NamedTuple):
    """A question that comes out otherwise than in the report before."""

    id: str
    text: str
    before: Verdict
    now: Verdict
    reason: str


@dataclass(frozen=True)
class Changes:
    """One report against the one before, question by question."""

    since: str
    """When the report before was made."""
    newly_right: tuple[Change, ...] = ()
    newly_wrong: tuple[Change, ...] = ()
    newly_silent: tuple[Change, ...] = ()
    """Right before, asked back or refused now."""
    other: tuple[Change, ...] = ()
    """Neither right before nor right or wrong now."""
    new: int = 0
    gone: int = 0


@dataclass(frozen=True)
class Report:
    """All outcomes of a run with what it was run with."""

    made: str
    """Local time, ISO 8601 to the second."""
    versions: dict[str, str]
    """Bank, model and catalogue."""
    outcomes: tuple[Outcome, ...]
    changes: Changes | None = None
    """Since the report before, where there is one."""
    extra: dict[str, str] = field(default_factory=dict)
    """Further lines: what the gate says."""

    @cached_property
    def base(self) -> tuple[Outcome, ...]:
        """Outcomes of questions as they were written; all of them where none was."""
        return tuple(one for one in self.outcomes if SPELLED not in one.id) or self.outcomes

    @cached_property
    def whole(self) -> Group:
        """Everything as it was written."""
        return group("all", self.base)

    @cached_property
    def groups(self) -> dict[str, list[Group]]:
        """Outcomes by each of the groupings, largest group first; questions put into another spelling stand apart."""
        found = {name: _grouped(self.base, key) for name, key in GROUPINGS.items()}
        kept = {one.id for one in self.base}
        again = [one for one in self.outcomes if one.id not in kept]
        if again:
            found[RESPELLED] = _grouped(again, lambda one: one.spelling)
        return found

    @cached_property
    def confusion(self) -> dict[str, Counter[str]]:
        """Shape expected → how often each intent was answered; single questions only."""
        found: dict[str, Counter[str]] = {}
        for one in self.base:
            if not one.talk:
                found.setdefault(one.shape, Counter())[one.intent] += 1
        return dict(sorted(found.items(), key=lambda item: -item[1].total()))

    def having(self, verdict: Verdict) -> list[Outcome]:
        """Outcomes with this verdict."""
        return [one for one in self.outcomes if one.verdict == verdict]

    @property
    def figures(self) -> tuple[int, int]:
        """Figures answered, and those of them that differ from their recomputation."""
        return sum(one.figures for one in self.outcomes), sum(one.unequal for one in self.outcomes)

    def text(self) -> str:
        """The report for a terminal."""
        lines = [_line(self.whole)]
        for name, groups in self.groups.items():
            lines += ["", name, *(_line(each) for each in groups)]
        lines += ["", "intents answered, by shape of the question"]
        lines += [
            f"  {shape:<16} {', '.join(f'{intent} {count}' for intent, count in row.most_common())}"
            for shape, row in self.confusion.items()
        ]
        lines += ["", "figures answered {}, unequal to their recomputation {}".format(*self.figures), ""]
        for verdict in VERDICTS[1:]:
            lines += [_in_full(one) for one in self.having(verdict)]
        if self.changes is not None:
            lines += _changed(self.changes)
        return "\n".join([*lines, *(f"{name}: {told}" for name, told in self.extra.items())])

    def keep(self, file: Path) -> None:
        """Writes the report as JSON."""
        file.parent.mkdir(parents=True, exist_ok=True)
        groups = {
            name: [{**each._asdict(), "counts": each.counts} for each in rows] for name, rows in self.groups.items()
        }
        figures, unequal = self.figures
        whole = {
            "made": self.made,
            "versions": self.versions,
            "whole": self.whole._asdict(),
            "groups": groups,
            "confusion": self.confusion,
            "figures": {"answered": figures, "unequal": unequal},
            "changes": asdict(self.changes) if self.changes else None,
            "outcomes": [asdict(one) for one in self.outcomes],
        }
        file.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")


def group(name: str, outcomes: Iterable[Outcome]) -> Group:
    """Counts the verdicts."""
    found = Counter(one.verdict for one in outcomes)
    of = found.total()
    counts = {verdict: found[verdict] for verdict in VERDICTS}
    return Group(name, of, counts, *wilson(counts["right"], of), at_most(counts["wrong"], of))


def since(file: Path, outcomes: Iterable[Outcome]) -> Changes:
    """What has changed since the report of a file. Raises ConfigurationError where that is none."""
    try:
        before = json.loads(file.read_text(encoding="utf-8"))
        made = str(before["made"])
        verdicts: dict[str, Verdict] = {one["id"]: one["verdict"] for one in before["outcomes"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{file.name} is no report: {error}") from error
    now = {one.id: one for one in outcomes}
    changed = [
        Change(name, one.text, verdicts[name], one.verdict, one.reason)
        for name, one in now.items()
        if name in verdicts and verdicts[name] != one.verdict
    ]
    right = [each for each in changed if each.now == "right"]
    wrong = [each for each in changed if each.now == "wrong"]
    silent = [each for each in changed if each.before == "right" and each.now != "wrong"]
    other = [each for each in changed if each not in (*right, *wrong, *silent)]
    counts = len(now.keys() - verdicts.keys()), len(verdicts.keys() - now.keys())
    return Changes(made, tuple(right), tuple(wrong), tuple(silent), tuple(other), *counts)


def last(folder: Path) -> Path | None:
    """The newest report kept in a folder."""
    return max(folder.glob("*.json"), default=None)


def _grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> list[Group]:
    members: dict[str, list[Outcome]] = {}
    for one in outcomes:
        members.setdefault(key(one), []).append(one)
    ordered = sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
    return [group(value, some) for value, some in ordered]


def _line(some: Group) -> str:
    shares = "  ".join(
        f"{verdict} {some.counts[verdict]:>4} ({100 * some.share(verdict):5.1f} %)" for verdict in VERDICTS
    )
    return (
        f"{some.name:<24} {some.of:>5}  {shares}  right 95 %: {100 * some.right_low:.1f}–{100 * some.right_high:.1f} %, "
        f"wrong at most {100 * some.wrong_most:.2f} %"
    )


def _in_full(one: Outcome) -> str:
    told = {
        "heard": one.heard,
        "expected": one.expected,
        "reading": one.reading,
        "figures": "; ".join(one.shown),
        "answer": one.answer,
    }
    lines = [f"{one.verdict:<10} {one.id:<10} {one.text}", f"{'':<22}{one.reason}"]
    return "\n".join([*lines, *(f"{'':<22}{name}: {said}" for name, said in told.items() if said), ""])


def _changed(changes: Changes) -> list[str]:
    rows = {
        "newly right": changes.newly_right,
        "newly wrong": changes.newly_wrong,
        "right before, no answer now": changes.newly_silent,
        "otherwise": changes.other,
    }
    lines = [f"since the report of {changes.since}: {changes.new} new questions, {changes.gone} gone"]
    for name, some in rows.items():
        lines.append(f"{name} {len(some)}")
        lines += [f"  {each.before} → {each.now}  {each.id}  {each.text}  {each.reason}".rstrip() for each in some]
    return [*lines, ""]
