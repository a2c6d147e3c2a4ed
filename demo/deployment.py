"""The real stacks, deployed with the real CDK command: rolecall.toml, bootstrap, synth, deploy."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from demo.embedded_aws import Credentials, EmbeddedAWS
from demo.organization import Account, Organization

REPOSITORY = Path(__file__).resolve().parents[1]
REGION = "us-east-1"
SUBSCRIBER = "security@example.com"
_CDK = REPOSITORY / "node_modules" / ".bin" / "cdk"


class DeploymentError(Exception):
    """A command failed; the text ends with what it said."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where things lie while the demo runs."""

    aws: EmbeddedAWS
    organization: Organization

    @property
    def settings(self) -> Path:
        """The rolecall.toml of the demo."""
        return self.aws.home / "rolecall.toml"

    @property
    def assembly(self) -> Path:
        """What the synthesis makes of it."""
        return self.aws.home / "cdk.out"

    def write_settings(self) -> None:
        """Write what a deployer would decide for this organization."""
        self.settings.write_text(_settings(self.organization), encoding="utf-8")

    def synthesize(self) -> None:
        """Make templates and assets of the settings."""
        self._cdk(
            ["synth", "--quiet", "--context", f"config={self.settings}", "--output", self._output],
            _NOBODY,
        )

    def bootstrap(self) -> None:
        """Prepare the hub for CDK; members and management account need no preparation."""
        hub = self.organization.hub
        # From a folder without a cdk.json: nothing is synthesized for it.
        self._cdk(["bootstrap", f"aws://{hub.id}/{REGION}"], hub.administrator, self.aws.home)

    def deploy(self, stack: str, account: Account) -> None:
        """Deploy a stack; the hub's deploys all members through its StackSet."""
        options = ["--require-approval", "never", "--app", self._output]
        self._cdk(["deploy", stack, *options], account.administrator)

    def destroy(self, stack: str, account: Account) -> None:
        """Delete a stack."""
        self._cdk(["destroy", stack, "--force", "--app", self._output], account.administrator)

    @property
    def _output(self) -> str:
        return str(self.assembly)

    def _cdk(self, words: list[str], signer: Credentials, cwd: Path = REPOSITORY) -> None:
        done = subprocess.run(
            [str(_CDK), *words, "--no-notices", "--no-color"],
            cwd=cwd,
            env={**_environment(), **self.aws.environment(signer, REGION)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = "\n".join((done.stdout + done.stderr).splitlines()[-40:])
            raise DeploymentError(f"cdk {' '.join(words)} failed:\n{said}")


_NOBODY = Credentials("none", "none")


def _environment() -> dict[str, str]:
    """Return our environment with the Python and the Node of this project first."""
    own = Path(sys.executable).parent
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    node = own / "node"
    return {
        **clean,
        "PATH": f"{own}{os.pathsep}{clean.get('PATH', os.defpath)}",
        "CI": "true",
        **({"JSII_NODE": str(node)} if node.exists() else {}),
    }


def _settings(organization: Organization) -> str:
    hub = organization.hub.id
    known = [account.administrator_role for account in organization.accounts]
    bootstrap = f"arn:aws:iam::{hub}:role/cdk-hnb659fds-cfn-exec-role-{hub}-{REGION}"
    return _SETTINGS.format(
        hub=hub,
        region=REGION,
        organization=organization,
        subscriber=SUBSCRIBER,
        administrators=json.dumps([*known, bootstrap], indent=4),  # a JSON list is a TOML list
    )


_SETTINGS = """\
[hub]
account = "{hub}"
region = "{region}"
protect_data = false

[organization]
id = "{organization.id}"
management_account = "{organization.management.id}"
targets = ["{organization.root_id}"]

[notifications]
emails = ["{subscriber}"]

[audits]
key_rotation = "cron(0 1 * * ? *)"
user_age = "cron(0 5 * * ? *)"
over_privilege = "cron(0 8 * * ? *)"
max_concurrency = 2

[rules.administrator-access]
known_administrators = {administrators}

[rules.break-glass-used]
principals = ["arn:aws:iam::*:role/break-glass"]
"""
"""What a deployer would decide for the demo's organization."""
