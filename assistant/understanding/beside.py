"""What the turns before spoke of, held against each other or meant by "ở đó": "hai nơi đó bên nào nhiều hơn?"."""

from __future__ import annotations

from assistant.types import Comparison, Found, Reading
from assistant.understanding import follow_up
from assistant.understanding.build import PLACE_FIELDS
from assistant.understanding.cues import Cue, Cues
from assistant.understanding.evidence import Evidence

PLAIN = {"comparison": None, "order": None, "limit": None, "threshold": None, "grouping": ()}
"""What figures held against each other have none of."""


def there(before: Reading, first: Found | None, text: str, cues: Cues) -> Reading:
    """The reading before, as one about the place that came ``first`` in its answer, where the words mean that place."""
    held = cues.find("both", text)
    spoken = [cue for cue in cues.find("there", text) if not any(e.start <= cue.start < e.end for e in held)]
    if first is None or not spoken:
        return before  # "hai nơi ấy" are both that were named
    return before.model_copy(update=PLAIN | _fields((first,)) | {"intent": "value"})


def both(reading: Reading, before: Reading, earlier: Reading | None, text: str, cues: Cues) -> Reading | None:
    """The reading that holds the last two spoken of against each other, where the words ask for that; else None.

    "Hai nơi đó" speaks of places, "hai tháng đó" and "chênh với tháng đó" of periods, "chênh nhau mấy" of whatever the two
    differ in. Both periods may be asked of another place or member: "riêng Phú Mỹ thì hai kỳ đó thế nào".
    """
    held = [cue.end for cue in cues.find("versus", text)]
    spoken = cues.find("both", text) or [
        cue for cue in cues.find("then", text) if any(0 <= cue.start - end <= 1 for end in held)
    ]
    spoken = [
        cue for cue in spoken if not any(found.start < cue.start < found.end for found in reading.periods)
    ]  # "quý hai chỗ đó thì sao" speaks of one place
    code = next((cue.code for cue in spoken if cue.code != "any"), "any")
    if spoken and code == "any" and (reading.places or reading.periods) and not (reading.dimensions or reading.order):
        return _told_elsewhere(reading, before, earlier)
    periods = reading.periods if code == "place" else ()  # "hai huyện ấy hồi 2022 mỗi nơi bao nhiêu?"
    again = follow_up.codes(reading.dimensions) <= follow_up.codes(before.dimensions)
    repeated = () if again else reading.dimensions  # "hai huyện đó mỗi nơi mấy tấn tiêu?" after pepper
    named = (*(found for found in reading.periods if not periods), *repeated)
    elsewhere = code == "time" and not reading.periods
    if not spoken or ((reading.places or any(not _within(found, spoken) for found in named)) and not elsewhere):
        return None
    members = reading.dimensions if elsewhere else ()
    told = reading.model_copy(
        update=PLAIN | {"periods": periods, "dimensions": members, "intent": "compare", "intent_score": 1.0}
    )
    places = before.places if earlier is None or len(before.places) == 2 else (*earlier.places, *before.places)
    alike = earlier is None or len(before.places) == 2 or _alike(before, earlier, "places")
    two = len(places) == len({found.code for found in places}) == 2
    if two and (code == "place" or (code == "any" and alike)):
        return told.model_copy(update=_fields(follow_up.inherited(places)))
    if code == "time" and len(before.periods) == 2 and before.intent == "change":
        ends = tuple(found.model_copy(update={"match": "context"}) for found in before.periods)
        if {found.role for found in ends} == {"subject", "base"}:  # "riêng Phú Mỹ hai kỳ đó mỗi kỳ mấy vụ?"
            against = Comparison(kind="period")
            return told.model_copy(update={"intent": "change", "periods": ends, "comparison": against})
    if earlier is None or code == "place":
        return None
    if _alike(before, earlier, "periods"):
        change = follow_up.together(told, before, earlier)
        return change.model_copy(update={"intent": "change"}) if len(change.periods) == 2 else None
    for field in ("dimensions", "indicators") if code == "any" else ():
        ends = tuple(
            found
            for this, other in ((earlier, before), (before, earlier))
            for found in getattr(this, field)
            if found.code not in {each.code for each in getattr(other, field)}
        )
        if len(ends) == 2 and _alike(before, earlier, field) and not follow_up.said(reading.indicators):
            return told.model_copy(update={field: follow_up.inherited(ends)})
    return None


def _told_elsewhere(reading: Reading, before: Reading, earlier: Reading | None) -> Reading | None:
    """Both figures of the last two readings, which differ in what they tell, of another place or time: "cả hai con số ấy của
    Châu Đức nữa"."""
    if earlier is None or follow_up.said(reading.indicators):
        return None
    own, other = (follow_up.codes(each.indicators) for each in (before, earlier))
    if own & other or not own or not other or not _alike(before, earlier, "indicators"):
        return None
    both = follow_up.inherited((*earlier.indicators, *before.indicators))
    intent = "compare" if len(reading.places) > 1 else "value"
    return reading.model_copy(update=PLAIN | {"indicators": both, "intent": intent, "intent_score": 1.0})


def _within(found: Found, cues: list[Cue]) -> bool:
    """Whether what was found is only a word of these cues: "hai bệnh viện đó" names no kind of facility."""
    return any(cue.start <= found.start < cue.end for cue in cues)


def _alike(before: Reading, earlier: Reading, aside: str) -> bool:
    """Whether two readings are about the same but for this part of them."""
    parts = ("indicators", "dimensions", "periods", "places")
    return all(
        {found.code for found in getattr(before, part)} == {found.code for found in getattr(earlier, part)}
        for part in parts
        if part != aside
    )


def than(reading: Reading, before: Reading, evidence: Evidence, text: str, cues: Cues) -> Reading:
    """One place that is more or less "than" the one before, or so many times it, as held against that; the reading as it is
    elsewhere. Words that only say so ("gấp mấy lần") name no indicator."""
    ends = [{found.code for found in each.places} for each in (reading, before)]
    spoken = cues.find("than", text)
    if any(len(each) != 1 for each in ends) or ends[0] == ends[1] or not spoken:
        return reading
    again = {found.code for found in before.indicators}
    named = [found for found in follow_up.said(reading.indicators) if not _within(found, spoken)]
    named = [found for found in named if found.code not in again]
    of_time = any(found.code.startswith(("period:", "dimension:")) for found in reading.grouping)
    held = evidence.versus is not None and evidence.versus.start > min(found.start for found in reading.places)
    if named or reading.periods or of_time or reading.threshold or held:
        return reading
    base = tuple(found.model_copy(update={"role": "base"}) for found in reading.places)
    return reading.model_copy(update=PLAIN | _fields(base) | {"indicators": (), "domains": ()})


def _fields(places: tuple[Found, ...]) -> dict[str, object]:
    return {field: tuple(found for found in places if found.kind == kind) for kind, field in PLACE_FIELDS.items()}
