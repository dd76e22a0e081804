"""The command that asks the evaluation questions and keeps a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDir, settings_for, told
from assistant.clock import SystemClock
from assistant.evaluation import known, page, questions, report, run
from assistant.evaluation.spelling import MAKERS, respelled
from assistant.house import build


def evaluate(
    files: Annotated[list[Path] | None, typer.Argument(help="Question files; default all of tests/questions/.")] = None,
    accounts: Annotated[Path, typer.Option(help="YAML of the accounts that ask.")] = run.ASKERS,
    spelling: Annotated[
        str, typer.Option(help=f"Ask everything again in these spellings, by commas: {', '.join(MAKERS)}.")
    ] = "",
    accept: Annotated[
        bool, typer.Option("--accept", help="Write what is not right now into tests/questions/known.yml.")
    ] = False,
    keep: Annotated[
        Path | None, typer.Option("--report", help="Keep the report as this JSON file, and as a page beside it.")
    ] = None,
    data: DataDir = None,
) -> None:
    """Ask the evaluation questions of a sample province made for their day; exit 1 where one that was right turned wrong.

    The report is compared with the last one; of a run over all files it is kept in DATA/evaluation/reports.
    """
    with told():
        spellings = [name for name in spelling.split(",") if name]
        if unknown := set(spellings) - MAKERS.keys():
            raise typer.BadParameter(f"no spelling '{min(unknown)}'")
        every = questions.load(questions.files())
        sets = questions.load(files) if files else every
        settings = run.prepare(settings_for(data), {found.today for _, found in sets})
        with build(settings, wait=True) as house:
            people = run.accounts(accounts, house.catalogue)
            outcomes = run.run(house, sets, people)
            for name in spellings:
                outcomes += run.run(house, respelled(sets, name), people, spelling=name)
            versions = {name: str(value) for name, value in house.versions() if name != "snapshots"}
        listed, ids = known.load(questions.KNOWN), questions.ids(every)
        held = known.gate(outcomes, listed, ids)
        now, folder = SystemClock().now(), settings.data_dir / "reports"
        before = report.last(folder)
        made = report.Report(
            made=now.isoformat(timespec="seconds"),
            versions=versions,
            outcomes=tuple(outcomes),
            changes=report.since(before, outcomes) if before else None,
            extra={"gate": held.text() or "passed"},
        )
        typer.echo(made.text())
        for file in filter(None, [keep, None if files else folder / f"{now:%Y-%m-%d-%H%M%S}.json"]):
            made.keep(file)
            file.with_suffix(".html").write_text(page.render(made), encoding="utf-8")
            typer.echo(f"kept: {file} and {file.with_suffix('.html').name}")
        if accept:
            known.write(questions.KNOWN, known.accepted(outcomes, listed, ids))
        elif not held.passed:
            raise typer.Exit(1)
