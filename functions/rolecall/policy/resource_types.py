"""Which actions a list of resource patterns reaches: on all their resources, or on some.

An action without resource types can only be used on `*`, so nothing narrower reaches it.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING

from rolecall.policy.arn_templates import ArnTemplates, group_by_service
from rolecall.policy.wildcards import is_everything, is_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_REMEMBERED_PATTERNS = 1 << 14
_MINOR = frozenset(
    {
        "arn:${Partition}:ec2:${Region}:${Account}:prefix-list/${PrefixListId}",
        "arn:${Partition}:ec2:${Region}:${Account}:security-group-rule/${SecurityGroupRuleId}",
        "arn:${Partition}:fsx:${Region}:${Account}:backup/${BackupId}",
        "arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}/object/${ObjectName}",
    }
)
"""Another way to what a main type names, or a side of it: objects by way of access points.

Whoever has s3:GetObject on `arn:aws:s3:::*` reads every object there is.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
"""


class _Service:
    """The resource types whose ARNs name one service, or all of them."""

    def __init__(self, arns: list[str], actions_by_arn: Mapping[str, int]) -> None:
        templates = ArnTemplates(arns)
        self.covered_by = lru_cache(maxsize=1 << 10)(templates.covered_by)
        self.touched_by = templates.touched_by
        self.arns = arns
        self.actions = [actions_by_arn[arn] for arn in arns]


class ResourceTypes:
    """The resource types of every action, as bitsets over the action index."""

    def __init__(self, actions_by_arn: Mapping[str, int], every_action: int) -> None:
        """Keep the bitset of the actions that take each ARN template."""
        self._actions = actions_by_arn
        self._every_action = every_action
        self._arns = group_by_service(actions_by_arn)
        self._covered = lru_cache(maxsize=_REMEMBERED_PATTERNS)(self._cover)
        self._touched = lru_cache(maxsize=_REMEMBERED_PATTERNS)(self._touch)
        self._service = lru_cache(maxsize=_REMEMBERED_PATTERNS)(self._load)
        self._beside = lru_cache(maxsize=_REMEMBERED_PATTERNS)(self._take_elsewhere)

    @cached_property
    def without(self) -> int:
        """The actions that have no resource types, and so are always about `*`."""
        return self._every_action & ~reduce(or_, self._actions.values(), 0)

    @cached_property
    def with_minor(self) -> int:
        """The actions that have more types than their main ones."""
        return reduce(or_, (self._actions.get(arn, 0) for arn in _MINOR), 0)

    def covered_by(self, patterns: tuple[str, ...], account_id: str = "") -> int:
        """Return the actions all of whose resources match one of the patterns.

        With `account_id`, of the resources whose ARNs name an account only those of this one are
        asked about. Whether a resource type is covered is found pattern by pattern: two halves do
        not make a whole.
        """
        return self._covered(patterns, account_id)

    def main_covered_by(self, patterns: tuple[str, ...], account_id: str = "") -> int:
        """Return the actions whose main resources all match one of the patterns."""
        return self._covered(patterns, account_id, but=_MINOR)

    def touched_by(self, patterns: Iterable[str]) -> int:
        """Return the actions at least one of whose resources may match one of the patterns."""
        reached = 0
        for pattern in patterns:
            reached |= self._touched(pattern)
        return reached

    def _cover(
        self, patterns: tuple[str, ...], account_id: str, but: frozenset[str] = frozenset()
    ) -> int:
        if any(map(is_everything, patterns)):
            return self._every_action
        own = f":{account_id}:" if account_id else "*"
        wide = [pattern for pattern in patterns if not is_literal(pattern) or own in pattern]
        result = 0
        for name in {_service_of(pattern) for pattern in wide}:
            service = self._service(name)
            covered = {i for pattern in wide for i in service.covered_by(pattern, account_id)}
            if covered:
                reached = missed = 0
                for i, actions in enumerate(service.actions):
                    if i in covered:
                        reached |= actions
                    elif service.arns[i] not in but:
                        missed |= actions
                result |= reached & ~missed & ~self._beside(name)
        return result

    def _touch(self, pattern: str) -> int:
        if is_everything(pattern):
            return self._every_action
        service = self._service(_service_of(pattern))
        reached = 0
        for i in service.touched_by(pattern):
            reached |= service.actions[i]
        return reached

    def _load(self, name: str) -> _Service:
        arns = list(self._actions) if name == "*" else self._arns.get(name, [])
        return _Service(arns, self._actions)

    def _take_elsewhere(self, name: str) -> int:
        """Return the actions that take resource types of any other service than this."""
        if name == "*":
            return 0
        others = [bits for other, bits in self._of_service.items() if other != name]
        return reduce(or_, others, 0)

    @cached_property
    def _of_service(self) -> dict[str, int]:
        """The actions that take a resource type of each service."""
        return {
            name: reduce(or_, (self._actions[arn] for arn in arns))
            for name, arns in self._arns.items()
        }


def _service_of(pattern: str) -> str:
    """Return the service that a pattern names for certain, or a star.

    A star before or inside the service may stand for colons as well.
    """
    head = pattern.split(":", 3)
    named = len(head) == 4 and "*" not in head[1] and is_literal(head[2])  # noqa: PLR2004 - as split
    return head[2] if named else "*"
