"""What Rolecall costs a month: what is built, times what AWS charges, under stated assumptions.

Run `python -m tools.cost`: it prints the table of docs/cost.md.
Longer than 200 lines because the arithmetic and its numbers are read together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from statistics import fmean

SIZES = (10, 100, 1_000, 10_000)
DAYS = 30.4
"""Days of an average month."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Built:
    """What the templates say; a test compares."""

    audits_a_day: int = 3
    accounts_a_child: int = 10
    check_memory_gb: float = 0.5
    other_memory_gb: float = 0.25
    states_a_run: int = 5
    """ListAccounts, AuditAccounts, WriteCoverage, WasGivenUp, Done."""
    indexes: int = 5
    principals_indexes: int = 3
    alarm_metrics: int = 23
    """Twenty alarms; the one on failed runs has three metrics, the one on silence two."""
    polled_queues: int = 2
    keys: int = 1


@dataclass(frozen=True, slots=True)
class Assumed:
    """An average account, and how long AWS takes to answer."""

    check_seconds: tuple[float, ...] = (4.2, 4.6, 2.6)
    """Key rotation, user age, over-privilege. Each: AssumeRole 0.15, authorization details 1.0,
    keys of six users 0.25, our own work 0.55, tables 0.15, a share of cold starts 0.25; another
    call 0.12, calls for single users four at a time. The first two wait for a new credential report
    (1.25), the last takes the one that is there (0.25). The first reads SSH keys of ten users and
    two lists (0.6), the second MFA devices of five users and six facts of the account (1.0)."""
    look_seconds: float = 2.0
    """A look at an account after a change: the audit of permissions without credential report."""
    other_seconds: float = 0.4
    """Judging an event, telling a piece of news."""
    child_seconds: float = 6.0
    """A batch takes as long as its slowest account."""
    child_memory_gb: float = 0.125
    findings: int = 150
    """Open findings of an account."""
    finding_kb: float = 1.35
    coverage_kb: float = 1.0
    """What an audit writes of an account without gaps: each part with when it was last read."""
    organization_kb_an_account: float = 0.03
    """The stored organization, packed, which every audit reads."""
    resolved_share: float = 0.3
    """Resolved findings still kept, for every open one."""
    principals: int = 130
    principal_kb: float = 1.8
    """With 0.3 of packed actions."""
    policies_held: float = 2
    """Managed policies of a principal: a small item each, and once more in an index."""
    holding_kb: float = 0.4
    digest_kb: float = 0.3
    """What the index has of a principal that audits compare with."""
    principals_changed_a_day: float = 2
    """Used in a new month, given or denied something, made or deleted."""
    news_a_day: float = 3
    """Findings of an account that are opened or changed in a day, one half each."""
    forwarded_a_day: float = 30
    """Events of an account that a forwarding rule matches."""
    judged_share: float = 0.1
    """Of those, how many a detection wants."""
    unusual_share: float = 0.2
    """Of the judged events, how many show something new of their actor, or the first in a week."""
    changes_a_day: float = 3
    """Of those again, how many may change permissions."""
    looks_a_day: float = 1
    """Minutes of a day in which permissions change, which is mostly by a deployment."""
    days_kept: float = 90
    """How long a change is kept, in 1 kB."""
    log_kb: float = 2
    """What one call of a function writes into its log."""
    mails_a_day: float = 10
    kms_requests: int = 50_000


@dataclass(frozen=True, slots=True)
class Prices:
    """USD in us-east-1, November 2026, without any free tier."""

    lambda_gb_second: float = 0.0000133334
    """arm64."""
    lambda_request: float = 0.20 / _MILLION
    transition: float = 25 / _MILLION
    express_request: float = 1 / _MILLION
    express_gb_second: float = 0.00001667
    write_unit: float = 0.625 / _MILLION
    read_unit: float = 0.125 / _MILLION
    table_gb: float = 0.25
    rare_write_unit: float = 0.78 / _MILLION  # rare: Standard-IA, where space is cheap
    rare_read_unit: float = 0.155 / _MILLION
    rare_table_gb: float = 0.10
    recovery_gb: float = 0.20
    event: float = 1 / _MILLION
    """An event that crosses accounts."""
    queue_request: float = 0.40 / _MILLION
    key: float = 1.0
    kms_request: float = 0.03 / 10_000
    alarm_metric: float = 0.10
    log_gb: float = 0.50
    mail: float = 2 / 100_000


BUILT, ASSUMED, PRICES = Built(), Assumed(), Prices()


def month(accounts: int) -> Mapping[str, float]:
    """Return the USD of each service for a month with so many accounts."""
    return {
        "Lambda": _lambda(accounts),
        "Step Functions": _step_functions(accounts),
        "DynamoDB": _dynamodb(accounts),
        "EventBridge": _events(accounts) * PRICES.event,
        "SQS": _sqs(accounts),
        "KMS": BUILT.keys * PRICES.key + ASSUMED.kms_requests * PRICES.kms_request,
        "CloudWatch alarms": BUILT.alarm_metrics * PRICES.alarm_metric,
        "CloudWatch Logs": _calls(accounts) * ASSUMED.log_kb / _MILLION * PRICES.log_gb,
        "SNS": ASSUMED.mails_a_day * DAYS * PRICES.mail,
    }


def table() -> str:
    """Return the costs as a Markdown table, one column for each size."""
    months = {size: month(size) for size in SIZES}
    rows = [
        ("Accounts", *(f"{size:,}" for size in SIZES)),
        ("---", *("---:" for _ in SIZES)),
        *((name, *(f"{months[size][name]:.2f}" for size in SIZES)) for name in months[SIZES[0]]),
        ("**USD a month**", *(f"**{sum(months[size].values()):.2f}**" for size in SIZES)),
        ("USD an account", *(f"{sum(months[size].values()) / size:.4f}" for size in SIZES)),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _runs() -> float:
    return BUILT.audits_a_day * DAYS


def _checks(accounts: int) -> float:
    return _runs() * accounts


def _events(accounts: int) -> float:
    return ASSUMED.forwarded_a_day * DAYS * accounts


def _judged(accounts: int) -> float:
    return _events(accounts) * ASSUMED.judged_share


def _news(accounts: int) -> float:
    return ASSUMED.news_a_day * DAYS * accounts


def _looks(accounts: int) -> float:
    return ASSUMED.looks_a_day * DAYS * accounts


def _calls(accounts: int) -> float:
    """Count function calls; in the worst case every event and every news comes alone."""
    each = (_checks(accounts), _looks(accounts), _judged(accounts), _news(accounts))
    return sum(each) + 2 * _runs()


def _lambda(accounts: int) -> float:
    others = _judged(accounts) + _news(accounts) + 2 * _runs()
    gb_seconds = (
        _checks(accounts) * fmean(ASSUMED.check_seconds) * BUILT.check_memory_gb
        + _looks(accounts) * ASSUMED.look_seconds * BUILT.check_memory_gb
        + others * ASSUMED.other_seconds * BUILT.other_memory_gb
    )
    return gb_seconds * PRICES.lambda_gb_second + _calls(accounts) * PRICES.lambda_request


def _step_functions(accounts: int) -> float:
    children = _runs() * ceil(accounts / BUILT.accounts_a_child)
    child = ASSUMED.child_seconds * ASSUMED.child_memory_gb * PRICES.express_gb_second
    transitions = _runs() * BUILT.states_a_run + children
    return transitions * PRICES.transition + children * (PRICES.express_request + child)


def _dynamodb(accounts: int) -> float:
    units = ceil(ASSUMED.finding_kb)
    opened = units * (1 + BUILT.indexes)
    # Every index is sorted by the time of the change: a change removes one entry and adds another.
    changed = units * (1 + 2 * BUILT.indexes)
    covered = _checks(accounts) * ceil(ASSUMED.coverage_kb)
    writes = _news(accounts) * (opened + changed) / 2 + covered
    findings = ceil(ASSUMED.findings * ASSUMED.finding_kb / 4)
    organization = ceil(ASSUMED.organization_kb_an_account * accounts / 4)
    # And the coverage of the audit before, and the stored exceptions.
    # Half a unit for 4 kB of findings, which may be a moment old.
    reads = _checks(accounts) * (findings / 2 + organization + 2)
    kept = ASSUMED.findings * (1 + ASSUMED.resolved_share) * ASSUMED.finding_kb * accounts
    gigabytes = kept / _MILLION
    storage = PRICES.table_gb * (1 + BUILT.indexes) + PRICES.recovery_gb
    findings = writes * PRICES.write_unit + reads * PRICES.read_unit + gigabytes * storage
    return findings + _principals(accounts) + _changes(accounts) + _activity(accounts)


def _principals(accounts: int) -> float:
    # One of the three audits a day, and every look, reads the digests, half a unit for 4 kB, and
    # writes the changes, each with its digest twice (removed and added). Policies change too seldom
    # to count.
    audits = accounts * DAYS + _looks(accounts)
    digests = ceil(ASSUMED.principals * ASSUMED.digest_kb / 4) / 2
    changed = ASSUMED.principals_changed_a_day
    reads = audits * (digests + changed * ceil(ASSUMED.principal_kb / 4) / 2)
    writes = audits * changed * (ceil(ASSUMED.principal_kb) + 2)
    kept = ASSUMED.principal_kb + 2 * ASSUMED.policies_held * ASSUMED.holding_kb + ASSUMED.digest_kb
    once = ASSUMED.principal_kb + ASSUMED.policies_held * ASSUMED.holding_kb
    each = kept * PRICES.rare_table_gb + once * PRICES.recovery_gb
    storage = accounts * ASSUMED.principals * each / _MILLION
    return writes * PRICES.rare_write_unit + reads * PRICES.rare_read_unit + storage


def _changes(accounts: int) -> float:
    changes = accounts * ASSUMED.changes_a_day
    looks = accounts * DAYS + _looks(accounts)
    # A look reads when the last one was, twice, and the calls since; it writes that it was made.
    writes = changes * DAYS + looks
    reads = 3 * looks
    gigabytes = changes * ASSUMED.days_kept / _MILLION
    storage = gigabytes * (PRICES.table_gb + PRICES.recovery_gb)
    return writes * PRICES.write_unit + reads * PRICES.read_unit + storage


def _activity(accounts: int) -> float:
    # Every judged event reads what is usual for its actor and what is kept of it; a write is rare.
    judged = _judged(accounts)
    writes = ASSUMED.unusual_share * judged
    return writes * PRICES.write_unit + 2 * judged * PRICES.read_unit


def _sqs(accounts: int) -> float:
    # Lambda keeps five pollers waiting for twenty seconds each, whether anything comes or not.
    polls = BUILT.polled_queues * 5 * 3 * 60 * 24 * DAYS
    asked = ASSUMED.changes_a_day * DAYS * accounts + 2 * _looks(accounts)
    return (polls + 3 * _judged(accounts) + asked) * PRICES.queue_request


if __name__ == "__main__":
    print(table())  # noqa: T201 - what it is for
