"""Run the demo: `python -m demo` (`make demo`); KEEP=1 leaves everything running until Ctrl-C."""

import contextlib
import os
import shlex
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from demo import organization
from demo.audits import AuditError
from demo.console import Screen
from demo.deployment import Deployment, DeploymentError
from demo.embedded_aws import EmbeddedAWS, EmulatorError
from demo.findings import FindingsTable
from demo.story import Story, StoryError

_COMMANDS = Path(sys.executable).parent
_FAILURES = (AuditError, DeploymentError, EmulatorError, StoryError)
_QUESTIONS = (
    "findings list",
    "findings list --severity critical",
    f"findings list --account {organization.PRODUCTION} --format json",
    "findings show {finding}",
)


def main() -> int:
    """Tell the story; return 0, 1 if something did not happen, 130 if it was interrupted."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    screen = Screen()
    try:
        _run(screen)
    except _FAILURES as failure:
        print(f"\n{failure}\n\nThe demo failed; nothing of it is left running.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; nothing of the demo is left running.", file=sys.stderr)
        return 130
    return 0


def _run(screen: Screen) -> None:
    with contextlib.ExitStack() as exits:
        with screen.step("start an AWS on this machine"):
            embedded = EmbeddedAWS(organization.MANAGEMENT, organization.ACCOUNT_IDS)
            aws = exits.enter_context(embedded)
        try:
            deployment = Story(aws, screen).tell()
        except Exception:
            print(f"The end of the log:\n{aws.log_tail()}", file=sys.stderr)
            raise
        screen.chapter(f"Done in {screen.seconds:.0f} s")
        if os.environ.get("KEEP", "") in ("", "0"):
            screen.say("Nothing is left running. `make demo KEEP=1` lets you go on asking.")
            return
        _keep(deployment, screen)


def _keep(deployment: Deployment, screen: Screen) -> None:
    """Say how to go on asking, and wait for Ctrl-C."""
    screen.say("Go on asking, in another terminal:\n")
    signer = deployment.organization.hub.administrator
    for name, value in deployment.aws.environment(signer).items():
        screen.say(f"export {name}={shlex.quote(value)}")
    screen.say(f"export PATH={shlex.quote(str(_COMMANDS))}:$PATH")
    screen.say()
    hub = deployment.aws.client("dynamodb", credentials=signer)
    worst = next(each for each in FindingsTable(hub).all() if each.severity == "CRITICAL")
    for question in _QUESTIONS:
        screen.say(f"rolecall {question.format(finding=worst.id)}")
    screen.say("\nEverything is stopped and removed with Ctrl-C.")
    threading.Event().wait()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
