"""Which services a principal used, as IAM remembers it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ServiceAccess:
    """When a principal last used one of the services that it may use, as IAM remembers it."""

    namespace: str
    last_used_at: datetime | None = None
    """None: not within IAM's memory."""
    last_used_by: str = ""
    """ARN of the entity that did."""
    region: str = ""
