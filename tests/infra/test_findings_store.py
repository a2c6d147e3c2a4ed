import pytest

from tests.infra.synthesis import single_account_configuration, synthesize

INDEXES = {
    "by-resource": ("resource_arn", "changed_at"),
    "by-principal": ("principal_arn", "changed_at"),
    "by-rule": ("rule", "changed_at"),
    "open-by-severity": ("open_severity", "changed_at"),
    "by-day": ("changed_on", "changed_at"),
}


@pytest.fixture(scope="module")
def tables(organization):
    return organization.resources("RolecallHub", "AWS::DynamoDB::GlobalTable")


def test_keeps_findings_by_account_and_id(tables):
    assert keys(tables["rolecall-findings"]["KeySchema"]) == ("account_id", "id")


def test_keeps_coverage_by_account_and_audit(tables):
    assert keys(tables["rolecall-coverage"]["KeySchema"]) == ("account_id", "audit")


def test_answers_every_documented_question_by_an_index(tables):
    indexes = tables["rolecall-findings"]["GlobalSecondaryIndexes"]

    assert {each["IndexName"]: keys(each["KeySchema"]) for each in indexes} == INDEXES
    assert {each["Projection"]["ProjectionType"] for each in indexes} == {"ALL"}


def test_keeps_principals_with_an_index_for_each_question_and_one_of_digests(tables):
    principals = tables["rolecall-principals"]
    indexes = {each["IndexName"]: each for each in principals["GlobalSecondaryIndexes"]}

    assert keys(principals["KeySchema"]) == ("account_id", "id")
    assert {name: keys(each["KeySchema"]) for name, each in indexes.items()} == {
        "by-policy": ("policy_arn", "principal_arn"),
        "by-rank": ("rank", "principal_arn"),
        "digests": ("account_id", "digest"),
    }
    assert {name: each["Projection"]["ProjectionType"] for name, each in indexes.items()} == {
        "by-policy": "ALL",
        "by-rank": "ALL",
        "digests": "KEYS_ONLY",
    }


def test_pays_for_the_space_of_principals_where_space_is_cheap(tables):
    classes = {
        name: {replica.get("TableClass", "STANDARD") for replica in table["Replicas"]}
        for name, table in tables.items()
    }

    assert classes["rolecall-principals"] == {"STANDARD_INFREQUENT_ACCESS"}
    assert classes["rolecall-findings"] == classes["rolecall-coverage"] == {"STANDARD"}


def test_streams_findings_before_and_after_and_lets_them_expire(tables):
    findings = tables["rolecall-findings"]

    assert findings["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert findings["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert "StreamSpecification" not in tables["rolecall-coverage"]


@pytest.mark.parametrize("table", ["rolecall-findings", "rolecall-coverage", "rolecall-principals"])
def test_protects_the_data(tables, table):
    [replica] = tables[table]["Replicas"]

    assert replica["DeletionProtectionEnabled"] is True
    assert replica["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert "Fn::GetAtt" in replica["SSESpecification"]["KMSMasterKeyId"]
    assert tables[table]["BillingMode"] == "PAY_PER_REQUEST"


@pytest.mark.parametrize("kind", ["AWS::DynamoDB::GlobalTable", "AWS::KMS::Key"])
def test_keeps_the_data_when_the_stack_is_deleted(hub, kind):
    for resource in hub.find_resources(kind).values():
        assert resource["DeletionPolicy"] == "Retain"


def test_lets_go_of_everything_once_the_deployer_says_so(tmp_path):
    configuration = single_account_configuration()
    configuration["hub"]["protect_data"] = False

    resources = synthesize(tmp_path, configuration).templates["RolecallHub"]["Resources"].values()

    assert {each.get("DeletionPolicy", "Delete") for each in resources} == {"Delete"}
    for table in (each for each in resources if each["Type"] == "AWS::DynamoDB::GlobalTable"):
        [replica] = table["Properties"]["Replicas"]
        assert replica["DeletionProtectionEnabled"] is False


def test_rotates_the_key(hub):
    hub.resource_count_is("AWS::KMS::Key", 1)
    hub.has_resource_properties("AWS::KMS::Key", {"EnableKeyRotation": True})
    hub.has_resource_properties("AWS::KMS::Alias", {"AliasName": "alias/rolecall"})


def keys(schema):
    by_type = {each["KeyType"]: each["AttributeName"] for each in schema}
    return by_type["HASH"], by_type["RANGE"]
