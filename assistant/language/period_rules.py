"""The grammar of Vietnamese periods: one rule per way of saying one. Choosing among overlapping rules is ``periods.py``."""

from __future__ import annotations

from assistant.language import period_days as days
from assistant.language import period_makers as makers
from assistant.language import period_named as named
from assistant.language.period_words import (
    ANY_FIGURES,
    COUNT,
    DAY,
    DIGIT_BY_DIGIT,
    FIGURES,
    HERE,
    LAST,
    LATELY,
    LOOSE_MONTH,
    MONTH,
    NEAR,
    NEAR_FEAST,
    NEXT,
    OFTEN_SPELLED,
    QUARTER,
    RELATIVE_YEAR,
    SERIES_MONTHS,
    SERIES_QUARTERS,
    SHORT_YEAR,
    SPELLED,
    SPELLED_SHORT_YEAR,
    SURELY_SPELLED,
    TEENS,
    YEAR,
    compiled,
)

_IN_YEAR = (
    rf"(?:(?: của| trong)? năm (?P<year>{YEAR}|{SHORT_YEAR})|(?: của| trong)? (?P<figures>{FIGURES}|{SPELLED})"
    rf"|[/.-](?P<short>\d{{4}}|\d\d)|(?: của| trong)? (?P<ref>{RELATIVE_YEAR}))"
)
"""The year after a month or quarter: "năm 2024", "2024", "/2024", "năm ngoái"."""
_OF_YEAR = (
    rf"(?:(?: của| trong)? năm (?P<year>{YEAR}|{SHORT_YEAR})|(?: của| trong)? (?P<figures>{FIGURES})"
    rf"|(?: của| trong)? (?P<ref>{RELATIVE_YEAR})|(?: của| trong)? năm(?! (?:học|{DIGIT_BY_DIGIT})))"
)
"""The year after "6 tháng đầu", "cuối": as above, or just "năm"."""

_UPTO = r"(?:đến|tới|cho đến|cho tới)(?: hết| cuối)?"
_NOW = "(?:nay|bây giờ|giờ|hiện tại|hiện nay|thời điểm này)"
_MAYBE = rf"{_IN_YEAR}?"
_NEARBY = rf"(?:{_IN_YEAR}| (?P<near>{NEAR}))?"
"""The year of a month, quarter or day, or a word that tells which is meant."""
_SCHOOL_NAME = "(?:năm học|niên khóa|niên học|nh)"
_NO_COUNT = "(?! (?:trường|huyện|xã|phường|đơn|cơ|người|học|hồ|lớp|ca|sở|ngành|bệnh|tháng(?! (?:nào|mấy))|%))"
_NOT_LATELY = r"(?:đầu|cuối|trước|sau|tới|sắp|nữa|tiếp|học|qua|vừa|gần|trở|kể|nay|tuổi|liền|liên|\d)"
_STRETCH = "(?:giai đoạn|thời kỳ|nhiệm kỳ)"
_FEAST_YEAR = rf"(?:(?: năm)? (?P<year>{ANY_FIGURES})| (?P<ref>{RELATIVE_YEAR})| (?P<near>{NEAR}))?"
_TIME_UNIT = "(?P<unit>tháng|quý|năm học|năm|tuần|ngày)"

_STEM_AND_BRANCH = (
    "(?P<stem>giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý) "
    "(?P<branch>tý|tí|sửu|dần|mão|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi)"
)
_FROM_START = rf"(?:lũy kế |tính )?từ đầu (?:năm(?: (?P<began>{YEAR}))?|(?P<since>{RELATIVE_YEAR}))"
_SEMESTER = "(?:học kỳ|hk) ?(?P<semester>[12]|i{1,2}|một|hai|đầu|cuối)"
_OTHER_DAY = r"(?:sáng|trưa|chiều|tối|đêm)"

_SCHOOL_YEARS: tuple[tuple[str, makers.Maker], ...] = (
    (rf"{_SCHOOL_NAME} ?(?P<first>\d{{4}})[-/ ](?P<last>\d{{4}}|\d\d)", named.make_school_year),
    (rf"{_SCHOOL_NAME} ?(?P<first>\d\d)[-/](?P<last>\d\d)", named.make_school_year),
    (rf"{_SCHOOL_NAME} (?P<first>{YEAR})(?: (?:đến|tới))?(?: năm)? (?P<last>{YEAR})", named.make_school_year),
    (
        rf"{_SCHOOL_NAME} (?P<first>{SPELLED_SHORT_YEAR})(?: (?:đến|tới))? (?P<last>{SPELLED_SHORT_YEAR})",
        named.make_school_year,
    ),
    (rf"{_SCHOOL_NAME} (?P<first>{YEAR})", named.make_school_year),
    (rf"{_SCHOOL_NAME} (?P<near>{HERE}|{LAST}|{NEXT}|trước nữa)", named.make_school_year_nearby),
    (rf"{_SCHOOL_NAME} mới", named.make_new_school_year),
)
_MONTHS: tuple[tuple[str, makers.Maker], ...] = (
    (rf"tháng (?P<month>{MONTH}){_NEARBY}", makers.make_month),
    (rf"tháng {HERE}", makers.make_related("month", 0)),
    (rf"tháng {LAST}", makers.make_related("month", -1)),
)
_PARTS_OF_MONTH = (
    "(?P<half>nửa)(?: tháng)? (?P<edge>đầu|cuối|sau)",
    f"(?P<days>{DAY}) ngày (?P<edge>đầu|cuối)(?: tiên| cùng)?",
    "tuần (?P<edge>đầu|cuối)(?: tiên| cùng)?",
    "tuần(?: thứ)? (?P<nth>[1-5]|nhất|một|hai|ba|tư|bốn|năm)",
)

_SOURCES: tuple[tuple[str, makers.Maker], ...] = (
    # before what was spoken of
    (
        rf"(?:(?P<count>{COUNT}|một) )?(?P<unit>tháng|quý|năm học|năm) "
        r"(?:(?:ngay |liền |liền kề )trước(?: đó)?|trước đó)(?: (?P<more>nữa))?",
        makers.make_that_before,
    ),
    # school years and semesters
    *_SCHOOL_YEARS,
    (rf"(?:đầu|trong) {_SCHOOL_NAME}(?! (?:đó|ấy|trên|kia))", named.make_school_year_nearby),
    *((rf"tháng (?P<month>{MONTH})(?: của| trong)? {year}", named.month_of(make)) for year, make in _SCHOOL_YEARS),
    *((rf"{_SEMESTER}(?: của| trong)? {year}", named.semester_of(make)) for year, make in _SCHOOL_YEARS),
    (
        rf"{_SEMESTER}(?: của| trong)? (?P<first>\d{{4}})[-/](?P<last>\d{{4}}|\d\d)",
        named.semester_of(named.make_school_year),
    ),
    (_SEMESTER, named.make_semester),
    (rf"học kỳ (?P<near>{HERE}|{LAST}|{NEXT})", named.make_semester),
    # days
    (r"(?:ngày |hôm )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<short>\d{4})", days.make_day),
    (r"(?:ngày |hôm )?(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<short>\d\d)", days.make_day),
    (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", days.make_iso_day),
    (rf"(?:ngày |hôm )(?:mùng |mồng )?(?P<day>{DAY}) tháng (?P<month>{MONTH}){_NEARBY}", days.make_day),
    (rf"(?:mùng|mồng) (?P<day>{DAY}) tháng (?P<month>{MONTH}){_NEARBY}", days.make_day),
    (rf"(?P<day>{DAY}) tháng (?P<month>{LOOSE_MONTH}|năm) năm (?P<year>{YEAR})", days.make_loose_day),
    (rf"(?P<day>\d{{1,2}}|{TEENS}) tháng (?P<month>{LOOSE_MONTH}){_NEARBY}(?! tháng)", days.make_loose_day),
    (rf"(?:ngày|hôm) (?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}}){_NEARBY}", days.make_day),
    (rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}}){_NEARBY}", days.make_bare_day),
    (
        r"(?:ngày |(?P<loose>))(?P<first>\d{1,2})/(?P<first_month>\d{1,2}) ?- ?"
        r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<short>\d{4}))?",
        days.make_days_between,
    ),
    (
        r"(?:ngày |(?P<loose>))(?P<first>\d{1,2})-(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<short>\d{4}))?",
        days.make_days_of_month,
    ),
    (
        rf"ngày (?P<first>{DAY}) (?:đến|tới)(?: ngày)? (?P<day>{DAY})(?:/| tháng )(?P<month>{MONTH}){_MAYBE}",
        days.make_days_of_month,
    ),
    (
        rf"ngày (?:mùng |mồng )?(?P<day>{DAY}) tháng (?:(?P<here>{HERE})|(?P<last>{LAST}))",
        days.make_day_of_this_month,
    ),
    (r"ngày (?:mùng |mồng )?(?P<day>3[01]|[12]\d|0?[1-9])(?! tháng)", days.make_day_of_this_month),
    (rf"(?:ngày |{_OTHER_DAY} )?(?:hôm|bữa) nay|trong ngày hôm nay|{_OTHER_DAY} nay", days.make_days(0)),
    (rf"(?:ngày |{_OTHER_DAY} )?(?:hôm|bữa) qua|{_OTHER_DAY} qua", days.make_days(-1)),
    (rf"(?:ngày |{_OTHER_DAY} )?(?:hôm|bữa) kia", days.make_days(-2)),
    (r"(?:ngày )?hôm kìa", days.make_days(-3)),
    (rf"(?:ngày|{_OTHER_DAY}) mai", days.make_days(1)),
    (rf"tuần {HERE}", days.make_week(0)),
    (rf"tuần {LAST}", days.make_week(-1)),
    (r"tuần trước nữa", days.make_week(-2)),
    (rf"tuần {NEXT}", days.make_week(1)),
    (
        rf"tuần(?: thứ| số)? (?P<week>\d{{1,2}})(?! (?:lần|buổi|ngày|giờ|tiết|tháng|của tháng)){_NEARBY}",
        days.make_week_of_year,
    ),
    *(
        (rf"{part}(?: của| trong)? {month}", days.part_of_month(make))
        for part in _PARTS_OF_MONTH
        for month, make in _MONTHS
    ),
    # months
    (rf"(?:tháng|thg) (?P<month>{MONTH}){_NEARBY}", makers.make_month),
    (rf"t ?(?P<month>1[0-2]|0?[1-9])(?:{_IN_YEAR}| (?P<near>này|rồi|vừa rồi|vừa qua))?", makers.make_month),
    (r"(?P<month>1[0-2]|0?[1-9])[/-](?P<short>(?:19|20)\d\d)", makers.make_month),
    (r"(?P<short>(?:19|20)\d\d)-(?P<month>1[0-2]|0[1-9])", makers.make_month),
    (rf"tháng {HERE}", makers.make_related("month", 0)),
    (rf"tháng {LAST}", makers.make_related("month", -1)),
    (r"tháng trước nữa", makers.make_related("month", -2)),
    (r"quý trước nữa", makers.make_related("quarter", -2)),
    (r"(?P<unit>tháng|quý) (?:gần nhất|gần đây nhất|mới nhất)", makers.make_latest),
    (r"(?P<unit>năm học) (?:gần nhất|gần đây nhất|mới nhất)", makers.make_latest),
    (
        rf"(?P<unit>tháng|quý|tuần|ngày) này (?:(?P<ref>{RELATIVE_YEAR})|năm (?P<year>{YEAR}))",
        makers.make_here_in_another_year,
    ),
    (rf"tháng {NEXT}", makers.make_related("month", 1)),
    (rf"(?P<unit>tháng|quý) (?P<edge>đầu|cuối)(?: tiên| cùng)?{_OF_YEAR}", makers.make_edge),
    # several months or quarters, and a running total in short
    (rf"(?:{COUNT} )?(?P<unit>tháng) (?P<list>{SERIES_MONTHS}){_MAYBE}{_NO_COUNT}", makers.make_series),
    (rf"(?:{COUNT} )?(?P<unit>quý) (?P<list>{SERIES_QUARTERS}){_MAYBE}{_NO_COUNT}", makers.make_series),
    (rf"(?P<count>\d{{1,2}})(?P<unit>t)(?: đầu năm| đầu)?(?:{_IN_YEAR})?", makers.make_bare_running),
    (r"(?P<count>\d{1,2})(?P<unit>t)(?P<short>\d{4})", makers.make_running),
    (
        rf"(?P<count>{COUNT}) (?P<unit>tháng)"
        r"(?! (?:tuổi|tháng|mỗi|một|liên|liền|trở|sau|nữa|nào|lương|lần|(?:[12]?\d|3[01]|(?:19|20)\d\d)\b))",
        makers.make_bare_running,
    ),
    # quarters
    (rf"(?:quý|qui|q) ?(?P<quarter>{QUARTER}){_NEARBY}", makers.make_quarter),
    (r"(?P<short>(?:19|20)\d\d)[ -]?q(?P<quarter>[1-4])", makers.make_quarter),
    (rf"quý {HERE}", makers.make_related("quarter", 0)),
    (rf"quý {LAST}", makers.make_related("quarter", -1)),
    (rf"quý {NEXT}", makers.make_related("quarter", 1)),
    # running totals and halves
    (rf"(?:lũy kế )?(?P<count>{COUNT}|1|một) (?P<unit>tháng|quý) đầu(?: tiên)?(?:{_OF_YEAR})?", makers.make_running),
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
    (rf"{_FROM_START} {_UPTO} (?:tháng |t)(?P<month>{MONTH}){_MAYBE}", makers.make_running_to),
    (rf"{_FROM_START} {_UPTO} quý (?P<quarter>{QUARTER}){_MAYBE}", makers.make_running_to),
    (rf"{_FROM_START} {_UPTO}(?: ngày)? (?P<day>{DAY})(?:/| tháng )(?P<month>{MONTH}){_MAYBE}", makers.make_running_to),
    (rf"tính {_UPTO} (?:tháng |t)(?P<month>{MONTH}){_MAYBE}", makers.make_running_to),
    (rf"tính {_UPTO} quý (?P<quarter>{QUARTER}){_MAYBE}", makers.make_running_to),
    (
        rf"(?:lũy kế |tính |kể )?từ đầu(?: năm (?P<year>{YEAR})| (?P<ref>{RELATIVE_YEAR})| năm(?! học))"
        rf"(?: (?:đến|tới|cho đến|cho tới) {_NOW}| trở lại đây)?",
        makers.make_to_date,
    ),
    (
        rf"đầu(?: năm (?P<year>{YEAR})| (?P<ref>{RELATIVE_YEAR})| năm) (?:đến|tới|cho đến|cho tới) {_NOW}",
        makers.make_to_date,
    ),
    (rf"lũy kế (?:đến|tới|cho đến|cho tới) {_NOW}", makers.make_to_date),
    (
        rf"(?:tính |kể )?từ đầu (?P<unit>tháng|quý|năm học|tuần)(?! \d)"
        rf"(?: (?:này|nay))?(?: (?:đến|tới|cho đến|cho tới) {_NOW})?",
        makers.make_current_stretch,
    ),
    (
        rf"đầu (?P<unit>tháng|quý|năm học|tuần)(?: (?:này|nay))? (?:đến|tới|cho đến|cho tới) {_NOW}",
        makers.make_current_stretch,
    ),
    (rf"(?P<count>{COUNT}) (?P<unit>tháng|quý) cuối{_OF_YEAR}", makers.make_closing),
    (rf"nửa(?: năm)? (?P<edge>đầu|cuối|sau)(?! tháng)(?:{_OF_YEAR})?", makers.make_half),
    (rf"nửa năm {LATELY}", makers.make_half_year_lately),
    (rf"nửa năm (?P<edge>đầu|cuối|sau){_MAYBE}", makers.make_half),
    # trailing and coming stretches
    (
        rf"(?:trong )?(?:vòng )?(?P<count>{COUNT}|một) {_TIME_UNIT}(?: liền| liên tiếp| liên tục)? (?P<lately>{LATELY})",
        makers.make_lately,
    ),
    (rf"(?:trong )?(?P<count>{COUNT}) (?P<unit>tháng|quý) (?P<lately>này)", makers.make_lately),
    (rf"(?P<count>{COUNT}) {_TIME_UNIT} (?:tới|sắp tới|tiếp theo)", makers.make_coming),
    (rf"(?:trong|suốt)(?: vòng)? (?P<count>{COUNT}) (?P<unit>năm học|năm|quý)(?! {_NOT_LATELY})", makers.make_lately),
    (rf"trong vòng (?P<count>{COUNT}) (?P<unit>tháng)(?! {_NOT_LATELY})", makers.make_lately),
    (rf"(?P<count>{COUNT}) {_TIME_UNIT} (?:về )?trước(?! khi| năm| thời)(?: đây)?", makers.make_ago),
    (rf"cách (?:đây|nay)(?: hơn| gần| khoảng)? (?P<count>{COUNT}) {_TIME_UNIT}", makers.make_ago),
    (rf"(?:những|các|mấy|vài|nhiều) (?P<unit>năm học|năm|quý|tháng|tuần|ngày|hôm) {LATELY}", makers.make_some_lately),
    (
        r"(?:những năm|thập niên|thập kỷ) (?P<decade>(?:19|20)\d0|[5-9]0)(?! (?:đến|tới|và|sang|\d{4}))",
        makers.make_decade,
    ),
    (rf"năm {_STEM_AND_BRANCH}", named.make_cycle_year),
    # years
    (rf"năm (?P<year>{YEAR}|{SHORT_YEAR})(?: vừa rồi| vừa qua)?", makers.make_whole_year),
    (rf"(?P<ref>{RELATIVE_YEAR})(?! học)", makers.make_whole_year),
    (
        rf"(?P<stretch>{_STRETCH} (?:{COUNT} )?(?:năm )?|{COUNT} năm )?(?:các )?(?:năm )?"
        rf"(?P<first>{FIGURES})-(?P<last>{FIGURES}|\d\d)",
        makers.make_two_years,
    ),
    (
        rf"(?P<stretch>{_STRETCH} )(?:từ )?(?:năm )?(?P<first>{SPELLED})"
        rf"(?: (?:đến|tới))?(?: năm)? (?P<last>{SPELLED})",
        makers.make_two_years,
    ),
    (
        rf"(?P<stretch>{_STRETCH} )(?:năm )?(?P<first>{ANY_FIGURES})-(?P<last>{ANY_FIGURES})",
        makers.make_two_years,
    ),
    (rf"(?P<first>{FIGURES})/(?P<last>{FIGURES})", named.make_school_year),
    (rf"(?P<figures>{FIGURES})", makers.make_bare_year),
    (rf"(?P<figures>{DIGIT_BY_DIGIT}|{SURELY_SPELLED})", makers.make_bare_year),
    (rf"(?:(?<=hồi )|(?<=dạo ))(?P<year>{OFTEN_SPELLED})", makers.make_whole_year),
    (rf"(?:tháng )?đầu{_OF_YEAR}", makers.make_edge_of_year(1)),
    (
        r"(?P<edge>đầu|giữa|cuối) quý(?! (?:\d|i|một|hai|ba|tư|bốn|này|nay|trước|sau|tới|rồi|vừa|mới|qua|đến|giáp))",
        makers.make_edge_of_quarter,
    ),
    (rf"giữa{_OF_YEAR}(?! (?:và|với|đến))", makers.make_edge_of_year(6)),
    (rf"(?:tháng )?cuối{_OF_YEAR}", makers.make_edge_of_year(12)),
    (
        rf"(?P<side>trước|cận|giáp|sát|sau|ra) tết(?: nguyên đán| âm lịch| ta)?(?! (?:dương|tây|trung|độc)){_FEAST_YEAR}",
        named.make_around_new_year,
    ),
    (
        rf"(?<!gần )(?<!sắp )(?:dịp |tháng |đợt )?tết(?: nguyên đán| âm lịch| ta)?(?! (?:dương|tây|trung|độc|{NEAR_FEAST}))"
        rf"{_FEAST_YEAR}",
        named.make_new_year,
    ),
    (
        rf"(?:dịp |đợt )?tết(?: nguyên đán)?(?: năm)? {_STEM_AND_BRANCH}(?:(?: năm)? {ANY_FIGURES})?",
        named.make_new_year,
    ),
    (
        rf"(?:dịp |đợt )?tết (?:dương lịch|tây){_FEAST_YEAR}",
        named.make_first_of_january,
    ),
    (rf"(?:mùa|kỳ nghỉ|nghỉ|dịp|đợt|(?:(?:{COUNT}|các|mấy) )?tháng) hè(?! thu){_NEARBY}", named.make_summer),
    (rf"hè(?:{_IN_YEAR}| (?P<near>{NEAR}))", named.make_summer),
    (r"hè(?! (?:thu|phố))", named.make_summer),
    # what only the reader can resolve
    (
        rf"cùng (?:kỳ|thời điểm|thời gian|giai đoạn)(?: của)?(?: (?P<before>(?:tháng|quý|kỳ) trước)"
        rf"|(?: các| {COUNT} (?:tháng|quý)(?: đầu)?)?{_IN_YEAR})?",
        makers.make_same_period,
    ),
    (rf"cùng (?:tháng|quý|tuần|ngày)(?: của)?{_IN_YEAR}", makers.make_same_period),
    (rf"(?P<ref>{RELATIVE_YEAR}),? cùng kỳ", makers.make_same_period),
    (r"(?<!nhiệm )(?<!nhiem )kỳ (?:trước|liền trước|vừa qua|rồi)", makers.make_previous),
)

RULES = tuple((compiled(pattern), make) for pattern, make in _SOURCES)
"""In order of preference where two rules match the same words."""
