"""One tree of errors; each knows its HTTP status and the Vietnamese sentence a person reads.

AssistantError
├── BadInput            400  what was sent cannot be used as it is
│   └── BadAudio        400  sound that cannot be used
├── NotLoggedIn         401
├── Forbidden           403  logged in, but not for this
├── NotFound            404
├── TooManyAttempts     429  wait, then try again
├── Busy                503  a queue is full
│   └── NluUnavailable  503  the language model is starting or restarting
└── ConfigurationError  500  settings, catalogue or bank are wrong; named file and entry
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all errors people may see.

    ``message`` is Vietnamese and says what to do; ``detail`` is for the log only.
    """

    http_status = 500
    message = "Trợ lý đang gặp sự cố, đồng chí vui lòng thử lại sau ít phút."

    def __init__(self, message: str | None = None, *, detail: str = "", retry_after: float | None = None) -> None:
        self.message = message or type(self).message
        self.detail = detail
        self.retry_after = retry_after
        """Seconds to wait before trying again, where that helps."""
        super().__init__(detail or self.message)


class BadInput(AssistantError):
    http_status = 400
    message = "Nội dung gửi lên chưa dùng được, đồng chí vui lòng kiểm tra lại."


class BadAudio(BadInput):
    message = "Tôi chưa nghe được, đồng chí vui lòng giữ nút và nói lại."


class NotLoggedIn(AssistantError):
    http_status = 401
    message = "Đồng chí vui lòng đăng nhập để tiếp tục."


class Forbidden(AssistantError):
    http_status = 403
    message = "Tài khoản này chưa được cấp quyền làm việc đó."


class NotFound(AssistantError):
    http_status = 404
    message = "Không tìm thấy nội dung này."


class TooManyAttempts(AssistantError):
    http_status = 429
    message = "Đã thử quá nhiều lần, đồng chí vui lòng đợi một lát rồi thử lại."


class Busy(AssistantError):
    http_status = 503
    message = "Trợ lý đang phục vụ nhiều người, đồng chí vui lòng thử lại sau vài giây."


class NluUnavailable(Busy):
    message = "Bộ phận hiểu câu hỏi đang khởi động lại, đồng chí vui lòng hỏi lại sau ít giây."


class ConfigurationError(AssistantError):
    """Settings, catalogue or bank are wrong. The text is English, for whoever operates the server."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail=detail)
