"""What is known not to be answered right (``tests/questions/known.yml``), and the gate that lets nothing else turn wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import ConfigurationError
from assistant.evaluation.judge import Verdict
from assistant.evaluation.outcome import Outcome
from assistant.yaml_files import read_yaml

HEAD = """\
# Questions that are known not to be answered right: verdict and, in a word, why. What is not listed here was right, and fails
# the gate when it turns wrong. Written by `assistant eval --accept`; reasons may be put better by hand and are kept.
"""


class Known(BaseModel):
    """How a question that is not right comes out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdict: Verdict
    reason: str


_FILE = TypeAdapter(dict[str, Known])


@dataclass(frozen=True)
class Gate:
    """The outcomes held against what is known."""

    turned_wrong: tuple[Outcome, ...] = ()
    """Wrong now, and not accepted as wrong: these fail."""
    turned_silent: tuple[Outcome, ...] = ()
    """Right before, without an answer now: these are told."""
    turned_right: tuple[str, ...] = ()
    """Listed, but right now: to be taken off the list."""
    gone: tuple[str, ...] = ()
    """Listed, but no longer asked."""

    @property
    def passed(self) -> bool:
        """Whether nothing turned wrong."""
        return not self.turned_wrong

    def text(self) -> str:
        """What there is to tell; empty where nothing is."""
        lines = [f"turned wrong: {one.id} {one.text}: {one.reason}" for one in self.turned_wrong]
        lines += [f"right before, {one.verdict} now: {one.id} {one.text}" for one in self.turned_silent]
        lines += [f"{name} is right now: remove it from known.yml" for name in self.turned_right]
        lines += [f"{name} is asked no more: remove it from known.yml" for name in self.gone]
        if lines:
            lines.append("accept all this by: assistant eval --accept")
        return "\n".join(lines)


def gate(outcomes: Iterable[Outcome], known: Mapping[str, Known], asked: Iterable[str] | None = None) -> Gate:
    """Holds outcomes against the list; the final set and questions in another spelling are never held against it.

    ``asked`` are the ids of all questions there are; without them nothing is said of listed ones that are gone.
    """
    held = [outcome for outcome in outcomes if outcome.gates]
    accepted = {name for name, entry in known.items() if entry.verdict == "wrong"}
    return Gate(
        tuple(one for one in held if one.verdict == "wrong" and one.id not in accepted),
        tuple(one for one in held if one.verdict in ("asked_back", "refused") and one.id not in known),
        tuple(one.id for one in held if one.verdict == "right" and one.id in known),
        tuple(sorted(set(known) - set(asked))) if asked is not None else (),
    )


def accepted(
    outcomes: Iterable[Outcome], known: Mapping[str, Known], asked: Iterable[str] | None = None
) -> dict[str, Known]:
    """The list as it is after these outcomes: reasons of those listed already stay, questions not asked now too."""
    held = {outcome.id: outcome for outcome in outcomes if outcome.gates}
    kept = {name: entry for name, entry in known.items() if name not in held and (asked is None or name in asked)}
    for name, outcome in held.items():
        if outcome.verdict != "right":
            before = known.get(name)
            reason = before.reason if before and before.verdict == outcome.verdict else outcome.why
            kept[name] = Known(verdict=outcome.verdict, reason=reason)
    return dict(sorted(kept.items()))


def load(file: Path) -> dict[str, Known]:
    """The list; empty where there is no file. Raises ConfigurationError for a file that is wrong."""
    if not file.exists():
        return {}
    try:
        return _FILE.validate_python(read_yaml(file) or {})
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{file.name}: {error}") from error


def write(file: Path, known: Mapping[str, Known]) -> None:
    """Writes the list, one question a line."""
    lines = [f"{name}: {{verdict: {entry.verdict}, reason: {entry.reason}}}" for name, entry in known.items()]
    file.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
