"""Reads the catalogue's YAML files and hands back a checked Catalogue. What must hold between entries is ``checks.py``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from assistant.catalogue.catalogue import Catalogue, Name
from assistant.catalogue.checks import Sources, check
from assistant.catalogue.models import (
    Agency,
    Area,
    Dimension,
    Domain,
    Entry,
    Facility,
    FacilityKind,
    Group,
    Indicator,
)
from assistant.errors import ConfigurationError
from assistant.yaml_files import read_yaml

__all__ = ["FOLDER", "Catalogue", "Name", "load"]

FOLDER = Path(__file__).resolve().parents[2] / "data" / "catalogue"

_Entry = TypeVar("_Entry", bound=Entry)


def load(folder: Path = FOLDER) -> Catalogue:
    """The catalogue in a folder.

    Each file holds a list ``entries`` and, where entries share values, a mapping ``defaults``. Raises
    ConfigurationError ("FILE: entry CODE: …") for the first entry that is wrong in itself or against the others.
    """
    sources: Sources = {}
    catalogue = Catalogue(
        domains=_read(folder, "domains", Domain, sources),
        dimensions=_read(folder, "dimensions", Dimension, sources),
        indicators=_read(folder, "indicators", Indicator, sources),
        areas=_read(folder, "areas", Area, sources, "provinces"),
        facilities=_read(folder, "facilities", Facility, sources),
        facility_kinds=_read(folder, "facility_kinds", FacilityKind, sources),
        agencies=_read(folder, "agencies", Agency, sources),
        groups=_read(folder, "groups", Group, sources),
        version=_version(folder),
    )
    check(catalogue, sources)
    return catalogue


def _files(folder: Path, stem: str) -> list[Path]:
    """``STEM.yml`` and everything in ``STEM/``, in the order of their names."""
    single = folder / f"{stem}.yml"
    return [*([single] if single.exists() else []), *sorted((folder / stem).glob("*.yml"))]


def _read(folder: Path, stem: str, model: type[_Entry], sources: Sources, more: str = "") -> dict[str, _Entry]:
    """Entries of ``stem``, which must be there, and of ``more``, which may."""
    files = _files(folder, stem)
    if not files:
        raise ConfigurationError(f"{stem}.yml: is missing in {folder.name}")
    found: dict[str, _Entry] = {}
    for file in [*files, *(_files(folder, more) if more else ())]:
        label = file.relative_to(folder).as_posix()
        for position, raw in enumerate(_raw_entries(file, label), start=1):
            entry = _validated(raw, model, label, position)
            if entry.code in found:
                first = sources[model, entry.code]
                raise ConfigurationError(f"{label}: entry {entry.code}: the code is already used in {first}")
            found[entry.code] = entry
            sources[model, entry.code] = label
    return found


def _raw_entries(file: Path, label: str) -> Iterator[Any]:
    try:
        document = read_yaml(file)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{label}: is not valid YAML: {' '.join(str(error).split())}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{label}: cannot be read as UTF-8 text: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("entries"), list):
        raise ConfigurationError(f"{label}: must be a mapping with a list 'entries'")
    defaults = document.get("defaults") or {}
    unknown = sorted(set(document) - {"entries", "defaults"})
    if unknown or not isinstance(defaults, dict):
        raise ConfigurationError(f"{label}: only 'defaults' (a mapping) and 'entries' are known, not {unknown}")
    for raw in document["entries"]:
        yield {**defaults, **raw} if isinstance(raw, dict) else raw


def _validated(raw: Any, model: type[_Entry], label: str, position: int) -> _Entry:
    code = raw.get("code") if isinstance(raw, dict) else None
    where = f"{label}: entry {code if code else f'number {position}'}"
    if not isinstance(raw, dict):
        raise ConfigurationError(f"{where}: must be a mapping")
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        said = "is missing" if first["type"] == "missing" else first["msg"]
        raise ConfigurationError(f"{where}: {field}: {said}") from error


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.yml")):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
