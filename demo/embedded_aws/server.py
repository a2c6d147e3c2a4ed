"""The process of the embedded AWS: MiniStack with the overlay, as long as its parent lives."""

import asyncio
import os
import subprocess
import sys
import threading

from hypercorn.asyncio import serve
from hypercorn.config import Config

from demo.embedded_aws import overlay
from demo.embedded_aws.control import with_control
from demo.embedded_aws.emulator import app

# Removing succeeds only when nobody writes any more, and who is killed does not die at once.
_SWEEP = """
kill -s KILL -- "-$1"
for again in 1 2 3 4 5 6 7 8 9; do rm -rf -- "$2" && break; sleep 0.2; done
"""


def _die_with_parent() -> None:
    """End this whole process group once the parent has gone, however it went."""
    sys.stdin.buffer.read()
    # From a session of its own, to outlive the group for as long as it takes.
    subprocess.Popen(
        ["/bin/sh", "-c", _SWEEP, "sh", str(os.getpgrp()), os.environ["ROLECALL_HOME"]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def main() -> None:
    """Serve on the loopback port in GATEWAY_PORT until the parent closes our standard input."""
    threading.Thread(target=_die_with_parent, daemon=True).start()
    config = Config()
    config.bind = [f"127.0.0.1:{os.environ['GATEWAY_PORT']}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    application = with_control(app.app)
    asyncio.run(serve(application, config))  # type: ignore[arg-type]  # hypercorn types ASGI as TypedDicts


if __name__ == "__main__":
    assert overlay  # noqa: S101 - imported for what it replaces
    main()
