"""Who holds which policy, who is behind it, and what of its wide rights is live.

A holding is one cause: a policy that a user, a role or a group holds. What a group gives is one
cause for all its members, judged on each of them.
"""

from rolecall.model.holdings.administration import administration
from rolecall.model.holdings.behind import assumed_by, behind_role, builds_behind
from rolecall.model.holdings.holding import Holding, holdings, is_ours
from rolecall.model.holdings.rights_left import standing
from rolecall.model.holdings.standing import Standing, Verdict
from rolecall.model.holdings.telling import ending, reasons, severity_of, tell, weighed

__all__ = [
    "Holding",
    "Standing",
    "Verdict",
    "administration",
    "assumed_by",
    "behind_role",
    "builds_behind",
    "ending",
    "holdings",
    "is_ours",
    "reasons",
    "severity_of",
    "standing",
    "tell",
    "weighed",
]
