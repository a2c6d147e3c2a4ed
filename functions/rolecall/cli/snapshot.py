"""`rolecall snapshot`: a live account as a file that can be judged anywhere, any time."""

import json
import sys

from rolecall.cli.exit_codes import CLEAN
from rolecall.cli.options import ProfileOption, RegionOption


def snapshot(profile: ProfileOption = None, region: RegionOption = None) -> int:
    """Write the account of your credentials as JSON, read-only: rolecall snapshot > FILE.

    It holds names, policies and dates of everybody in the account, and no secret.
    """
    from rolecall.cli.live_account import read_live_account
    from rolecall.cli.problems import CommandError
    from rolecall.services.snapshot_document import snapshot_document

    raw = read_live_account(profile, region)
    for gap in raw.gaps:
        if gap.is_total:
            raise CommandError(
                f"nothing of account {raw.id} could be read: {gap.call}: {gap.error}"
            )
    json.dump(snapshot_document(raw), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    return CLEAN
