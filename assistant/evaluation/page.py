"""The report as one page of HTML that needs nothing else: template beside this file."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.evaluation.outcome import VERDICTS
from assistant.evaluation.report import Report

TEMPLATE = "page.html.j2"


def render(report: Report) -> str:
    """The page."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = lambda share, decimals=1: f"{100 * share:.{decimals}f} %"
    columns = sorted({intent for row in report.confusion.values() for intent in row})
    return environment.get_template(TEMPLATE).render(report=report, verdicts=VERDICTS, intents=columns)
