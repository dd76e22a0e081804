"""Today and now, in the province's time zone. Tests and evaluations give a fixed clock; nothing else asks the system."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Tells the time; aware datetimes in ``ZONE``."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(ZONE)

    def today(self) -> date:
        return self.now().date()


class FixedClock:
    """A clock that stands still, until somebody moves it."""

    def __init__(self, moment: datetime | date) -> None:
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, 9, 0)
        self.moment = moment if moment.tzinfo else moment.replace(tzinfo=ZONE)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()
