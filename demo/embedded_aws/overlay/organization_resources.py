"""What a call to Organizations is about, as IAM names it.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
"""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import json

from demo.embedded_aws.emulator import Untyped, iam_actions, organizations, replaces
from demo.embedded_aws.overlay.membership import management_account

_NAMED_BY = {
    "ListOrganizationalUnitsForParent": "ParentId",
    "ListAccountsForParent": "ParentId",
    "DescribePolicy": "PolicyId",
    "ListTargetsForPolicy": "PolicyId",
    "ListDelegatedServicesForAccount": "AccountId",
}
_KINDS = (
    organizations._roots,
    organizations._ous,
    organizations._accounts,
    organizations._policies,
)


@replaces(iam_actions, "extract_resource_arn")
def _resource(original: Untyped, *request: Untyped) -> str:
    service, _method, _path, headers, body, *_rest, account = request
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    if service != "organizations" or operation not in _NAMED_BY:
        return str(original(*request))
    key = (management_account(account), json.loads(body)[_NAMED_BY[operation]])
    return next((str(kind._data[key]["Arn"]) for kind in _KINDS if key in kind._data), "*")
