"""Serves the assistant: reads the settings, builds the house, hands it to FastAPI."""

from __future__ import annotations

from assistant.house import build
from assistant.settings import Settings
from assistant.web.serve import serve

if __name__ == "__main__":
    settings = Settings()
    with build(settings) as house:
        house.warm_up()
        serve(house, settings)
