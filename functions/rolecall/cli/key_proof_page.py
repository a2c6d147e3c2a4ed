"""What speaks for and against an access key, in a terminal and as JSON."""

import sys
from collections.abc import Iterator

from rich.text import Text

from rolecall.cli.documents import json_text
from rolecall.cli.options import Format
from rolecall.cli.terminal import console, print_code, print_facts, print_heading
from rolecall.model.commands import activate_key, deactivate_key, undo
from rolecall.model.evidence import Json
from rolecall.model.key_proof import Caller, KeyProof, Lookup, Verdict
from rolecall.model.plain_text import harmless
from rolecall.model.timestamps import format_day, format_time

_STYLES = {Verdict.MAY_GO: "green", Verdict.IN_USE: "red", Verdict.NOT_KNOWN: "yellow"}


def print_proof(proof: KeyProof, output: Format) -> None:
    """Print the verdict, what it rests on, and the commands to disable the key and to undo that."""
    if output is not Format.TABLE:
        indent = 2 if output is Format.JSON else None
        sys.stdout.write(json_text(_document(proof), indent) + "\n")
        return
    to = console()
    verdict = (proof.verdict.value.upper(), _STYLES[proof.verdict])
    sentence = f"{proof.key.id} of user {proof.key.user_name}: {proof.reason}."
    to.print(Text.assemble(verdict, "  ", (harmless(sentence), "bold")))
    to.print()
    print_facts(to, _facts(proof))
    if proof.callers:
        print_heading(to, "Who used it")
        print_facts(to, (_caller(caller) for caller in proof.callers))
    print_heading(to, "What to do")
    for command in _commands(proof):
        print_code(to, command, style="cyan")


def _facts(proof: KeyProof) -> Iterator[tuple[str, str]]:
    key = proof.key
    state = "active" if key.is_active else "deactivated"
    yield "Key", f"{state}, of {format_day(key.created_at)}"
    region = f" in {key.last_use.region}" if key.last_use.region else ""
    yield "IAM", f"the key {key.last_use.words(key.created_at)}{region}"
    for lookup in proof.lookups:
        yield "CloudTrail", f"{lookup.region} since {format_day(lookup.since)}: {_seen(lookup)}"
    for key_id, is_active in key.other_keys.items():
        state = "active" if is_active else "deactivated"
        yield "Other key", f"{key_id} of the same user, {state}"


def _seen(lookup: Lookup) -> str:
    if lookup.error:
        return f"not read: {lookup.error}"
    many = str(len(lookup.events)) if lookup.is_complete else f"more than {len(lookup.events)}"
    return "no call" if not lookup.events else f"{many} calls"


def _caller(caller: Caller) -> tuple[str, str]:
    services = ", ".join(caller.services)
    span = f"{format_day(caller.first_at)} to {format_day(caller.last_at)}"
    return f"  {caller.agent}", f"{caller.network}  {services}  {caller.calls} calls, {span}"


def _commands(proof: KeyProof) -> tuple[str, ...]:
    name = proof.key.user_name
    return deactivate_key(name, proof.key.id), undo(activate_key(name, proof.key.id))


def _document(proof: KeyProof) -> dict[str, Json]:
    key, last_use = proof.key, proof.key.last_use
    return {
        "key_id": key.id,
        "user_name": key.user_name,
        "is_active": key.is_active,
        "created_at": format_time(key.created_at),
        "verdict": proof.verdict.value,
        "reason": proof.reason,
        "last_use": {
            "use": last_use.use.value,
            "at": format_time(last_use.at) if last_use.at else None,
            "service": last_use.service,
            "region": last_use.region,
        },
        "lookups": [_lookup_document(each) for each in proof.lookups],
        "callers": [_caller_document(each) for each in proof.callers],
        "other_keys": dict(key.other_keys),
        "commands": list(_commands(proof)),
    }


def _lookup_document(lookup: Lookup) -> dict[str, Json]:
    return {
        "region": lookup.region,
        "since": format_time(lookup.since),
        "events": len(lookup.events),
        "is_complete": lookup.is_complete,
        "error": lookup.error,
    }


def _caller_document(caller: Caller) -> dict[str, Json]:
    return {
        "agent": caller.agent,
        "network": caller.network,
        "services": list(caller.services),
        "calls": caller.calls,
        "first_at": format_time(caller.first_at),
        "last_at": format_time(caller.last_at),
    }
