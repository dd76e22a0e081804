"""One figure, or one held against another: result → the sentences an official reads."""

from __future__ import annotations

import pytest

from assistant.query import derive
from assistant.query.derive import Derived
from assistant.query.plan import Note, PartResult, Result
from assistant.types import Comparison, Figure, Status
from tests.answer.stage import changes, figure, missing, part, period, places, refusal, result, series, told

f = figure
PREVIOUS = Comparison(kind="previous_period")
FALL = Comparison(kind="previous_period", direction="down")
SPAN = Comparison(kind="period")


def value(main: Figure, base: Figure | None = None, *notes: Note) -> Result:
    return result("value", part([main], [base] if base else []), notes=notes)


def change(main: Figure, base: Figure, comparison: Comparison = PREVIOUS) -> Result:
    return result("change", part([main], [base], derived=changes([main], [base])), comparison=comparison)


def progress(actual: float, target: float, code: str = "revenue", when: str = "2026-01..2026-10") -> Result:
    main, plan = f(code, actual, when), f(code, target, "2026", kind="plan")
    derived = Derived(progress=(derive.progress(main, plan),))
    return result("progress", part([main], plan=[plan], derived=derived))


def planned(target: Figure, done: Figure | None = None) -> Result:
    derived = Derived(progress=(derive.progress(done, target),) if done else ())
    return result("planned", part([target], done=[done] if done else [], derived=derived))


def share(piece: Figure, whole: Figure) -> Result:
    return result("share", part([piece], whole=[whole], derived=Derived(shares=(derive.share(piece, whole),))))


def trend(values: dict[str, float], code: str = "late", place: str = "750") -> Result:
    main = series(code, values, place)
    return result("trend", part(main, derived=Derived(trend=derive.trend(main))), group="period:month", in_place=place)


def average(main: tuple[Figure, ...], group: str) -> Result:
    return result("average", part(main, derived=Derived(average=derive.average(main))), group=group)


MONTHS = {"2026-01": 100.0, "2026-02": 90, "2026-03": 110, "2026-04": 120}
BRVT = "tỉnh Bà Rịa - Vũng Tàu"

VALUES = [
    (
        value(f("doctors", 530, "2015"), f("doctors", 518, "2014")),
        f"Năm 2015, {BRVT} có 530 bác sĩ, tăng 12 người (2,3 %) so với năm 2014.",
    ),
    (
        value(f("doctors", 510, "2015"), f("doctors", 518, "2014")),
        f"Năm 2015, {BRVT} có 510 bác sĩ, giảm 8 người (1,5 %) so với năm 2014.",
    ),
    (
        value(f("doctors", 518, "2015"), f("doctors", 518, "2014")),
        f"Năm 2015, {BRVT} có 518 bác sĩ, không đổi so với năm 2014.",
    ),
    (value(f("doctors", 1, "2015", "755")), "Năm 2015, huyện Côn Đảo có 1 bác sĩ."),
    (value(f("doctors", 0, "2015", "755")), "Năm 2015, huyện Côn Đảo không có bác sĩ nào."),
    (
        value(f("late", 0, "2026-10", "755"), f("late", 3, "2026-09", "755")),
        "Tháng 10 năm 2026, huyện Côn Đảo không có hồ sơ giải quyết trễ hạn nào, giảm 3 hồ sơ so với tháng 9 năm 2026.",
    ),
    (
        value(f("late", 3, "2026-10", "755"), f("late", 0, "2026-09", "755")),
        "Tháng 10 năm 2026, huyện Côn Đảo có 3 hồ sơ giải quyết trễ hạn, tăng 3 hồ sơ so với tháng 9 năm 2026.",
    ),
    (value(f("received", 312, "2026-10", "750")), "Tháng 10 năm 2026, huyện Châu Đức tiếp nhận 312 hồ sơ."),
    (
        value(f("received", 312, "2026-10", "agy-750")),
        "Tháng 10 năm 2026, UBND huyện Châu Đức tiếp nhận 312 hồ sơ.",
    ),
    (value(f("resolved", 0, "2026-10", "755")), "Tháng 10 năm 2026, huyện Côn Đảo đã giải quyết 0 hồ sơ."),
    (
        value(f("dengue", 412, "2026-09", "747")),
        "Tháng 9 năm 2026, thành phố Vũng Tàu ghi nhận 412 ca mắc sốt xuất huyết.",
    ),
    (
        value(f("dengue", 0, "2026-09", "755")),
        "Tháng 9 năm 2026, huyện Côn Đảo không ghi nhận ca mắc sốt xuất huyết nào.",
    ),
    (value(f("visits", 12345, "2026-Q3", "747")), "Quý III năm 2026, thành phố Vũng Tàu có 12.345 lượt khám bệnh."),
    (
        value(f("on_time_rate", 94.23, "2026-10", "750"), f("on_time_rate", 93.1, "2026-09", "750")),
        "Tháng 10 năm 2026, tỷ lệ hồ sơ giải quyết đúng hạn của huyện Châu Đức đạt 94,2 %, "
        "tăng 1,1 điểm phần trăm so với tháng 9 năm 2026.",
    ),
    (
        value(f("poor_rate", 1.25, "2024"), f("poor_rate", 1.5, "2023")),
        f"Năm 2024, tỷ lệ hộ nghèo của {BRVT} là 1,25 %, giảm 0,25 điểm phần trăm so với năm 2023.",
    ),
    (
        value(f("revenue", 85210.5, "2026-01..2026-10")),
        f"10 tháng đầu năm 2026, thu ngân sách nhà nước trên địa bàn {BRVT} đạt 85.210,5 tỷ đồng.",
    ),
    (
        value(f("investment", 1_245_300_000_000, "2026-10")),
        f"Tháng 10 năm 2026, vốn đầu tư công đã giải ngân của {BRVT} là 1.245,3 tỷ đồng.",
    ),
    (
        value(f("investment", 1_245_320_000_000, "2026-10")),
        f"Tháng 10 năm 2026, vốn đầu tư công đã giải ngân của {BRVT} là khoảng 1.245,3 tỷ đồng.",
    ),
    (
        value(f("grdp", 412345, "2024", preliminary=True), f("grdp", 400000, "2023")),
        f"Năm 2024, tổng sản phẩm trên địa bàn {BRVT} (GRDP) đạt 412.345 tỷ đồng (sơ bộ), "
        "tăng 12.345 tỷ đồng (3,1 %) so với năm 2023.",
    ),
    (value(f("people", 998.54, "2009")), f"Năm 2009, dân số trung bình của {BRVT} là 998,5 nghìn người."),
    (value(f("workers", 601.2, "2015")), f"Năm 2015, {BRVT} có 601,2 nghìn lao động có việc làm."),
    (value(f("road", 210, "2015")), f"Năm 2015, chiều dài đường tỉnh của {BRVT} là 210 km."),
    (
        value(f("beds", 28.5, "2015"), f("beds", 28.48, "2014")),
        f"Năm 2015, số giường bệnh bình quân một vạn dân của {BRVT} là 28,5 giường, gần như không đổi so với năm 2014.",
    ),
    (
        value(f("pupils", 12345, "2024/2025", "750", sex="female", level="primary")),
        "Năm học 2024-2025, huyện Châu Đức có 12.345 học sinh tiểu học nữ.",
    ),
    (
        value(f("pupils", 25300, "2024/2025", "750", sex="male")),
        "Năm học 2024-2025, huyện Châu Đức có 25.300 học sinh phổ thông nam.",
    ),
    (
        value(f("pupils", 1500, "2024/2025", "sch-1")),
        "Năm học 2024-2025, Trường THPT Nguyễn Huệ có 1.500 học sinh phổ thông.",
    ),
    (
        value(f("received", 312, "2026-10", "750"), None, Note(kind="period_default", period=period("2026-10"))),
        "Tháng 10 năm 2026, huyện Châu Đức tiếp nhận 312 hồ sơ. Số liệu mới nhất hiện có là tháng 10 năm 2026.",
    ),
    (
        value(f("received", 3120, "2026-01..2026-10"), None, Note(kind="partial", period=period("2026-01..2026-10"))),
        f"10 tháng đầu năm 2026, {BRVT} tiếp nhận 3.120 hồ sơ. "
        "Kỳ này chưa kết thúc, số liệu mới có đến tháng 10 năm 2026.",
    ),
    (
        result("value", part(places("doctors", "2024", {"750": 120, "751": 98}))),
        "Năm 2024, huyện Châu Đức có 120 bác sĩ; huyện Xuyên Mộc có 98 bác sĩ.",
    ),
    (
        result("value", part(places("on_time_rate", "2026-10", {"750": 92.5, "751": 97}))),
        "Tháng 10 năm 2026, tỷ lệ hồ sơ giải quyết đúng hạn: huyện Châu Đức là 92,5 %; huyện Xuyên Mộc là 97 %.",
    ),
    (
        result("value", part(series("doctors", {"2013": 500, "2014": 518}))),
        f"Số bác sĩ của {BRVT}: năm 2013 là 500 bác sĩ và năm 2014 là 518 bác sĩ.",
    ),
    (
        result("value", part([f("doctors", 120, "2024", "750")], missing=[missing("doctors", "755", "2024")])),
        "Năm 2024, huyện Châu Đức có 120 bác sĩ. Chưa có số liệu của huyện Côn Đảo.",
    ),
]

PLANNED = [
    (
        planned(f("revenue", 90000, "2026", kind="plan"), f("revenue", 72000, "2026-01..2026-10")),
        f"Kế hoạch năm 2026 của {BRVT} về thu ngân sách nhà nước trên địa bàn là 90.000 tỷ đồng; "
        "10 tháng đầu năm 2026 đã thực hiện 72.000 tỷ đồng, bằng 80 % kế hoạch.",
    ),
    (
        planned(f("doctors", 560, "2025", "750", kind="plan"), f("doctors", 530, "2025", "750")),
        "Kế hoạch năm 2025 của huyện Châu Đức về số bác sĩ là 560 bác sĩ; thực tế là 530 bác sĩ, bằng 94,6 % kế hoạch.",
    ),
    (
        planned(f("on_time_rate", 95, "2026", kind="plan"), f("on_time_rate", 92.5, "2026-01..2026-10")),
        f"Kế hoạch năm 2026 của {BRVT} về tỷ lệ hồ sơ giải quyết đúng hạn là 95 %; "
        "10 tháng đầu năm 2026 đạt 92,5 %, thấp hơn 2,5 điểm phần trăm so với kế hoạch.",
    ),
    (
        planned(f("doctors", 560, "2026", kind="plan")),
        f"Kế hoạch năm 2026 của {BRVT} về số bác sĩ là 560 bác sĩ; hiện chưa có số liệu thực hiện năm 2026.",
    ),
    (
        result("planned", part([f("revenue", 900, "2026", place, kind="plan") for place in ("750", "751")])),
        "Kế hoạch năm 2026 về thu ngân sách nhà nước trên địa bàn: huyện Châu Đức là 900 tỷ đồng và "
        "huyện Xuyên Mộc là 900 tỷ đồng.",
    ),
]

CHANGES = [
    (
        change(f("classes", 1300, "2015"), f("classes", 1180, "2010"), SPAN),
        f"Từ năm 2010 đến năm 2015, số lớp mẫu giáo của {BRVT} tăng 120 lớp (10,2 %), từ 1.180 lớp lên 1.300 lớp.",
    ),
    (
        change(f("classes", 1100, "2015"), f("classes", 1180, "2010"), SPAN),
        f"Từ năm 2010 đến năm 2015, số lớp mẫu giáo của {BRVT} giảm 80 lớp (6,8 %), từ 1.180 lớp xuống 1.100 lớp.",
    ),
    (
        change(f("classes", 1180, "2015"), f("classes", 1180, "2010"), SPAN),
        f"Từ năm 2010 đến năm 2015, số lớp mẫu giáo của {BRVT} không đổi, vẫn là 1.180 lớp.",
    ),
    (
        change(f("late", 120, "2026-10", "750"), f("late", 100, "2026-09", "750"), FALL),
        "Tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức không giảm mà tăng 20 hồ sơ (20 %) "
        "so với tháng 9 năm 2026, lên 120 hồ sơ.",
    ),
    (
        change(f("late", 80, "2026-10", "750"), f("late", 100, "2026-09", "750"), FALL),
        "Tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức giảm 20 hồ sơ (20 %) "
        "so với tháng 9 năm 2026, còn 80 hồ sơ.",
    ),
    (
        change(
            f("late", 80, "2026-10", "750"),
            f("late", 100, "2026-09", "750"),
            Comparison(kind="previous_period", direction="up"),
        ),
        "Tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức không tăng mà giảm 20 hồ sơ (20 %) "
        "so với tháng 9 năm 2026, còn 80 hồ sơ.",
    ),
    (
        change(
            f("late", 120, "2026-10", "750"),
            f("late", 100, "2025-10", "750"),
            Comparison(kind="same_period_last_year"),
        ),
        "Tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức tăng 20 hồ sơ (20 %) "
        "so với cùng kỳ năm 2025, lên 120 hồ sơ.",
    ),
    (
        change(f("late", 100, "2026-10", "750"), f("late", 100, "2026-09", "750")),
        "Tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức không đổi so với tháng 9 năm 2026, "
        "vẫn là 100 hồ sơ.",
    ),
    (
        change(f("late", 5, "2026-10", "755"), f("late", 0, "2026-09", "755")),
        "Tháng 10 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Côn Đảo tăng 5 hồ sơ so với tháng 9 năm 2026, "
        "lên 5 hồ sơ.",
    ),
    (
        change(f("on_time_rate", 91, "2026-10"), f("on_time_rate", 94.5, "2026-09")),
        f"Tháng 10 năm 2026, tỷ lệ hồ sơ giải quyết đúng hạn của {BRVT} giảm 3,5 điểm phần trăm "
        "so với tháng 9 năm 2026, còn 91 %.",
    ),
    (
        change(f("people", 1000.02, "2016"), f("people", 1000.0, "2015"), SPAN),
        f"Từ năm 2015 đến năm 2016, dân số trung bình của {BRVT} gần như không đổi, ở mức 1.000 nghìn người.",
    ),
    (
        change(f("grdp", 400100, "2024"), f("grdp", 400000, "2023")),
        f"Năm 2024, tổng sản phẩm trên địa bàn {BRVT} (GRDP) tăng 100 tỷ đồng (dưới 0,1 %) so với năm 2023, "
        "lên 400.100 tỷ đồng.",
    ),
]

COMPARISONS = [
    (
        result("compare", part(places("pupils", "2024/2025", {"750": 25300, "751": 22100}))),
        "Năm học 2024-2025, huyện Châu Đức có 25.300 học sinh phổ thông, nhiều hơn huyện Xuyên Mộc "
        "3.200 học sinh (14,5 %). Huyện Xuyên Mộc có 22.100 học sinh phổ thông.",
    ),
    (
        result("compare", part(places("pupils", "2024/2025", {"751": 22100, "750": 25300}))),
        "Năm học 2024-2025, huyện Xuyên Mộc có 22.100 học sinh phổ thông, ít hơn huyện Châu Đức "
        "3.200 học sinh (12,6 %). Huyện Châu Đức có 25.300 học sinh phổ thông.",
    ),
    (
        result("compare", part(places("pupils", "2024/2025", {"751": 100, "750": 100}))),
        "Năm học 2024-2025, huyện Xuyên Mộc có 100 học sinh phổ thông, bằng huyện Châu Đức. "
        "Huyện Châu Đức có 100 học sinh phổ thông.",
    ),
    (
        result(
            "compare",
            part(places("on_time_rate", "2026-10", {"750": 91.2, "751": 94.5})),
            comparison=Comparison(kind="place", direction="up"),
        ),
        "Tháng 10 năm 2026, tỷ lệ hồ sơ giải quyết đúng hạn của huyện Châu Đức đạt 91,2 %, không cao hơn mà thấp hơn "
        "huyện Xuyên Mộc 3,3 điểm phần trăm. Con số của huyện Xuyên Mộc là 94,5 %.",
    ),
    (
        result(
            "compare",
            part(
                [
                    f("pupils", 520, "2024/2025", "sch-1", sex="female"),
                    f("pupils", 480, "2024/2025", "sch-1", sex="male"),
                ]
            ),
        ),
        "Năm học 2024-2025, Trường THPT Nguyễn Huệ có 520 học sinh phổ thông nữ, nhiều hơn học sinh phổ thông nam "
        "40 học sinh (8,3 %). Trường THPT Nguyễn Huệ có 480 học sinh phổ thông nam.",
    ),
    (
        result("compare", part(places("doctors", "2024", {"747": 300, "748": 150, "750": 120, "751": 98, "755": 9}))),
        "Năm 2024, số bác sĩ cao nhất là thành phố Vũng Tàu với 300 bác sĩ, thấp nhất là huyện Côn Đảo với 9 bác sĩ.",
    ),
]

PROGRESS = [
    (
        progress(85210.5, 90000),
        f"10 tháng đầu năm 2026, thu ngân sách nhà nước trên địa bàn {BRVT} đạt 85.210,5 tỷ đồng, "
        "bằng 94,7 % kế hoạch năm 2026 (90.000 tỷ đồng), còn thiếu 4.789,5 tỷ đồng. "
        "Tiến độ này nhanh hơn mức thực hiện đều các tháng (83,3 % kế hoạch); "
        "2 tháng còn lại cần bình quân 2.394,8 tỷ đồng mỗi tháng.",
    ),
    (
        progress(95000, 90000),
        f"10 tháng đầu năm 2026, thu ngân sách nhà nước trên địa bàn {BRVT} đạt 95.000 tỷ đồng, "
        "bằng 105,6 % kế hoạch năm 2026 (90.000 tỷ đồng), vượt 5.000 tỷ đồng.",
    ),
    (
        progress(90000, 90000),
        f"10 tháng đầu năm 2026, thu ngân sách nhà nước trên địa bàn {BRVT} đạt 90.000 tỷ đồng, "
        "bằng đúng kế hoạch năm 2026.",
    ),
    (
        progress(120, 0, "resolved", "2026-10"),
        f"Tháng 10 năm 2026, {BRVT} đã giải quyết 120 hồ sơ; kế hoạch năm 2026 là 0 hồ sơ "
        "nên không tính được tỷ lệ thực hiện.",
    ),
    (
        progress(94.2, 95, "on_time_rate", "2026-10"),
        f"Tháng 10 năm 2026, tỷ lệ hồ sơ giải quyết đúng hạn của {BRVT} đạt 94,2 %, "
        "thấp hơn 0,8 điểm phần trăm so với kế hoạch năm 2026 (95 %).",
    ),
    (
        progress(96, 95, "on_time_rate", "2026-10"),
        f"Tháng 10 năm 2026, tỷ lệ hồ sơ giải quyết đúng hạn của {BRVT} đạt 96 %, "
        "cao hơn 1 điểm phần trăm so với kế hoạch năm 2026 (95 %).",
    ),
]

OTHERS = [
    (
        share(f("pupils", 12000, "2024/2025", sex="female"), f("pupils", 25000, "2024/2025")),
        f"Năm học 2024-2025, {BRVT} có 12.000 học sinh phổ thông nữ, chiếm 48 % tổng số học sinh phổ thông "
        "(25.000 học sinh).",
    ),
    (
        share(f("pupils", 12000, "2024/2025", "750"), f("pupils", 48000, "2024/2025")),
        "Năm học 2024-2025, huyện Châu Đức có 12.000 học sinh phổ thông, chiếm 25 % của toàn tỉnh (48.000 học sinh).",
    ),
    (
        share(f("late", 0, "2026-10", "750"), f("late", 0, "2026-10")),
        "Tháng 10 năm 2026, huyện Châu Đức không có hồ sơ giải quyết trễ hạn nào. "
        "Tổng số của toàn tỉnh bằng 0 nên không tính được tỷ trọng.",
    ),
    (
        trend(MONTHS),
        "Từ tháng 1 đến tháng 4 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức có xu hướng tăng, "
        "từ 100 hồ sơ lên 120 hồ sơ, tăng 20 hồ sơ (20 %). "
        "Cao nhất là tháng 4 năm 2026 (120 hồ sơ), thấp nhất là tháng 2 năm 2026 (90 hồ sơ); "
        "gần đây nhất tăng từ tháng 3 đến tháng 4 năm 2026.",
    ),
    (
        trend({"2026-01": 100, "2026-02": 50, "2026-03": 40, "2026-04": 101}),
        "Từ tháng 1 đến tháng 4 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức lúc tăng lúc giảm, "
        "từ 100 hồ sơ lên 101 hồ sơ, tăng 1 hồ sơ (1 %). "
        "Cao nhất là tháng 4 năm 2026 (101 hồ sơ), thấp nhất là tháng 3 năm 2026 (40 hồ sơ); "
        "gần đây nhất tăng trong tháng 4 năm 2026.",
    ),
    (
        trend({"2025-12": 7, "2026-01": 7, "2026-02": 7}),
        "Từ tháng 12 năm 2025 đến tháng 2 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức hầu như không đổi, "
        "ở mức 7 hồ sơ.",
    ),
    (
        average(series("late", MONTHS, "750"), "period:month"),
        "Từ tháng 1 đến tháng 4 năm 2026, số hồ sơ giải quyết trễ hạn của huyện Châu Đức bình quân mỗi tháng là 105 hồ sơ.",
    ),
    (
        average(places("doctors", "2024", {"750": 120, "751": 98, "755": 9}), "district"),
        "Năm 2024, số bác sĩ bình quân mỗi đơn vị cấp huyện là 75,7 người.",
    ),
]


@pytest.mark.parametrize(("outcome", "text"), [*VALUES, *PLANNED, *CHANGES, *COMPARISONS, *PROGRESS, *OTHERS])
def test_text(outcome: Result, text: str) -> None:
    assert told(outcome).text == text


def test_speech_is_shorter_and_spells_every_digit() -> None:
    draft = told(value(f("doctors", 530, "2015"), f("doctors", 518, "2014")))
    assert "năm trăm ba mươi bác sĩ" in draft.spoken_text
    assert "hai phẩy ba phần trăm" in draft.spoken_text
    assert not any(letter.isdigit() or letter in "()%" for letter in draft.spoken_text)


def test_speech_rounds_long_numbers_and_says_so() -> None:
    main = f("visits", 1_234_567, "2026-10")
    draft = told(value(main))
    assert "1.234.567 lượt khám bệnh" in draft.text
    assert "khoảng một triệu hai trăm ba mươi lăm nghìn lượt" in draft.spoken_text


def test_a_rise_of_something_unwanted_is_not_praised() -> None:
    """The word "đạt" is kept for what should grow."""
    late = told(value(f("poor_rate", 2.5, "2024"), f("poor_rate", 1.5, "2023"))).text
    assert "đạt" not in late
    assert "tăng 1 điểm phần trăm" in late


def test_several_questions_give_a_part_each() -> None:
    one, two = part([f("doctors", 530, "2015")]), part([f("beds", 28.5, "2015")])
    empty = PartResult(indicator="late", missing={"main": (missing("late", "750", "2015"),)})
    draft = told(result("value", one, two, empty))
    assert [each.status.value for each in draft.parts] == ["answered", "answered", "no_data"]
    assert draft.text == (
        f"Năm 2015, {BRVT} có 530 bác sĩ. "
        f"Năm 2015, số giường bệnh bình quân một vạn dân của {BRVT} là 28,5 giường. "
        "Chưa có số liệu năm 2015 về số hồ sơ giải quyết trễ hạn của huyện Châu Đức."
    )


def test_questions_asked_in_one_breath_are_told_one_after_the_other() -> None:
    first = result("value", part([f("doctors", 530, "2015")]))
    second = result("change", part([f("beds", 28.5, "2015")], [f("beds", 27.5, "2014")]))
    nothing = refusal(Status.NO_DATA, "not_loaded", indicator="late")
    draft = told(first, second, nothing)
    assert draft.status is Status.ANSWERED
    assert [each.status for each in draft.parts] == [Status.ANSWERED, Status.ANSWERED, Status.NO_DATA]
    assert draft.text.startswith(f"Năm 2015, {BRVT} có 530 bác sĩ. ")
    assert all(each.text in draft.text for each in draft.parts)
    assert [figure.indicator for figure in draft.figures[:2]] == ["doctors", "beds"]
    assert draft.table is not None
    assert len(draft.table.rows) == 2
    assert told(nothing, first).status is Status.ANSWERED
    assert told(nothing, nothing).status is Status.NO_DATA
