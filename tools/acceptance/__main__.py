"""Answer acceptance data from a folder: `python -m tools.acceptance KIND FOLDER > answers.jsonl`.

Answers go to standard output, one JSON object a line. Where the folder says what it expects, the
answers that differ go to standard error, and the exit code is 1 when there are any.
"""

import argparse
import json
import sys
from pathlib import Path

from tools.acceptance import credentials, events, managed, overprivilege, privesc, trust

_KINDS = {
    "credentials": credentials,
    "events": events,
    "managed": managed,
    "overprivilege": overprivilege,
    "privesc": privesc,
    "trust": trust,
}


def main(arguments: list[str] | None = None) -> int:
    """Write the answers, tell what differs, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.acceptance", description=__doc__)
    parser.add_argument("kind", choices=_KINDS)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args(arguments)
    kind = _KINDS[chosen.kind]
    answers = list(kind.answers(chosen.folder))
    for answer in answers:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    checked, misses = kind.compare(chosen.folder, answers)
    for miss in misses:
        sys.stderr.write(f"{miss}\n")
    sys.stderr.write(f"{checked - len(misses):,} of {checked:,} expected answers given\n")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
