"""`rolecall keys`: what one access key was used for, and whether it may go."""

import re
from typing import Annotated

import typer

from rolecall.cli.options import Format, FormatOption, ProfileOption, RegionOption

app = typer.Typer(no_args_is_help=True, help="Ask what an access key is used for.")

_KEY_ID = re.compile(r"AKIA[A-Z0-9]{12,124}")


def parse_key_id(text: str) -> str:
    """Read the id of an access key of a user."""
    if text.startswith("ASIA"):
        raise typer.BadParameter(f"{text} is temporary: it ends by itself, within 36 hours at most")
    if not _KEY_ID.fullmatch(text):
        raise typer.BadParameter(
            f"{text!r} is no access key id; it should look like AKIAIOSFODNN7EXAMPLE"
        )
    return text


@app.command("prove")
def prove_key(  # noqa: PLR0913 - options of a command
    key_id: Annotated[
        str, typer.Argument(metavar="KEY_ID", parser=parse_key_id, help="The access key's id.")
    ],
    *,
    idle_days: Annotated[
        int, typer.Option(min=1, metavar="DAYS", help="For how long nobody may have used it.")
    ] = 90,
    look_in: Annotated[
        list[str] | None,
        typer.Option(
            "--look-in",
            metavar="REGION",
            help="Look in this region's event history too; may be repeated.",
            show_default=False,
        ),
    ] = None,
    output: FormatOption = Format.TABLE,
    profile: ProfileOption = None,
    region: RegionOption = None,
) -> int:
    """Prove that a key may go: its last use, who used it from where, how to disable and undo.

    Asked are IAM and CloudTrail's event history of the region, of the last use's and us-east-1,
    with your own credentials in the key's account, which need iam:GetAccessKeyLastUsed,
    iam:ListAccessKeys and cloudtrail:LookupEvents. Exit code 0: it may go; 1: it is in use, or
    nobody can tell.
    """
    from rolecall.cli.exit_codes import CLEAN, FOUND
    from rolecall.cli.key_proof_page import print_proof
    from rolecall.cli.problems import CommandError, aws_problems_told
    from rolecall.cli.terminal import progress
    from rolecall.model.key_proof import Verdict
    from rolecall.services.prove import UnknownKeyError, global_region

    with aws_problems_told(), progress(f"Looking for the use of {key_id}"):
        from rolecall import command_parts

        session = command_parts.session(profile, region)
        home = session.region_name or "us-east-1"
        regions = [global_region(home), home, *(look_in or [])]
        try:
            proof = command_parts.prove(session).run(key_id, regions, idle_days)
        except UnknownKeyError:
            raise CommandError(
                f"the account has no access key {key_id}: name the profile of its account with"
                " --profile"
            ) from None
    print_proof(proof, output)
    return CLEAN if proof.verdict is Verdict.MAY_GO else FOUND
