"""The grammar of Vietnamese periods: one rule per way of saying one. Choosing among overlapping rules is ``periods.py``."""

from __future__ import annotations

from assistant.language import period_makers as makers
from assistant.language.period_words import (
    ANY_FIGURES,
    COUNT,
    DAY,
    DIGIT_BY_DIGIT,
    FIGURES,
    HERE,
    LAST,
    LATELY,
    MONTH,
    NEXT,
    QUARTER,
    RELATIVE_YEAR,
    SHORT_YEAR,
    SPELLED,
    YEAR,
    compiled,
)

_IN_YEAR = (
    rf"(?:(?: của| trong)? năm (?P<year>{YEAR}|{SHORT_YEAR})|(?: của| trong)? (?P<figures>{FIGURES}|{SPELLED})"
    rf"|[/-](?P<short>\d{{4}}|\d\d)|(?: của| trong)? (?P<ref>{RELATIVE_YEAR}))"
)
"""The year after a month or quarter: "năm 2024", "2024", "/2024", "năm ngoái"."""
_OF_YEAR = (
    rf"(?:(?: của| trong)? năm (?P<year>{YEAR}|{SHORT_YEAR})|(?: của| trong)? (?P<figures>{FIGURES})"
    rf"|(?: của| trong)? (?P<ref>{RELATIVE_YEAR})|(?: của| trong)? năm(?! (?:học|{DIGIT_BY_DIGIT})))"
)
"""The year after "6 tháng đầu", "cuối": as above, or just "năm"."""

_UPTO = r"(?:đến|tới|cho đến|cho tới)(?: hết| cuối)?"
_MAYBE = rf"{_IN_YEAR}?"
_SCHOOL_NAME = "(?:năm học|niên khóa|niên học)"
_Q = "(?:[1-4]|i{1,3}|iv)"
_NO_COUNT = "(?! (?:trường|huyện|xã|phường|đơn|cơ|người|học|hồ|lớp|ca|sở|ngành|bệnh|tháng|%))"
_TIME_UNIT = "(?P<unit>tháng|quý|năm học|năm|tuần|ngày)"

_SOURCES: tuple[tuple[str, makers.Maker], ...] = (
    # school years
    (rf"{_SCHOOL_NAME} (?P<first>\d{{4}})[-/ ](?P<last>\d{{4}}|\d\d)", makers.make_school_year),
    (rf"{_SCHOOL_NAME} (?P<first>\d\d)[-/](?P<last>\d\d)", makers.make_school_year),
    (rf"{_SCHOOL_NAME} (?P<first>{YEAR})(?: (?:đến|tới))?(?: năm)? (?P<last>{YEAR})", makers.make_school_year),
    (rf"{_SCHOOL_NAME} (?P<first>{YEAR})", makers.make_school_year),
    (rf"{_SCHOOL_NAME} {HERE}", makers.make_related("school_year", 0)),
    (rf"{_SCHOOL_NAME} {LAST}", makers.make_related("school_year", -1)),
    (rf"{_SCHOOL_NAME} {NEXT}", makers.make_related("school_year", 1)),
    (rf"{_SCHOOL_NAME} mới", makers.make_new_school_year),
    (
        rf"tháng (?P<month>{MONTH})(?: của| trong)? {_SCHOOL_NAME} (?P<first>\d{{4}})[-/]\d{{4}}",
        makers.make_month_of_school_year,
    ),
    # days
    (r"(?:ngày |hôm )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<short>\d{4})", makers.make_day),
    (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", makers.make_iso_day),
    (rf"(?:ngày |hôm )(?:mùng |mồng )?(?P<day>{DAY}) tháng (?P<month>{MONTH}){_MAYBE}", makers.make_day),
    (rf"(?:mùng|mồng) (?P<day>{DAY}) tháng (?P<month>{MONTH}){_MAYBE}", makers.make_day),
    (rf"(?P<day>{DAY}) tháng (?P<month>{MONTH}) năm (?P<year>{YEAR})", makers.make_day),
    (rf"(?:ngày|hôm) (?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})(?: năm (?P<year>{YEAR}))?", makers.make_day),
    (
        rf"ngày (?:mùng |mồng )?(?P<day>{DAY}) tháng (?:(?P<here>{HERE})|(?P<last>{LAST}))",
        makers.make_day_of_this_month,
    ),
    (r"ngày (?:mùng |mồng )?(?P<day>3[01]|[12]\d|0?[1-9])(?! tháng)", makers.make_day_of_this_month),
    (r"(?:ngày )?hôm nay|trong ngày hôm nay", makers.make_days(0)),
    (r"(?:ngày )?hôm qua", makers.make_days(-1)),
    (r"(?:ngày )?hôm kia", makers.make_days(-2)),
    (r"ngày mai", makers.make_days(1)),
    (rf"tuần {HERE}", makers.make_week(0)),
    (rf"tuần {LAST}", makers.make_week(-1)),
    (rf"tuần {NEXT}", makers.make_week(1)),
    # months
    (rf"(?:tháng|thg) (?P<month>{MONTH}){_MAYBE}", makers.make_month),
    (rf"t(?P<month>1[0-2]|0?[1-9]){_MAYBE}", makers.make_month),
    (r"(?P<month>1[0-2]|0?[1-9])[/-](?P<short>(?:19|20)\d\d)", makers.make_month),
    (r"(?P<short>(?:19|20)\d\d)-(?P<month>1[0-2]|0[1-9])", makers.make_month),
    (rf"tháng {HERE}", makers.make_related("month", 0)),
    (rf"tháng {LAST}", makers.make_related("month", -1)),
    (r"tháng trước nữa", makers.make_related("month", -2)),
    (rf"tháng {NEXT}", makers.make_related("month", 1)),
    (rf"(?P<unit>tháng|quý) (?P<edge>đầu|cuối){_OF_YEAR}", makers.make_edge),
    # several months or quarters, and a running total in short
    (rf"(?P<unit>tháng) (?P<list>\d{{1,2}}-\d{{1,2}}){_MAYBE}", makers.make_series),
    (
        rf"(?P<unit>tháng) (?P<list>\d{{1,2}}(?: \d{{1,2}})*(?: (?:và|với|hoặc|hay))? \d{{1,2}}){_MAYBE}{_NO_COUNT}",
        makers.make_series,
    ),
    (rf"(?P<unit>quý) (?P<list>(?:[1-4]|i{{1,3}}|iv)-(?:[1-4]|i{{1,3}}|iv)){_MAYBE}", makers.make_series),
    (rf"(?P<unit>quý) (?P<list>{_Q}(?: {_Q})*(?: (?:và|với|hoặc|hay))? {_Q}){_MAYBE}{_NO_COUNT}", makers.make_series),
    (
        rf"(?P<count>{COUNT}) (?P<unit>tháng)(?! (?:tuổi|tháng|mỗi|một|liên|liền|trở|sau|nữa|nào|lương|\d))",
        makers.make_bare_running,
    ),
    # quarters
    (rf"(?:quý|qui|q\.?) ?(?P<quarter>{QUARTER}){_MAYBE}", makers.make_quarter),
    (r"(?P<short>(?:19|20)\d\d)-?q(?P<quarter>[1-4])", makers.make_quarter),
    (rf"quý {HERE}", makers.make_related("quarter", 0)),
    (rf"quý {LAST}", makers.make_related("quarter", -1)),
    (rf"quý {NEXT}", makers.make_related("quarter", 1)),
    # running totals and halves
    (rf"(?:lũy kế )?(?P<count>{COUNT}|1|một) (?P<unit>tháng|quý) đầu{_OF_YEAR}", makers.make_running),
    (rf"(?:lũy kế )?(?P<count>{COUNT}) (?P<unit>tháng|quý){_IN_YEAR}", makers.make_running),
    (rf"(?:lũy kế|cộng dồn) (?P<count>{COUNT}) (?P<unit>tháng|quý)(?: đầu năm)?{_MAYBE}", makers.make_running),
    (
        rf"(?:lũy kế|cộng dồn)(?: tính)?(?: từ đầu năm| từ tháng (?:1|một|giêng))?(?: {_UPTO})? tháng (?P<month>{MONTH}){_MAYBE}",
        makers.make_running_to,
    ),
    (
        rf"(?:lũy kế|cộng dồn)(?: tính)?(?: từ đầu năm)?(?: {_UPTO})? quý (?P<quarter>{QUARTER}){_MAYBE}",
        makers.make_running_to,
    ),
    (rf"(?:tính )?từ đầu năm {_UPTO} tháng (?P<month>{MONTH}){_MAYBE}", makers.make_running_to),
    (rf"(?:tính )?từ đầu năm {_UPTO} quý (?P<quarter>{QUARTER}){_MAYBE}", makers.make_running_to),
    (rf"tính {_UPTO} tháng (?P<month>{MONTH}){_MAYBE}", makers.make_running_to),
    (rf"tính {_UPTO} quý (?P<quarter>{QUARTER}){_MAYBE}", makers.make_running_to),
    (
        rf"(?:lũy kế |tính |kể )?từ đầu(?: năm (?P<year>{YEAR})| (?P<ref>{RELATIVE_YEAR})| năm(?! học))"
        r"(?: (?:đến|tới|cho đến) (?:nay|bây giờ|giờ|hiện tại|hiện nay|thời điểm này)| trở lại đây)?",
        makers.make_to_date,
    ),
    (r"lũy kế (?:đến|tới|cho đến) (?:nay|bây giờ|giờ|hiện tại|hiện nay|thời điểm này)", makers.make_to_date),
    (
        r"(?:tính |kể )?từ đầu (?P<unit>tháng|quý|năm học)(?! \d)"
        r"(?: (?:này|nay))?(?: (?:đến|tới|cho đến) (?:nay|bây giờ|giờ|hiện tại))?",
        makers.make_current_stretch,
    ),
    (rf"(?P<count>{COUNT}) (?P<unit>tháng|quý) cuối{_OF_YEAR}", makers.make_closing),
    (rf"nửa(?: năm)? (?P<edge>đầu|cuối|sau)(?:{_OF_YEAR})?", makers.make_half),
    (rf"nửa năm (?P<edge>đầu|cuối|sau){_MAYBE}", makers.make_half),
    # trailing and coming stretches
    (
        rf"(?:trong )?(?:vòng )?(?P<count>{COUNT}|một) {_TIME_UNIT}(?: liền| liên tiếp| liên tục)? {LATELY}",
        makers.make_lately,
    ),
    (rf"(?P<count>{COUNT}) {_TIME_UNIT} (?:tới|sắp tới|tiếp theo)", makers.make_coming),
    (rf"(?P<count>{COUNT}) {_TIME_UNIT} trước(?: đây)?", makers.make_ago),
    (rf"cách đây (?P<count>{COUNT}) {_TIME_UNIT}", makers.make_ago),
    (rf"(?:những|các|mấy|vài|nhiều) (?P<unit>năm học|năm|tháng) {LATELY}", makers.make_some_lately),
    # years
    (rf"năm (?P<year>{YEAR}|{SHORT_YEAR})", makers.make_whole_year),
    (rf"(?P<ref>{RELATIVE_YEAR})(?! học)", makers.make_whole_year),
    (
        rf"(?P<stretch>(?:giai đoạn|thời kỳ|nhiệm kỳ) (?:năm )?)?(?:các )?(?:năm )?(?P<first>{FIGURES})-(?P<last>{FIGURES}|\d\d)",
        makers.make_two_years,
    ),
    (
        rf"(?P<stretch>(?:giai đoạn|thời kỳ|nhiệm kỳ) )(?:từ )?(?:năm )?(?P<first>{SPELLED})"
        rf"(?: (?:đến|tới))?(?: năm)? (?P<last>{SPELLED})",
        makers.make_two_years,
    ),
    (
        rf"(?P<stretch>(?:giai đoạn|thời kỳ|nhiệm kỳ) )(?:năm )?(?P<first>{ANY_FIGURES})-(?P<last>{ANY_FIGURES})",
        makers.make_two_years,
    ),
    (rf"(?P<figures>{FIGURES})", makers.make_bare_year),
    (rf"(?P<figures>{DIGIT_BY_DIGIT})", makers.make_bare_year),
    (rf"(?:tháng )?đầu{_OF_YEAR}", makers.make_edge_of_year(1)),
    (rf"giữa{_OF_YEAR}(?! (?:và|với|đến))", makers.make_edge_of_year(6)),
    (rf"(?:tháng )?cuối{_OF_YEAR}", makers.make_edge_of_year(12)),
    (
        rf"(?:dịp |tháng |đợt )?tết(?: nguyên đán| âm lịch| ta)?(?! (?:dương|trung|độc))"
        rf"(?:(?: năm)? (?P<year>{ANY_FIGURES})| (?P<ref>{RELATIVE_YEAR}))?",
        makers.make_new_year,
    ),
    # what only the reader can resolve
    (
        rf"cùng (?:kỳ|thời điểm|thời gian|giai đoạn)(?: của)?(?: (?P<before>(?:tháng|quý|kỳ) trước)|{_IN_YEAR})?",
        makers.make_same_period,
    ),
    (r"kỳ (?:trước|liền trước|vừa qua|rồi)", makers.make_previous),
)

RULES = tuple((compiled(pattern), make) for pattern, make in _SOURCES)
"""In order of preference where two rules match the same words."""
