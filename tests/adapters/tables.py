"""The tables as infra/findings_store.py creates them: keys and indexes, nothing else."""

FINDINGS_KEY = ("account_id", "id")
COVERAGE_KEY = ("account_id", "audit")
INDEXES = {
    "by-resource": ("resource_arn", "changed_at"),
    "by-principal": ("principal_arn", "changed_at"),
    "by-rule": ("rule", "changed_at"),
    "open-by-severity": ("open_severity", "changed_at"),
    "by-day": ("changed_on", "changed_at"),
}
PRINCIPALS_INDEXES = {
    "by-policy": ("policy_arn", "principal_arn"),
    "by-rank": ("rank", "principal_arn"),
}
DIGESTS = ("account_id", "digest")


def create_findings_table(client, name="rolecall-findings"):
    """Create the table of findings with its indexes and return its name."""
    return _create(client, name, FINDINGS_KEY, INDEXES)


def create_coverage_table(client, name="rolecall-coverage"):
    """Create the table of coverage and return its name."""
    return _create(client, name, COVERAGE_KEY, {})


def create_principals_table(client, name="rolecall-principals"):
    """Create the table of users and roles with its indexes and return its name."""
    indexes = {**PRINCIPALS_INDEXES, "digests": DIGESTS}
    return _create(client, name, ("account_id", "id"), indexes, keys_only=("digests",))


def create_activity_table(client, name="rolecall-activity"):
    """Create the table of what is remembered of events and return its name."""
    return _create(client, name, FINDINGS_KEY, {})


def create_changes_table(client, name="rolecall-changes"):
    """Create the table of changes and return its name."""
    return _create(client, name, ("account_id", "id"), {})


def _create(client, name, key, indexes, keys_only=()):
    attributes = sorted({*key, *(attribute for pair in indexes.values() for attribute in pair)})
    secondary = [
        {
            "IndexName": index,
            "KeySchema": _schema(*pair),
            "Projection": {"ProjectionType": "KEYS_ONLY" if index in keys_only else "ALL"},
        }
        for index, pair in indexes.items()
    ]
    client.create_table(
        TableName=name,
        KeySchema=_schema(*key),
        AttributeDefinitions=[
            {"AttributeName": attribute, "AttributeType": "S"} for attribute in attributes
        ],
        BillingMode="PAY_PER_REQUEST",
        **({"GlobalSecondaryIndexes": secondary} if secondary else {}),
    )
    return name


def _schema(partition, sort):
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]
