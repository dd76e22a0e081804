"""Commands that prepare, serve, answer and load."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from assistant.access import Account, AccountService, create_demo_accounts
from assistant.admin.templates import overlay_entries
from assistant.catalogue.loader import load as load_catalogue
from assistant.cli.common import As, DataDir, account_of, settings_for, told
from assistant.errors import AssistantError, BadInput, ConfigurationError
from assistant.house import House, build
from assistant.store import Store
from assistant.types import Answer, Utterance
from assistant.understanding.bank import Bank
from assistant.understanding.training import train as train_model
from assistant.warehouse.store import Warehouse, illustrative
from connectors.load import load_description
from connectors.sample import load_sample


def setup_data(data: DataDir = None) -> None:
    """Make the sample province and its demonstration accounts, unless the folder holds real figures."""
    with told():
        settings = settings_for(data)
        clock = settings.clock()
        catalogue = load_catalogue(settings.catalogue_dir)
        warehouse = Warehouse(settings.data_dir, catalogue)
        if warehouse.domains() and not illustrative(warehouse):
            typer.echo(f"figures: real ones in {settings.data_dir}")
            return
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        infos = load_sample(settings.data_dir, catalogue, today=clock.today(), now=clock.now())
        typer.echo(f"figures: sample province, {sum(info.rows for info in infos):,} rows in {len(infos)} domains")
        store = Store(settings.state_url, clock)
        made = create_demo_accounts(
            AccountService(store, clock), settings.data_dir, tuple(catalogue.domains), origin="sample"
        )
        store.close()
        typer.echo("demonstration accounts:")
        for account in made:
            typer.echo(f"  {account.username:<10} {account.password:<14} {account.about}")


def train(data: DataDir = None) -> None:
    """Train the language model on the templates, unless that very model exists."""
    with told():
        settings = settings_for(data)
        store = Store(settings.state_url, settings.clock())
        try:
            model = train_model(settings, Bank.load(settings.bank_file, overlay_entries(store)))
        finally:
            store.close()
        typer.echo(f"language model {model.version}: {model.sentences:,} sentences, trained in {model.seconds:.0f} s")


def serve(
    data: DataDir = None,
    host: Annotated[str | None, typer.Option(help="Address to serve on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on.")] = None,
    certificate: Annotated[Path | None, typer.Option(help="PEM certificate for HTTPS.")] = None,
    key: Annotated[Path | None, typer.Option(help="PEM key of the certificate.")] = None,
    local_certificate: Annotated[
        bool, typer.Option(help="Make a certificate for a trial in the office and serve HTTPS with it.")
    ] = False,
    prepare: Annotated[
        bool, typer.Option(help="First make the sample province and train, where either is missing.")
    ] = False,
) -> None:
    """Serve the assistant."""
    if prepare:
        setup_data(data)
        train(data)
    from assistant.web.serve import serve as serve_house
    from assistant.web.tls import make_local_certificate

    with told():
        settings = settings_for(data, host=host, port=port, tls_certificate=certificate, tls_key=key)
        if local_certificate:
            made = make_local_certificate(settings.data_dir / "tls", [settings.host, "localhost"])
            settings = settings.model_copy(update={"tls_certificate": made.certificate, "tls_key": made.key})
            typer.echo(f"certificate: phones must trust {made.authority}")
        with build(settings) as house:
            house.warm_up()
            for name, engine in (("hears with", house.listener.recognizer), ("speaks with", house.speaker)):
                typer.echo(f"{name} {engine.name}: {engine.why}")
            scheme = "https" if settings.tls_certificate else "http"
            typer.echo(f"open {settings.public_origin or f'{scheme}://{settings.host}:{settings.port}'}")
            sys.stdout.flush()
            serve_house(house, settings)


def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Vietnamese.")] = None,
    username: As = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole Answer.")] = False,
    jsonl: Annotated[
        Path | None, typer.Option(help='File with one {"text": …, "conversation": …} per line; - for standard input.')
    ] = None,
    data: DataDir = None,
) -> None:
    """Answer a question, or a file of them, one Answer per line."""
    with told():
        if (question is None) == (jsonl is None):
            raise ConfigurationError("give either a question or --jsonl FILE")
        if not username:
            raise ConfigurationError("say who asks: --as USER (see: assistant users list)")
        with build(settings_for(data), borrow_nlu=True, wait=True) as house:
            account = account_of(house, username)
            if jsonl is not None:
                with os.fdopen(0, encoding="utf-8") if str(jsonl) == "-" else jsonl.open(encoding="utf-8") as lines:
                    for line in answer_lines(house, account, lines):
                        typer.echo(line)
                return
            answer = house.conversation.ask(Utterance(text=question or ""), account)
            typer.echo(answer.model_dump_json(indent=2) if as_json else as_text(answer))


def answer_lines(house: House, account: Account, lines: Iterator[str]) -> Iterator[str]:
    """One JSON line per question: an Answer, or ``{"error": …}``. Conversation names are the file's own."""
    known: dict[str, str] = {}
    for line in lines:
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            name = asked.get("conversation")
            answer = house.conversation.ask(
                Utterance(text=str(asked["text"])), account, known.get(str(name)) if name is not None else None
            )
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError):
            yield json.dumps({"error": BadInput.message}, ensure_ascii=False)
        except AssistantError as error:
            yield json.dumps({"error": error.message}, ensure_ascii=False)
        else:
            if name is not None:
                known[str(name)] = answer.conversation
            yield answer.model_dump_json()


def as_text(answer: Answer) -> str:
    """An answer for a terminal: sentences, table, source, what to ask next."""
    lines = [answer.text]
    if answer.table is not None:
        rows = [answer.table.columns, *(tuple("" if c is None else str(c) for c in row) for row in answer.table.rows)]
        widths = [max(len(str(row[i])) for row in rows) for i in range(len(answer.table.columns))]
        lines += [
            "",
            *("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows),
        ]
    if answer.source:
        lines += ["", answer.source]
    lines += [f"→ {suggestion.label}" for suggestion in answer.suggestions]
    return "\n".join(lines)


def load(
    description: Annotated[Path, typer.Argument(help="YAML that describes the table (see connectors/gso.yml).")],
    file: Annotated[Path, typer.Argument(help="The table.")],
    data: DataDir = None,
) -> None:
    """Load a real table; rows that cannot be trusted are set aside with a reason."""
    with told():
        settings = settings_for(data)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        report = load_description(
            description, file, load_catalogue(settings.catalogue_dir), settings.data_dir, settings.clock().now()
        )
        typer.echo(f"rows read {report.rows_read:,}, elsewhere {report.rows_elsewhere:,}")
        typer.echo(f"figures loaded {report.rows_loaded:,}, repeated {report.rows_repeated:,}")
        typer.echo(f"series loaded {len(report.series_loaded)} of {len(report.series_mapped)} described")
        for domain, count in report.waiting.items():
            typer.echo(f"waiting to be described: {domain}, {count} series")
        for row in report.set_aside:
            typer.echo(f"set aside: {row.reference}: {row.indicator} {row.period_start} {row.value}: {row.reason}")
