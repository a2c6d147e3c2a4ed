from rolecall.services.read_details import read_details
from tests.builders import NOW, document

ARN = "arn:aws:iam::111122223333:policy/storage"


def version(name, text, *, is_default=False):
    return {"VersionId": name, "IsDefaultVersion": is_default, "Document": text}


def managed(arn=ARN, **fields):
    given = {
        "PolicyName": arn.rpartition("/")[2],
        "Arn": arn,
        "DefaultVersionId": "v2",
        "AttachmentCount": 0,
        "PermissionsBoundaryUsageCount": 0,
        "PolicyVersionList": [
            version("v2", document("s3:List*"), is_default=True),
            version("v1", document("*")),
        ],
    }
    return {**given, **fields}


def read(*policies):
    return read_details([{"Policies": policies}], NOW)


def test_reads_policies_that_nobody_holds_with_their_versions():
    [policy] = read(managed()).managed_policies

    assert (policy.name, policy.arn, policy.is_used) == ("storage", ARN, False)
    assert policy.policy.statements[0].actions == ("s3:list*",)
    assert policy.earlier["v1"].statements[0].actions == ("*",)


def test_counts_attachments_and_boundaries_as_use():
    attached, boundary = read(
        managed(AttachmentCount=1),
        managed(arn=f"{ARN}-limit", PermissionsBoundaryUsageCount=2),
    ).managed_policies

    assert attached.is_used
    assert boundary.is_used


def test_does_not_call_unused_what_nobody_counted():
    uncounted = managed()
    del uncounted["AttachmentCount"], uncounted["PermissionsBoundaryUsageCount"]

    [policy] = read(uncounted).managed_policies

    assert policy.is_used


def test_leaves_the_policies_of_aws_to_their_holders():
    assert not read(managed(arn="arn:aws:iam::aws:policy/ReadOnlyAccess")).managed_policies


def test_leaves_out_an_older_version_that_cannot_be_read():
    versions = [version("v2", document(), is_default=True), version("v1", "{")]

    [policy] = read(managed(PolicyVersionList=versions)).managed_policies

    assert not policy.earlier
    assert policy.unread_versions == ("v1",)
