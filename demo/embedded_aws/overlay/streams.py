"""DynamoDB streams to functions: filters, partial answers, bisecting, retries, failed batches.

https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
"""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import time
from dataclasses import dataclass
from typing import Any

from demo.embedded_aws.emulator import Untyped, dynamodb, lambda_svc, replaces, responses

_RETRY_SECONDS = 0.2
_UNLIMITED = -1


@dataclass(slots=True)
class _Progress:
    """How far a mapping has read its stream, and how often it has failed here."""

    position: int
    attempts: int = 0
    size: int | None = None
    not_before: float = 0.0


_progress: dict[str, _Progress] = {}


@replaces(lambda_svc, "_init_stream_position")
def _start(original: Untyped, mapping_id: str, source: str, starting: str) -> None:
    original(mapping_id, source, starting)
    position = lambda_svc._dynamodb_stream_positions.get(mapping_id)
    if position is not None:
        _progress[mapping_id] = _Progress(position)


@replaces(lambda_svc, "_poll_dynamodb_streams")
def _poll(_original: Untyped) -> bool:
    found = [
        _poll_mapping(account, region, mapping)
        for account, region, mapping in lambda_svc._iter_all_esms()
        if ":dynamodb:" in mapping["EventSourceArn"] and mapping.get("Enabled", True)
    ]
    return any(found)


def _poll_mapping(account: str, region: str, mapping: dict[str, Any]) -> bool:
    progress = _progress.get(mapping["UUID"])
    if progress is None or progress.not_before > time.monotonic():
        return False
    if lambda_svc._esm_inflight.get(mapping["UUID"]):
        return False
    with responses.request_scope(account, region):
        table = mapping["EventSourceArn"].split("/")[1]
        function, _ = lambda_svc._get_func_record_for_qualifier(
            mapping["FunctionName"], mapping.get("Qualifier")
        )
        size = progress.size or mapping.get("BatchSize", 100)
        batch = dynamodb.stream_records_since(table, progress.position, size)
        if function is None or not batch:
            return False
        lambda_svc._dispatch_esm_batch(mapping["UUID"], _run, mapping, function, progress, batch)
    return True


def _run(
    mapping: dict[str, Any], function: Untyped, progress: _Progress, batch: list[dict[str, Any]]
) -> None:
    wanted = lambda_svc._apply_filter_criteria(batch, mapping)
    if not wanted:
        _advance(progress, len(batch))
        return
    result = lambda_svc._execute_function(function, {"Records": wanted})
    failed_at = _first_failure(mapping, batch, result)
    if failed_at is None:
        _advance(progress, len(batch))
    elif failed_at:
        _advance(progress, failed_at)
    else:
        _retry(mapping, function, progress, batch, result)


def _first_failure(mapping: Untyped, batch: list[dict[str, Any]], result: Untyped) -> int | None:
    """Return the index of the record to go on from, None if all are processed."""
    if result.get("error"):
        return 0
    if "ReportBatchItemFailures" not in mapping.get("FunctionResponseTypes", []):
        return None
    failures = (result.get("body") or {}).get("batchItemFailures") or []
    failed = {failure.get("itemIdentifier") for failure in failures}
    numbers = [str(record["dynamodb"]["SequenceNumber"]) for record in batch]
    return min((numbers.index(f) if f in numbers else 0 for f in failed), default=None)


def _advance(progress: _Progress, count: int) -> None:
    progress.position += count
    progress.attempts, progress.size, progress.not_before = 0, None, 0.0


def _retry(
    mapping: dict[str, Any],
    function: Untyped,
    progress: _Progress,
    batch: list[dict[str, Any]],
    result: Untyped,
) -> None:
    progress.attempts += 1
    limit = int(mapping.get("MaximumRetryAttempts", _UNLIMITED))
    if mapping.get("BisectBatchOnFunctionError") and len(batch) > 1:
        # A bisected batch does not count as a retry.
        progress.size, progress.attempts = len(batch) // 2, 0
    elif limit != _UNLIMITED and progress.attempts > limit:
        lambda_svc._send_ddb_stream_failure_record(
            mapping, function, batch, mapping["EventSourceArn"], result, "RetryAttemptsExhausted"
        )
        _advance(progress, len(batch))
        return
    progress.not_before = time.monotonic() + _RETRY_SECONDS
