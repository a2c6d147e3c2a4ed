"""Run the embedded AWS by itself: `python -m demo.embedded_aws`, until Ctrl-C."""

import signal
import sys
import threading

from demo.embedded_aws import Credentials, EmbeddedAWS, EmulatorError


def main() -> int:
    """Start, say how to reach it, and wait for Ctrl-C or a signal to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with EmbeddedAWS() as aws:
            print(f"# The embedded AWS is ready. Its log: {aws.home}/emulator.log. Stop: Ctrl-C.")
            print("# A 12-digit access key is the root of that account.")
            root = Credentials(aws.management_account, "test")
            for name, value in aws.environment(root).items():
                print(f"export {name}={value}")
            sys.stdout.flush()
            threading.Event().wait()
    except KeyboardInterrupt:
        print("# Stopped; nothing is left behind.")
    except EmulatorError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
