"""Documentation that cannot rot: tables, commands, links and licences are held against the project itself."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import typer.main
from typer.core import TyperGroup

from assistant.cli import app

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ["README.md", "CONTRIBUTING.md", *(f"docs/{file.name}" for file in sorted((ROOT / "docs").glob("*.md")))]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """``scripts/docs.py``, which is no package."""
    spec = importlib.util.spec_from_file_location("docs", ROOT / "scripts" / "docs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_generated_tables_are_up_to_date(generator: ModuleType) -> None:
    text = read("README.md")
    assert generator.fresh(text) == text, "run: make docs"


def test_a_changed_setting_makes_the_table_stale(generator: ModuleType) -> None:
    text = read("README.md").replace("`ASSISTANT_PORT`", "`ASSISTANT_HARBOUR`")
    assert generator.fresh(text) != text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_local_links_resolve(name: str) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", read(name)):
        if not re.match(r"https?:|#|mailto:", link):
            assert ((ROOT / name).parent / link.split("#")[0]).exists(), f"{name} links to {link}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_named_in_code_marks_exist(name: str) -> None:
    rooms = [ROOT, ROOT / "assistant", ROOT / "data" / "catalogue", ROOT / "assistant" / "understanding"]
    for path in re.findall(r"`([\w./-]+\.(?:py|yml|txt|toml|in))`", read(name)):
        if Path(path).stem.isupper():
            continue  # a placeholder
        assert any((room / path).exists() for room in rooms), f"{name} names {path}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    used = set(re.findall(r"(?:`|^)make ([a-z-]+)", read(name), re.MULTILINE))
    assert used <= targets, f"{name}: no target {used - targets}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_exist(name: str) -> None:
    known = typer.main.get_command(app)
    assert isinstance(known, TyperGroup)
    for line in re.findall(r"(?:`|^|PROXY_ADDRESSES=\S+ )assistant ([a-z-]+(?: [a-z-]+)?)", read(name), re.MULTILINE):
        command, _, sub = line.partition(" ")
        found = known.commands.get(command)
        assert found is not None, f"{name}: no command 'assistant {command}'"
        if isinstance(found, TyperGroup) and sub:
            assert sub in found.commands, f"{name}: no command 'assistant {line}'"


def test_every_command_is_in_the_readme() -> None:
    known = typer.main.get_command(app)
    assert isinstance(known, TyperGroup)
    for name, command in known.commands.items():
        rows = [line for line in read("README.md").splitlines() if line.startswith(f"| `assistant {name}")]
        assert len(rows) == 1, f"README has {len(rows)} rows for 'assistant {name}'"
        if isinstance(command, TyperGroup):
            missing = [sub for sub in command.commands if f"{sub}`" not in rows[0]]
            assert not missing, f"README does not name 'assistant {name} {missing[0]}'"


def test_no_package_of_the_assistant_is_under_the_gpl(generator: ModuleType) -> None:
    packages = generator.run_time()
    assert len(packages) > 50
    for name, package in packages.items():
        stated = generator.licence(package)
        assert stated, f"{name} states no licence; look it up and say it in scripts/docs.py"
        if name not in generator.UNSTATED:
            assert not generator.GPL.search(stated), f"{name} is under {stated}"


def test_gpl_is_recognised_in_every_spelling(generator: ModuleType) -> None:
    for spelling in ("GPL-3.0-or-later", "GNU General Public License v3 (GPLv3)", "AGPL-3.0", "LGPLv2+"):
        assert generator.GPL.search(spelling), spelling
    assert not generator.GPL.search("MPL-2.0")
