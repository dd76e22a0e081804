"""Examples shown in the description of the interface. All figures in them are invented."""

from __future__ import annotations

from typing import Any

from fastapi.openapi.models import Example

QUESTIONS: dict[str, Example] = {
    "value": {
        "summary": "Một số liệu",
        "value": {"text": "Tháng trước huyện Châu Đức có bao nhiêu hồ sơ trễ hạn?"},
    },
    "follow_up": {
        "summary": "Hỏi tiếp trong cùng cuộc trao đổi",
        "value": {"text": "Thế còn thành phố Bà Rịa?", "conversation": "9f2c4a7be01d53c886aa10f3"},
    },
    "unmarked": {"summary": "Không dấu", "value": {"text": "tong so hoc sinh nam hoc 2025-2026"}},
}

ANSWER: dict[str, Any] = {
    "id": "5b0d9c1f7e2a4438b6c1d0aa",
    "conversation": "9f2c4a7be01d53c886aa10f3",
    "asked": "Tháng trước huyện Châu Đức có bao nhiêu hồ sơ trễ hạn?",
    "asked_at": "2026-11-21T09:00:00+07:00",
    "status": "answered",
    "text": "Tháng 10 năm 2026, huyện Châu Đức có 37 hồ sơ trễ hạn, giảm 5 hồ sơ (11,9 %) so với tháng 9 năm 2026.",
    "spoken_text": "Tháng mười năm hai nghìn không trăm hai mươi sáu, huyện Châu Đức có ba mươi bảy hồ sơ trễ hạn, "
    "giảm năm hồ sơ so với tháng chín.",
    "reading": None,
    "figures": [
        {
            "indicator": "pa_overdue",
            "place": "750",
            "place_kind": "district",
            "dimensions": {},
            "period": {"grain": "month", "start": "2026-10-01", "end": "2026-10-31", "cumulative": False},
            "kind": "actual",
            "value": 37.0,
            "unit": "hồ sơ",
            "as_of": "2026-11-05",
            "source": "UBND huyện Châu Đức",
            "snapshot": "20261105-6fa1",
            "preliminary": False,
            "illustrative": True,
        }
    ],
    "parts": [],
    "table": None,
    "chart": None,
    "source": "UBND huyện Châu Đức, số liệu đến ngày 05/11/2026 (số liệu minh họa)",
    "how_computed": "Số hồ sơ giải quyết sau ngày hẹn trả trong tháng.",
    "suggestions": [{"label": "So với các huyện khác", "text": "Huyện nào có nhiều hồ sơ trễ hạn nhất tháng 10?"}],
    "timings": {"understand": 11.8, "access": 0.4, "query": 6.2, "answer": 2.1, "total": 24.0},
    "versions": {"bank": "1c0ffee1c0ff", "model": "20261120", "catalogue": "0ddba11c0ffe", "snapshots": []},
    "illustrative": True,
}


def _error(description: str, sentence: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"example": {"error": sentence}}}}


ERRORS: dict[int | str, dict[str, Any]] = {
    400: _error("Nội dung chưa dùng được", "Đồng chí vui lòng nói hoặc viết câu hỏi."),
    401: _error("Chưa đăng nhập", "Đồng chí vui lòng đăng nhập để tiếp tục."),
    403: _error("Chưa được cấp quyền", "Tài khoản này chưa được cấp quyền làm việc đó."),
    503: _error("Đang bận", "Trợ lý đang phục vụ nhiều người, đồng chí vui lòng thử lại sau vài giây."),
}
