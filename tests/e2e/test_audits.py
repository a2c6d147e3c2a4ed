"""The audits see what is there, and say nothing about what has not changed."""

from demo import expectations


def test_the_audits_find_what_was_seeded_and_nothing_about_what_is_clean(world):
    runs = world.audit()

    found = {(f.rule, f.account_id, f.resource.rpartition(":")[2]) for f in world.findings.all()}
    missing = {(e.rule, e.account_id, e.resource) for e in expectations.SEEDED} - found
    assert {(run["read"], len(run["unread"])) for run in runs} == {(5, 0)}
    assert not missing
    assert "coverage-gap" not in {rule for rule, _, _ in found}
    assert not expectations.flagged_wrongly(world.findings.all())


def test_a_second_audit_writes_nothing_and_tells_nothing(world):
    world.audit()
    world.quiet()
    items = _items(world)
    mails = world.aws.mails()

    world.audit()
    world.quiet()

    assert _items(world) == items
    assert world.aws.mails() == mails


def test_what_was_put_right_is_resolved_by_the_next_audit(world):
    account = world.organization.members[2]
    iam = world.member("iam", account.id)
    world.audit("key-rotation")
    finding = world.await_finding(account.id, "access-key-rotation", resource="user/experiment")
    [key] = iam.list_access_keys(UserName="experiment")["AccessKeyMetadata"]

    iam.update_access_key(UserName="experiment", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    world.audit("key-rotation")

    [after] = [f for f in world.findings.of_account(account.id) if f.id == finding.id]
    assert after.status == "RESOLVED"


def _items(world):
    pages = world.hub("dynamodb").get_paginator("scan").paginate(TableName="rolecall-findings")
    items = [item for page in pages for item in page["Items"]]
    return sorted(items, key=lambda item: item["id"]["S"])
