"""The command that asks the evaluation questions, in writing or through speech, and keeps a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.common import DataDir, settings_for, told
from assistant.clock import SystemClock
from assistant.errors import ConfigurationError
from assistant.evaluation import known, page, questions, recombined, report, run, spoken
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.spelling import MAKERS, respelled
from assistant.house import House, build

SHOWN = 20
"""Questions of each kind that are shown where they are read otherwise."""


def evaluate(
    files: Annotated[list[Path] | None, typer.Argument(help="Question files; default all of tests/questions/.")] = None,
    accounts: Annotated[Path, typer.Option(help="YAML of the accounts that ask.")] = run.ASKERS,
    spelling: Annotated[
        str, typer.Option(help=f"Ask everything again in these spellings, by commas: {', '.join(MAKERS)}.")
    ] = "",
    speak: Annotated[
        int, typer.Option("--spoken", help="Instead: so many questions through espeak-ng and Vosk; no gate.")
    ] = 0,
    recombine: Annotated[
        int,
        typer.Option(
            "--recombined", help="Instead: so many of each kind put together anew out of right ones; no gate."
        ),
    ] = 0,
    seed: Annotated[int, typer.Option(help="Draws what is put together.")] = 1,
    vosk_model: Annotated[Path, typer.Option(help="Folder of the Vosk model that hears them.")] = spoken.TEST_MODEL,
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
            raise ConfigurationError(f"no spelling '{min(unknown)}'; there are {', '.join(MAKERS)}")
        every = questions.load(questions.files())
        sets = questions.load(files) if files else every
        settings = run.prepare(settings_for(data), {found.today for _, found in sets})
        folder = settings.data_dir / "reports" / ("spoken" if speak else "")
        extra = {}
        listed, ids = known.load(questions.KNOWN), questions.ids(every)
        with build(settings, wait=True) as house:
            if recombine:
                drawn = recombined.run(house.understanding, [found for _, found in sets], set(listed), recombine, seed)
                typer.echo(recombined.text(list(drawn), SHOWN))
                return
            people = run.accounts(accounts, house.catalogue)
            if speak:
                asked = spoken.chosen(sets, speak)
                outcomes = spoken.run(house, asked, people, vosk_model, lambda what: typer.echo(what, err=True))
                extra["words heard wrong"] = spoken.word_errors_text(outcomes)
            else:
                outcomes = run.run(house, sets, people)
                for name in spellings:
                    outcomes += run.run(house, respelled(sets, name), people, spelling=name)
            versions = _versions(house)
        held = known.gate(outcomes, listed, ids)
        if not speak:
            extra["gate"] = held.text() or "passed"
        _keep(outcomes, versions, extra, folder, [keep] if keep else [], whole=not files)
        if accept and not speak:
            known.write(questions.KNOWN, known.accepted(outcomes, listed, ids))
        elif not held.passed:
            raise typer.Exit(1)


def _keep(
    outcomes: list[Outcome],
    versions: dict[str, str],
    extra: dict[str, str],
    folder: Path,
    files: list[Path],
    *,
    whole: bool,
) -> None:
    """Prints the report and keeps it; only one of a whole run will be compared with."""
    now, before = SystemClock().now(), report.last(folder)
    changes = report.since(before, outcomes) if before else None
    made = report.Report(now.isoformat(timespec="seconds"), versions, tuple(outcomes), changes, extra)
    typer.echo(made.text())
    for file in [*files, folder / f"{now:%Y-%m-%d-%H%M%S}.json"] if whole else files:
        made.keep(file)
        file.with_suffix(".html").write_text(page.render(made), encoding="utf-8")
        typer.echo(f"kept: {file} and {file.with_suffix('.html').name}")


def _versions(house: House) -> dict[str, str]:
    versions = house.versions()
    return {"bank": versions.bank, "model": versions.model, "catalogue": versions.catalogue}
