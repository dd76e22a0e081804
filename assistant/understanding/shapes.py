"""How well the evidence in an utterance fits each shape of question. The table is ``data/rules/shapes.yml``."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import ConfigurationError
from assistant.yaml_files import read_yaml

FILE = Path(__file__).resolve().parents[2] / "data" / "rules" / "shapes.yml"


class Shape(BaseModel):
    """What one intent needs, and what speaks for or against it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    figure: bool = False
    needs: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def excluded(self, evidence: frozenset[str]) -> bool:
        """Whether something speaks against this shape that it never goes with, or all that it rests on is missing."""
        return not evidence.isdisjoint(self.never) or bool(self.only and evidence.isdisjoint(self.only))

    def fit(self, evidence: frozenset[str]) -> float:
        """0 to 1: how well the evidence fits this shape."""
        value = 0.9
        value -= 0.35 * sum(need not in evidence for need in self.needs)
        value -= 0.3 * bool(self.wants and evidence.isdisjoint(self.wants))
        value += 0.1 * any(like in evidence for like in self.likes)
        value -= 0.25 * sum(refused in evidence for refused in self.refuses)
        value -= 0.7 * any(excluded in evidence for excluded in self.never)
        value -= 0.7 * bool(self.only and evidence.isdisjoint(self.only))
        return min(1.0, max(0.0, value))


def load(file: Path = FILE) -> dict[str, Shape]:
    """Intent to shape; raises ConfigurationError naming the file."""
    try:
        return TypeAdapter(dict[str, Shape]).validate_python(read_yaml(file))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{file.name}: {error}") from error
