"""Tools of intruders that name themselves in CloudTrail, with who says so.

Names that attack simulators give themselves are left out: who tests detections with one wants to
see what an intruder's own calls raise.
"""

from dataclasses import dataclass

IDENTITY = ("iam.amazonaws.com", "sts.amazonaws.com")


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool, by what its user agent looks like."""

    name: str
    user_agents: tuple[str, ...]
    """Patterns with `*`; upper and lower case differ, as they do for EventBridge."""
    reference: str
    sources: tuple[str, ...] = ()
    """Where it is odd, for a tool that is used for honest work elsewhere; empty for everywhere."""


_PENTEST = "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html"

TOOLS = (
    Tool(
        "TruffleHog",
        ("*TruffleHog*", "*trufflehog*"),
        "https://trufflesecurity.com/blog/trufflehog-in-your-logs",
    ),
    # By itself it goes by the client's own name; with its session's suffix it tells.
    Tool("Pacu", ("*Pacu*", "*pacu*"), "https://github.com/RhinoSecurityLabs/pacu"),
    Tool(
        "S3 Browser",
        ("*S3 Browser*", "*S3Browser*"),
        "https://permiso.io/blog/s/unmasking-guivil-new-cloud-threat-actor/",
        sources=IDENTITY,
    ),
    # Clients tell the kernel or the distribution that they run on.
    Tool("Kali Linux", ("*#kali*", "*+kali*", "*-kali*", "*kali-a*"), _PENTEST),
    Tool("Parrot Linux", ("*parrot*",), _PENTEST),
    Tool("Pentoo Linux", ("*pentoo*",), _PENTEST),
)
SESSION_NAMES = {"aws_consoler": "https://github.com/NetSPI/aws_consoler"}
"""How sessions are called by default that tools open, with the tool."""
