"""Who can change its own tags, where policies ask for tags."""

from rolecall.model.access_graph.graph import graph_of
from rolecall.model.account import Account
from rolecall.model.principals import Role, User
from rolecall.policy import can


def may_tag_itself(account: Account, principal: User | Role) -> bool:
    """Tell whether a principal may tag itself and any policy asks for tags of principals."""
    realm = graph_of(account).realm_of(account)
    if not any(key.startswith("aws:principaltag/") for key in realm.tag_keys):
        return False
    action = "iam:TagUser" if isinstance(principal, User) else "iam:TagRole"
    policies = account.policy_set(principal)
    return can(principal.arn, policies, action, principal.arn).may_be_allowed
