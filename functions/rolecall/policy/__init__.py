"""The IAM policy language: documents, the action index, evaluation and effective sets.

This package knows nothing of accounts and imports nothing but the standard library.
"""

from rolecall.policy.action_index import ActionIndex, action_index
from rolecall.policy.action_set import ActionSet
from rolecall.policy.comparison import Comparison, compare
from rolecall.policy.conditions import Condition
from rolecall.policy.decisions import Decision, Outcome, Remaining, Source
from rolecall.policy.documents import Policy
from rolecall.policy.drift import Drift, wildcard_drift
from rolecall.policy.errors import PolicyError
from rolecall.policy.evaluation import decide
from rolecall.policy.grants import Grants, granted
from rolecall.policy.policy_set import PolicySet
from rolecall.policy.principals import Principal
from rolecall.policy.questions import can, who_can, why
from rolecall.policy.requests import Request
from rolecall.policy.shortest import shortest_patterns, shortest_policies
from rolecall.policy.statements import Statement
from rolecall.policy.words import sentences

__all__ = [
    "ActionIndex",
    "ActionSet",
    "Comparison",
    "Condition",
    "Decision",
    "Drift",
    "Grants",
    "Outcome",
    "Policy",
    "PolicyError",
    "PolicySet",
    "Principal",
    "Remaining",
    "Request",
    "Source",
    "Statement",
    "action_index",
    "can",
    "compare",
    "decide",
    "granted",
    "sentences",
    "shortest_patterns",
    "shortest_policies",
    "who_can",
    "why",
    "wildcard_drift",
]
