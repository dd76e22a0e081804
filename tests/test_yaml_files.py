"""What is read from YAML files, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.yaml_files import read_yaml


def test_mappings_within_lists_are_read(tmp_path: Path) -> None:
    file = tmp_path / "some.yml"
    file.write_text("a: [{b: 1, c: [x]}, {b: 2}]\nd: {e: đ}\n", encoding="utf-8")
    assert read_yaml(file) == {"a": [{"b": 1, "c": ["x"]}, {"b": 2}], "d": {"e": "đ"}}


@pytest.mark.parametrize("text", ["talk: [a]\nother: 1\ntalk: [b]\n", "all:\n  - {code: x, name: y, code: z}\n"])
def test_a_key_said_twice_is_an_error_that_names_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "some.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(yaml.YAMLError, match="is said twice"):
        read_yaml(file)
