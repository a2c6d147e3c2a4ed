"""Escalation paths over STS: what the trust policies of roles allow."""

from rolecall.policy.escalation.path import Gain, Kind, Need, Target, upon

PATHS = (
    upon(
        "sts-001",
        Kind.ASSUMPTION,
        Gain.BECOMES,
        "assumes the role",
        Need("sts:AssumeRole", Target.ROLE),
    ),
)
