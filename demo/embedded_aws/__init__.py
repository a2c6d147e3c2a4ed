"""An AWS for one machine: MiniStack on loopback, brought closer to AWS where Rolecall needs it."""

from demo.embedded_aws.launcher import Credentials, EmbeddedAWS, EmulatorError, LastUse, Mail

__all__ = ["Credentials", "EmbeddedAWS", "EmulatorError", "LastUse", "Mail"]
