"""The command line: the same house as the server, one sub-command per thing an operator does."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from assistant.access import Account, AccountService, Grants, create_demo_accounts
from assistant.admin.templates import TemplateDraft, TemplateOverlay, overlay_entries
from assistant.catalogue.loader import load as load_catalogue
from assistant.errors import AssistantError, BadInput, ConfigurationError
from assistant.evaluation import questions as evaluation_questions
from assistant.evaluation import run as evaluation
from assistant.house import House, build
from assistant.settings import ROOT, Settings
from assistant.store import Store
from assistant.types import Answer, Utterance
from assistant.understanding.bank import Bank
from assistant.understanding.training import train as train_model
from assistant.warehouse.store import Warehouse, illustrative
from connectors.load import load_description
from connectors.sample import load_sample

app = typer.Typer(no_args_is_help=True, add_completion=False, help="A voice assistant for a province's figures.")
users = typer.Typer(no_args_is_help=True, help="Accounts and what they may see.")
templates = typer.Typer(no_args_is_help=True, help="Question templates: count them, add to them.")
app.add_typer(users, name="users")
app.add_typer(templates, name="templates")

DataDir = Annotated[Path | None, typer.Option("--data", help="Data folder; default var/ or ASSISTANT_DATA_DIR.")]
As = Annotated[str, typer.Option("--as", help="User name of the account that asks.")]


def settings_for(data: Path | None, **changes: object) -> Settings:
    """Settings from the environment, with what the command line says on top."""
    settings = Settings()
    given = {name: value for name, value in changes.items() if value is not None}
    return settings.model_copy(update=given | ({"data_dir": data.resolve()} if data else {}))


@contextmanager
def told() -> Iterator[None]:
    """Turns an error into one line and exit code 1."""
    try:
        yield
    except AssistantError as error:
        typer.echo(error.detail or error.message, err=True)
        raise typer.Exit(1) from None


def account_of(house: House, username: str) -> Account:
    """The account, which must be active; raises ConfigurationError."""
    account = house.accounts.get(username)
    if account is None or not account.active:
        raise ConfigurationError(f"no active account '{username}'; see: assistant users list")
    return account


@app.command("setup-data")
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


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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
        typer.echo(f"rows read {report.rows_read:,}, loaded {report.rows_loaded:,}, repeated {report.rows_repeated:,}")
        typer.echo(f"series loaded {len(report.series_loaded)} of {len(report.series_mapped)} described")
        for domain, count in report.waiting.items():
            typer.echo(f"waiting to be described: {domain}, {count} series")
        for row in report.set_aside:
            typer.echo(f"set aside: {row.reference}: {row.indicator} {row.period_start} {row.value}: {row.reason}")


@app.command("eval")
def evaluate(
    files: Annotated[list[Path] | None, typer.Argument(help="Question files; default tests/questions/*.yml.")] = None,
    report: Annotated[Path | None, typer.Option(help="Where to keep the outcomes as JSON.")] = None,
    accounts: Annotated[Path, typer.Option(help="YAML of the accounts that ask.")] = evaluation.ASKERS,
    data: DataDir = None,
) -> None:
    """Ask the evaluation questions of a sample province made for their day, and count what is answered right."""
    with told():
        sets = evaluation_questions.load(files or sorted((ROOT / "tests" / "questions").glob("*.yml")))
        settings = evaluation.prepare(settings_for(data), {questions.today for _, questions in sets})
        with build(settings, wait=True) as house:
            outcomes = evaluation.run(house, sets, evaluation.accounts(accounts, house.catalogue))
        evaluation.keep(outcomes, report or settings.data_dir / "report.json")
        typer.echo(evaluation.summary(outcomes))


@contextmanager
def _accounts(data: Path | None) -> Iterator[AccountService]:
    settings = settings_for(data)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = Store(settings.state_url, settings.clock())
    try:
        with told():
            yield AccountService(store, settings.clock())
    finally:
        store.close()


def grants_of(texts: list[str], known: set[str]) -> Grants:
    """``education`` for a whole domain, ``health:750,753`` for some areas of it; raises ConfigurationError."""
    domains: dict[str, frozenset[str] | None] = {}
    for text in texts:
        domain, _, areas = text.partition(":")
        if domain not in known:
            raise ConfigurationError(f"no domain '{domain}'; there are {', '.join(sorted(known))}")
        domains[domain] = frozenset(areas.split(",")) if areas else None
    return Grants(domains)


def ask_password() -> str:
    """From the terminal, unseen, or the first line of standard input."""
    return getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


@users.command("list")
def users_list(data: DataDir = None) -> None:
    """All accounts."""
    with _accounts(data) as accounts:
        for account in accounts.list():
            state = "" if account.active else " (disabled)"
            domains = ", ".join(
                code + (f":{','.join(sorted(areas))}" if areas else "")
                for code, areas in account.grants.domains.items()
            )
            typer.echo(f"{account.username:<16} {account.role:<8} {account.full_name}{state}  [{domains}]")


@users.command("add")
def users_add(
    username: str,
    full_name: Annotated[str, typer.Option("--name", help="Full name.")],
    role: Annotated[str, typer.Option(help="leader, officer or admin.")] = "officer",
    address: Annotated[str, typer.Option(help="Form of address: anh, chị, đồng chí …")] = "đồng chí",
    grant: Annotated[list[str] | None, typer.Option(help="Domain, or domain:area,area.")] = None,
    data: DataDir = None,
) -> None:
    """Add an account; the password is asked for."""
    with _accounts(data) as accounts:
        known = set(load_catalogue(settings_for(data).catalogue_dir).domains)
        grants = grants_of(grant or [], known)
        accounts.create(
            username,
            ask_password(),
            full_name=full_name,
            role=role,  # type: ignore[arg-type]
            address=address,
            grants=grants,
            by="command line",
        )


@users.command("grant")
def users_grant(username: str, grants: list[str], data: DataDir = None) -> None:
    """Replace what an account may see: domains, or domain:area,area."""
    with _accounts(data) as accounts:
        known = set(load_catalogue(settings_for(data).catalogue_dir).domains)
        accounts.set_grants(username, grants_of(grants, known), by="command line")


@users.command("password")
def users_password(username: str, data: DataDir = None) -> None:
    """Set a new password, which is asked for."""
    with _accounts(data) as accounts:
        accounts.set_password(username, ask_password(), by="command line")


@users.command("disable")
def users_disable(username: str, data: DataDir = None) -> None:
    """Close an account; its sessions end."""
    with _accounts(data) as accounts:
        accounts.disable(username, by="command line")


@users.command("enable")
def users_enable(username: str, data: DataDir = None) -> None:
    """Open a closed account again."""
    with _accounts(data) as accounts:
        accounts.enable(username, by="command line")


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
    """How many different sentences the bank knows, slots left in place."""
    settings = settings_for(data)
    with told():
        store = Store(settings.state_url, settings.clock())
        try:
            count = Bank.load(settings.bank_file, overlay_entries(store)).count()
        finally:
            store.close()
        for intent, number in count.by_intent.items():
            typer.echo(f"{intent:<16} {number:>6}")
        typer.echo(f"{'all':<16} {count.total:>6}")


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
