"""`rolecall principal ARN`: what a user or role holds, and what it amounts to."""

from rolecall.cli.can import PrincipalArgument, find_principal
from rolecall.cli.options import Format, FormatOption, ProfileOption, RegionOption
from rolecall.cli.snapshots import SnapshotOption


def principal(
    arn: PrincipalArgument,
    *,
    file: SnapshotOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """Show the policies of a user or role, its trust, and its rights by service and level."""
    from rolecall.cli.principal_report import print_principal
    from rolecall.cli.snapshots import snapshot
    from rolecall.services.permissions import Permissions

    permissions = Permissions(snapshot(file, profile, region))
    print_principal(permissions, find_principal(permissions, arn), output)
    return 0
