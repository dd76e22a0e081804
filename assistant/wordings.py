"""The sentences people read, kept per room in ``data/wordings/ROOM.yml`` so that an official can correct them there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import ConfigurationError
from assistant.yaml_files import read_yaml

FOLDER = Path(__file__).resolve().parent.parent / "data" / "wordings"


class Wordings:
    """The wordings of one room: ``w("no_data", period="tháng 10 năm 2026")``."""

    def __init__(self, file: Path, entries: dict[str, Any]) -> None:
        self.file = file
        self.entries = entries

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of this key, its places filled; the first variant where there are several.

        Raises ConfigurationError where the key or one of its places is missing.
        """
        return self.variants(key, **values)[0]

    def variants(self, key: str, **values: object) -> list[str]:
        """All variants of a sentence, filled."""
        node: Any = self.entries
        for step in key.split("."):
            node = node.get(step) if isinstance(node, dict) else None
        if node is None or isinstance(node, dict):
            raise ConfigurationError(f"{self.file.name}: no wording '{key}'")
        try:
            return [str(text).format(**values) for text in (node if isinstance(node, list) else [node])]
        except (KeyError, IndexError) as error:
            raise ConfigurationError(f"{self.file.name}: wording '{key}' needs a value for {error}") from error


@cache
def load(room: str) -> Wordings:
    """The wordings of a room; raises ConfigurationError where the file is missing or no mapping."""
    file = FOLDER / f"{room}.yml"
    try:
        entries = read_yaml(file)
    except OSError as error:
        raise ConfigurationError(f"{file.name}: cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{file.name}: is not valid YAML: {error}") from error
    if not isinstance(entries, dict):
        raise ConfigurationError(f"{file.name}: must be a mapping of keys to sentences")
    return Wordings(file, entries)
