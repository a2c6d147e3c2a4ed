"""How we run Python on Lambda: runtime, shared code, log group, a role of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.encryption import EncryptionKey


@dataclass(frozen=True, slots=True)
class Runtime:
    """What all functions share."""

    code: lambda_.Code
    key: EncryptionKey
    log_days: int


class PythonFunction(lambda_.Function):
    """A handler of the package, named `rolecall-<name>` like its role.

    No reserved concurrency: event sources and the map bound how many copies run, and a young
    account, which may run ten in all, could not spare any.
    """

    def __init__(  # noqa: PLR0913 - a function is what these six say
        self,
        scope: Construct,
        name: str,
        *,
        runtime: Runtime,
        description: str,
        timeout: cdk.Duration,
        memory_mb: int = 256,
        environment: Mapping[str, str] | None = None,
        permissions: Sequence[iam.PolicyStatement] = (),
    ) -> None:
        """Permit the function exactly `permissions`, and to write to its own log."""
        function_name = f"rolecall-{name}"
        log_group = encrypted_log_group(
            scope, f"{name}-log", name=f"/aws/lambda/{function_name}", runtime=runtime
        )
        super().__init__(
            scope,
            name,
            function_name=function_name,
            description=description,
            handler=f"rolecall.handlers.{name.replace('-', '_')}.handler",
            code=runtime.code,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=memory_mb,
            timeout=timeout,
            log_group=log_group,
            role=_role(scope, f"{name}-role", function_name, log_group, permissions),
            environment={
                "POWERTOOLS_SERVICE_NAME": function_name,
                "POWERTOOLS_METRICS_NAMESPACE": "Rolecall",
                "POWERTOOLS_LOG_LEVEL": "INFO",
                **(environment or {}),
            },
        )


def encrypted_log_group(
    scope: Construct, id_: str, *, name: str, runtime: Runtime
) -> logs.LogGroup:
    """Create a log group that forgets in time and goes with the stack."""
    group = logs.LogGroup(
        scope,
        id_,
        log_group_name=name,
        encryption_key=runtime.key,
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
    # The construct wants a member of an enumeration for what is a number of days.
    resource = group.node.default_child
    assert isinstance(resource, logs.CfnLogGroup)  # noqa: S101 - says its type to the type checker
    resource.retention_in_days = runtime.log_days
    return group


def _role(
    scope: Construct,
    id_: str,
    function_name: str,
    log_group: logs.LogGroup,
    permissions: Sequence[iam.PolicyStatement],
) -> iam.IRole:
    write_log = iam.PolicyStatement(
        actions=["logs:CreateLogStream", "logs:PutLogEvents"],
        resources=[log_group.log_group_arn],
    )
    role = iam.Role(
        scope,
        id_,
        role_name=function_name,
        description=f"What the function {function_name} may do",
        assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        inline_policies={"permissions": iam.PolicyDocument(statements=[write_log, *permissions])},
    )
    # Grants that CDK would add by itself are wider than what the function needs.
    return role.without_policy_updates()
