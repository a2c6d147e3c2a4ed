"""Identity Center, of which there is no instance here."""

import json

from demo.embedded_aws.emulator import Untyped, app, iam_actions, router

_ANSWERS: dict[str, dict[str, list[str]]] = {"ListInstances": {"Instances": []}}


async def _answer(*request: Untyped) -> Untyped:
    _method, _path, headers, _body, _query = request
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    content_type = {"Content-Type": "application/x-amz-json-1.1"}
    if operation not in _ANSWERS:
        refused = {"__type": "ResourceNotFoundException", "message": "There is no such instance."}
        return 400, content_type, json.dumps(refused).encode()
    return 200, content_type, json.dumps(_ANSWERS[operation]).encode()


router.SERVICE_PATTERNS["sso"] = {"target_prefixes": ["SWBExternalService"]}
iam_actions.SERVICE_TO_IAM_NAMESPACE["sso"] = "sso"
app.SERVICE_HANDLERS["sso"] = _answer
