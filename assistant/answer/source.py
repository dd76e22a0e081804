"""Where figures come from and how they were computed, in a line each."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer.about import owner
from assistant.answer.figures import trimmed
from assistant.answer.scene import Scene, stretch
from assistant.answer.words import listing, sentence, words
from assistant.query.plan import ROLES, PartResult, Plan, Result
from assistant.types import Figure


def source_line(figures: Sequence[Figure], scene: Scene) -> str:
    """ "Nguồn: Sở Y tế – báo cáo thống kê y tế, số liệu đến ngày 31/10/2026; số liệu minh họa"; empty without figures."""
    if not figures:
        return ""
    w = words()
    mark = w("source.illustrative").strip("; ")
    named = []
    for figure in figures:
        agency = owner(scene.measure(figure.indicator), scene)
        report = figure.source.replace(f"({mark})", "").strip()  # said once, at the end of the line
        known = not report or agency.lower() in report.lower()
        known = known or scene.catalogue.is_outside(figure.place)  # no office of ours answers for another province
        named.append((report or agency) if known else w("source.named", owner=agency, report=report))
    sources = list(dict.fromkeys(named))
    shown = "; ".join(sources[:2]) if len(sources) <= 2 else w("source.more", first="; ".join(sources[:2]))
    line = w("source.line", sources=shown, day=f"{max(figure.as_of for figure in figures):%d/%m/%Y}")
    return line + (w("source.illustrative") if any(figure.illustrative for figure in figures) else "")


def catalogue_line(plan: Plan, scene: Scene) -> str:
    """The source of what is said about an indicator itself."""
    if not plan.parts:
        return ""
    measure = scene.measure(plan.parts[0].indicator)
    return words()("source.catalogue", owner=owner(measure, scene), report=measure.indicator.source)


def how(result: Result, scene: Scene) -> str:
    """What was added or divided, from which table, for which period, and which defaults were taken."""
    told = [text for part in result.parts[:1] for text in how_part(result.plan, part, scene)]
    w = words()
    if any(note.kind == "place_default" for note in result.plan.notes):
        places = [note.place for note in result.plan.notes if note.kind == "place_default" and note.place]
        told.append(w("how.place_default", place=listing([scene.place(code) for code in dict.fromkeys(places)])))
    standing = [note for note in result.plan.notes if note.kind == "standing" and note.period][:1]
    taken = [
        w("how.standing", name=scene.measure(n.indicator).name, period=scene.period(n.period))
        for n in standing
        if n.period
    ]
    return " ".join(sentence(text) for text in [*told[:2], *taken])


def how_part(plan: Plan, part: PartResult, scene: Scene) -> list[str]:
    """One or two sentences for one indicator."""
    figures = [figure for role in ROLES for figure in part.figures.get(role, ())]
    if not figures:
        return []
    w, measure, main = words(), scene.measure(part.indicator), part.figures.get("main", ()) or tuple(figures)
    indicator = measure.indicator
    first, last = stretch(main)
    period = scene.between(first, last)
    if indicator.ratio:
        over = scene.catalogue.indicator(indicator.ratio.numerator)
        under = scene.catalogue.indicator(indicator.ratio.denominator)
        scale = _scale(indicator.ratio.scale)
        names = dict.fromkeys((over.source, under.source))
        table = listing([w("how.table", name=name) for name in names])
        told = w("how.ratio", numerator=over.name, denominator=under.name, scale=scale, tables=table, period=period)
    else:
        kept = indicator.kept
        rule = "sum" if kept and indicator.adds.area == "sum" and _added(kept.place, main) else "read"
        time = indicator.adds.time if kept and _longer(kept.grain, main) else ""
        table = w("how.table", name=indicator.source)
        told = w(f"how.{rule}", name=measure.name, table=table, period=period)
        told += w(f"how.time_{time}") if time in ("sum", "last", "mean") else ""
    second = extra(plan, part)
    return [told, second] if second else [told]


def extra(plan: Plan, part: PartResult) -> str:
    """The arithmetic of the shape itself."""
    w, derived = words(), part.derived
    if derived.contributions:
        return w("how.why")
    if derived.progress:
        return w("how.progress")
    if derived.shares:
        return w("how.share")
    if derived.average:
        return w("how.average", count=derived.average.count)
    if derived.trend and plan.shape == "turning":
        return w("how.turning")
    if derived.trend and plan.shape == "trend":
        return w("how.trend")
    return w("how.change") if derived.changes or part.figures.get("base") else ""


def _scale(scale: float) -> str:
    """ " rồi nhân với 100"; empty for 1."""
    return "" if scale == 1 else words()("how.scale", scale=trimmed(scale, 4))


def _added(kept: str, figures: Sequence[Figure]) -> bool:
    """Whether figures of this kind of place are added up from finer ones, as far as the catalogue tells."""
    order = ["facility", "commune", "district", "province"]
    finest = kept.partition(":")[0]
    kinds = {figure.place_kind for figure in figures}
    if finest == "agency":
        return bool(kinds & {"district", "province"})
    return finest in order and any(kind in order and order.index(kind) > order.index(finest) for kind in kinds)


def _longer(kept: str, figures: Sequence[Figure]) -> bool:
    days = {"day": 1, "month": 31, "quarter": 92, "half": 184, "year": 366, "school_year": 366}
    return kept in days and any((f.period.end - f.period.start).days + 1 > days[kept] for f in figures)
