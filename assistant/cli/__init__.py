"""The command line: the same house as the server, one sub-command per thing an operator does."""

from __future__ import annotations

from collections.abc import Callable

import typer

from assistant.cli.measuring import evaluate
from assistant.cli.people import users
from assistant.cli.serving import ask, load, serve, setup_data, train
from assistant.cli.templates import templates

app = typer.Typer(no_args_is_help=True, add_completion=False, help="A voice assistant for a province's figures.")
commands: dict[str, Callable[..., None]] = {
    "setup-data": setup_data,
    "train": train,
    "serve": serve,
    "ask": ask,
    "load": load,
    "eval": evaluate,
}
for name, command in commands.items():
    app.command(name)(command)
app.add_typer(users, name="users")
app.add_typer(templates, name="templates")
