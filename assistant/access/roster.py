"""People written down in a YAML file: who they are and what they may see. Demonstration accounts, askers of questions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.access.models import Grants, Role
from assistant.errors import ConfigurationError
from assistant.yaml_files import read_yaml

_ALL: Literal["all"] = "all"


class Person(BaseModel):
    """One account as the file describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    username: str = Field(min_length=1)
    full_name: str = Field(min_length=1)
    role: Role = "officer"
    address: str = Field(min_length=1)
    """Form of address ("anh", "chị", "đồng chí")."""
    about: str = ""
    """Vietnamese: who this is and what they may see."""
    grants: Literal["all"] | dict[str, Literal["all"] | frozenset[str]] = Field(default_factory=dict)
    """``all``, or domain code to ``all`` or the codes of the areas; nothing by default."""

    def granted(self, domains: Iterable[str]) -> Grants:
        """The grants where these domains exist; domains that do not are left out."""
        if self.grants == _ALL:
            return Grants(dict.fromkeys(domains))
        named = {code: self.grants[code] for code in domains if code in self.grants}
        return Grants({code: None if areas == _ALL else frozenset(areas) for code, areas in named.items()})


class _Roster(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    accounts: dict[str, Person] = Field(min_length=1)


def read(file: Path) -> dict[str, Person]:
    """The people of a file by what they stand for, in its order; raises ConfigurationError naming file and entry."""
    try:
        people = _Roster.model_validate(read_yaml(file)).accounts
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{file.name}: cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ConfigurationError(f"{file.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    names = [person.username for person in people.values()]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ConfigurationError(f"{file.name}: the user name '{twice[0]}' stands there twice")
    return people
