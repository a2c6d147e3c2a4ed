"""Users and roles that code describes, and that were changed past it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rolecall.model.account import Account
from rolecall.model.kept_change import KeptChange
from rolecall.model.permission_change import is_past
from rolecall.model.pipelines import Pipelines
from rolecall.model.principal_record import PrincipalRecord
from rolecall.model.rights_change import RightsChange
from rolecall.services.describe_principal import outline


def touched_past_code(
    account: Account,
    before: Mapping[str, PrincipalRecord],
    kept: Sequence[KeptChange],
    pipelines: Pipelines,
) -> Iterator[RightsChange]:
    """Yield who was named by a call that no code made, whether or not rights changed by it.

    Those that are gone are known by their records `before`.
    """
    there = set()
    for principal in account.principals:
        there.add(principal.arn)
        code = pipelines.code_of(principal.tags)
        if code and _is_touched(principal.arn, code, kept):
            record = replace(outline(account, principal), code=code)
            yield RightsChange(after=record, before=record)
    for arn, record in before.items():
        if arn not in there and record.code and _is_touched(arn, record.code, kept):
            yield RightsChange(after=record, before=record)


def _is_touched(arn: str, code: str, kept: Sequence[KeptChange]) -> bool:
    return any(each.names(arn) and is_past(each, code) for each in kept)
