"""Commands on question templates: count them, add to them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.admin.templates import TemplateDraft, TemplateOverlay, overlay_entries
from assistant.catalogue.loader import load as load_catalogue
from assistant.cli.common import DataDir, settings_for, told
from assistant.cli.serving import train
from assistant.store import Store
from assistant.understanding.bank import Bank

templates = typer.Typer(no_args_is_help=True, help="Question templates: count them, add to them.")


@contextmanager
def _overlay(data: Path | None) -> Iterator[TemplateOverlay]:
    settings = settings_for(data)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = Store(settings.state_url, settings.clock())
    try:
        with told():
            yield TemplateOverlay(
                store, settings.clock(), lambda: Bank.load(settings.bank_file, overlay_entries(store))
            )
    finally:
        store.close()


@templates.command("count")
def templates_count(data: DataDir = None) -> None:
    """How many templates the bank has, slots left in place: in all, per intent, and per domain that entries are pinned to."""
    settings = settings_for(data)
    with told():
        store = Store(settings.state_url, settings.clock())
        try:
            bank = Bank.load(settings.bank_file, overlay_entries(store))
        finally:
            store.close()
        catalogue = load_catalogue(settings.catalogue_dir)
        entries = Counter(entry.intent for entry in bank.entries)
        templates_of: dict[str, set[str]] = {}
        pinned: dict[str, set[str]] = {}
        for entry, sentence in bank.sentences():
            domain = catalogue.indicator(entry.indicator).domain if entry.indicator else entry.domain
            templates_of.setdefault(entry.intent, set()).add(sentence)
            pinned.setdefault(domain or "of any domain", set()).add(sentence)
        typer.echo(f"{'intent':<24} {'templates':>9} {'entries':>8}")
        for intent in bank.intents:
            typer.echo(f"{intent:<24} {len(templates_of[intent]):>9} {entries[intent]:>8}")
        typer.echo(f"\n{'domain':<24} {'templates':>9}")
        for domain in (*catalogue.domains, "of any domain"):
            typer.echo(f"{domain:<24} {len(pinned.get(domain, ())):>9}")
        typer.echo(f"\n{bank.count().total} templates, {len(bank.entries)} entries, {len(bank.intents)} intents")


@templates.command("add")
def templates_add(
    intent: Annotated[str, typer.Argument(help="Shape of the question, see: assistant templates count.")],
    template: Annotated[list[str], typer.Option(help="A template, such as '{indicator} ở {place} {period} ra sao'.")],
    example: Annotated[list[str], typer.Option(help="A question as a person would ask it.")],
    data: DataDir = None,
) -> None:
    """Add templates to the overlay and train."""
    with _overlay(data) as overlay:
        kept = overlay.add(TemplateDraft(intent, tuple(template), tuple(example)), os.environ.get("USER", "operator"))
        typer.echo(f"kept as {kept.id}")
    train(data)


@templates.command("list")
def templates_list(data: DataDir = None) -> None:
    """The overlay over the base bank."""
    with _overlay(data) as overlay:
        for kept in overlay.current():
            typer.echo(f"{kept.id}  {kept.intent}  {'; '.join(kept.templates)}  ({kept.author})")
