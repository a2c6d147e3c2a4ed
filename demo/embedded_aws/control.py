"""What a demo or test may ask of the embedded AWS beyond AWS's own calls, over loopback HTTP."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from demo.embedded_aws.overlay import eventbridge, iam_facts, sns

PREFIX = "/_rolecall/"
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def _clock(request: dict[str, Any]) -> None:
    iam_facts.clock.now = request["now"]


def _last_used(request: dict[str, Any]) -> None:
    use = iam_facts.Use(request["at"], request["service"], request["region"])
    iam_facts.state_use(request["account"], request["kind"], request["name"], use)


def _deliver(request: dict[str, Any]) -> None:
    eventbridge.deliver(request["record"])


def _mails(_request: dict[str, Any]) -> list[dict[str, Any]]:
    return sns.mails


def _records(_request: dict[str, Any]) -> list[dict[str, Any]]:
    return list(eventbridge.records)


_ROUTES: dict[str, Callable[[dict[str, Any]], object]] = {
    "clock": _clock,
    "last-used": _last_used,
    "deliver": _deliver,
    "mails": _mails,
    "records": _records,
}


def with_control(application: Application) -> Application:
    """Answer the control routes and leave all other requests to MiniStack."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        route = _ROUTES.get(path.removeprefix(PREFIX)) if path.startswith(PREFIX) else None
        if scope["type"] != "http" or route is None:
            await application(scope, receive, send)
            return
        request = json.loads(await _body(receive) or b"{}")
        result = json.dumps(route(request)).encode()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": result})

    return answer


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return body
