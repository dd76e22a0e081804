"""Serving with uvicorn: HTTP or HTTPS, alone or behind a proxy, ended gracefully."""

from __future__ import annotations

import uvicorn

from assistant.access import refuse_if_demo
from assistant.errors import ConfigurationError
from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.house import House
from assistant.web.routes.voice import MAX_CHUNK

GRACE_SECONDS = 10
"""How long open requests may take to end when the server is told to stop."""


def configure(house: House, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves this house.

    Raises ConfigurationError where demonstration accounts would be reachable from the network, or where only one of
    certificate and key is set or readable.
    """
    refuse_if_demo(house.accounts, settings.host, settings.public_origin)
    certificate, key = settings.tls_certificate, settings.tls_key
    if (certificate is None) != (key is None):
        raise ConfigurationError("settings: tls_certificate and tls_key go together")
    for file in (certificate, key):
        if file is not None and not file.is_file():
            raise ConfigurationError(f"settings: {file} is not there")
    return uvicorn.Config(
        create_app(house),
        host=settings.host,
        port=settings.port,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        proxy_headers=bool(settings.proxy_addresses),
        forwarded_allow_ips=settings.proxy_addresses,
        server_header=False,
        date_header=True,
        access_log=False,
        log_level="warning",
        ws_max_size=MAX_CHUNK * 2,
        ws_max_queue=32,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=32 * 1024,
    )


def serve(house: House, settings: Settings) -> None:
    """Serves until told to stop (SIGINT, SIGTERM); raises what ``configure`` raises."""
    uvicorn.Server(configure(house, settings)).run()
