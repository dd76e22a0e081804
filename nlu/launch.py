"""Serves one trained model over HTTP on loopback, for the assistant that started this process.

Run by the assistant's supervisor with this folder's own Python, never by hand. The access token is the first line of
standard input, so that no process list and no environment shows it. The process ends when standard input is closed
or its parent is gone. One line on standard output, ``ready PORT``, says that questions are answered.
"""

from __future__ import annotations

import argparse
import logging
import os
import select
import socket
import sys
import threading

import quiet  # noqa: F401  (first: Rasa and TensorFlow read the environment when they are imported)


def leave_with_parent() -> None:
    """Ends this process at once when its parent closes the pipe or disappears."""
    parent = os.getppid()
    while os.getppid() == parent:
        readable, _, _ = select.select([sys.stdin.fileno()], [], [], 1.0)
        if readable and not os.read(sys.stdin.fileno(), 1024):
            break
    os._exit(0)


def read_token() -> str:
    """The first line of standard input, read byte by byte so that nothing after it is taken away."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(sys.stdin.fileno(), 1)
        if not byte:
            break
        line += byte
    return line.decode("ascii").strip()


def main() -> None:
    """Loads the model, serves it, and says when it is ready."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", required=True, help="model archive (.tar.gz)")
    arguments.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    options = arguments.parse_args()
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nobody reads the pipe after "ready": a full one would stop us
    token = read_token()
    if len(token) < 16:
        sys.exit("launch.py: the first line of standard input must be a token of at least 16 characters")
    threading.Thread(target=leave_with_parent, daemon=True).start()

    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", options.port))

    import structlog
    from rasa.core.agent import load_agent
    from rasa.server import create_app
    from sanic import Sanic

    # Without this every question is written out, word for word.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    app = create_app(cors_origins=[], auth_token=token)
    app.config.KEEP_ALIVE_TIMEOUT = 3600

    async def load(app: Sanic, _loop: object) -> None:
        app.ctx.agent = await load_agent(model_path=options.model)
        if not app.ctx.agent.is_ready():
            print(f"launch.py: {options.model} could not be loaded", file=sys.stderr, flush=True)
            os._exit(1)

    async def say_ready(_app: Sanic, _loop: object) -> None:
        print(f"ready {listener.getsockname()[1]}", file=answer, flush=True)

    app.register_listener(load, "before_server_start")
    app.register_listener(say_ready, "after_server_start")
    app.run(sock=listener, access_log=False, debug=False, motd=False)


if __name__ == "__main__":
    main()
