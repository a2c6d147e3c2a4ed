"""Who made a call."""

import re
from dataclasses import dataclass

from rolecall.model.evidence import Resource
from rolecall.model.record import Fields

IDENTITY_CENTER_ROLE = ":role/aws-reserved/sso.amazonaws.com/"
"""What stands in the ARNs of the roles that Identity Center makes of permission sets."""
_FEDERATED = ("SAMLUser", "WebIdentityUser")
_INSTANCE = re.compile(r"i-[0-9a-f]{8}([0-9a-f]{9})?")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made the call, from `userIdentity`.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    """

    type: str
    arn: str
    account_id: str
    user_name: str
    """The IAM user's name; empty for every other type."""
    role_arn: str
    """The role behind an assumed-role session; empty for every other type."""
    session_name: str
    access_key_id: str
    invoked_by: str
    """The AWS service that called on the actor's behalf; empty for a call of the actor's own."""
    mfa: bool | None
    """Whether the session was opened with MFA; None where the record does not say."""
    source_identity: str = ""
    """What was set as the session's source identity, which later sessions of it keep."""
    federated_by: str = ""
    """ARN or name of the identity provider that a web-identity session came through."""
    subject: str = ""
    """Whom the provider says it is, where somebody comes through one without a session yet."""
    came_from: tuple[str, ...] = ()
    """Who opened the session, who opened the session of that one and so on, in words."""

    @property
    def principal(self) -> str:
        """The ARN of the user, role or root behind the call; sessions count as their role."""
        return self.role_arn or self.arn

    @property
    def is_root(self) -> bool:
        """Whether the account's root user made the call."""
        return self.type == "Root"

    @property
    def is_aws_itself(self) -> bool:
        """Whether AWS acted of its own accord; a service called on somebody's behalf did not.

        Nobody but its service can take a service-linked role, or make a role under its path.
        https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
        """
        return self.type == "AWSService" or ":role/aws-service-role/" in self.role_arn

    @property
    def is_instance(self) -> bool:
        """Whether the credentials are those of an EC2 instance: the session has the instance's id.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2-instance
        """
        return _INSTANCE.fullmatch(self.session_name) is not None

    @property
    def is_deployment(self) -> bool:
        """Whether CloudFormation made the call, for whoever deployed the stack."""
        return self.invoked_by == "cloudformation.amazonaws.com"

    @property
    def is_identity_center_user(self) -> bool:
        """Whether a person came through Identity Center, whose name the session then has."""
        return IDENTITY_CENTER_ROLE in self.role_arn

    @property
    def resource(self) -> Resource:
        """The user or role that called; the account for everybody else."""
        if self.role_arn:
            return Resource("AwsIamRole", self.role_arn)
        return Resource("AwsIamUser" if self.user_name else "AwsAccount", self.arn)

    def __str__(self) -> str:
        """Name the actor as a person would."""
        if self.is_root:
            return f"the root user of {self.account_id}"
        if self.user_name:
            return f"user {self.user_name}"
        if self.role_arn:
            role = self.role_arn.rpartition("/")[2]
            return f"role {role} (session {self.session_name})"
        return self.arn or self.invoked_by or f"an unnamed {self.type or 'actor'}"


def parse_actor(fields: Fields) -> Actor:
    """Read `userIdentity`; raise MalformedEventError for a field of another type."""
    session = fields.mapping("sessionContext")
    issuer = session.mapping("sessionIssuer")
    role_arn = issuer.text("arn") if issuer.text("type") == "Role" else ""
    arn = fields.text("arn")
    return Actor(
        type=fields.text("type"),
        arn=arn,
        account_id=fields.text("accountId"),
        user_name=fields.text("userName") if fields.text("type") == "IAMUser" else "",
        role_arn=role_arn,
        session_name=arn.rpartition("/")[2] if role_arn else "",
        access_key_id=fields.text("accessKeyId"),
        invoked_by=fields.text("invokedBy"),
        mfa=_mfa(session.mapping("attributes").text("mfaAuthenticated")),
        source_identity=session.text("sourceIdentity"),
        federated_by=session.mapping("webIdFederationData").text("federatedProvider")
        or fields.text("identityProvider"),
        subject=fields.text("userName") if fields.text("type") in _FEDERATED else "",
    )


def _mfa(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)
