"""Escalation paths over IoT Core, which gives devices the credentials of roles."""

from rolecall.policy.escalation.path import new_workload

PATHS = (
    new_workload(
        "iot-role-alias",
        "credentials.iot.amazonaws.com",
        (
            "iot:CreateRoleAlias",
            "iot:CreateKeysAndCertificate",
            "iot:CreatePolicy",
            "iot:AttachPolicy",
        ),
        "fetches the role's credentials with a certificate of a device of its own",
        sources=(
            "https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html",
        ),
    ),
)
