"""An AWS for one machine: MiniStack on loopback, brought closer to AWS where Rolecall needs it."""

from demo.embedded_aws.launcher import Credentials, EmbeddedAWS, LastUse, Mail
from demo.embedded_aws.server_process import EmulatorError

__all__ = ["Credentials", "EmbeddedAWS", "EmulatorError", "LastUse", "Mail"]
