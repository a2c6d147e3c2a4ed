import re

import pytest

from rolecall.policy import action_index
from rolecall.policy.escalation import PATHS, PATHS_BY_ID, Gain, Kind, Target

each_path = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.id)

PUBLIC = {
    "apprunner": 2,
    "bedrock": 2,
    "cloudformation": 5,
    "codebuild": 4,
    "ec2": 4,
    "ecs": 9,
    "glue": 7,
    "iam": 21,
    "lambda": 6,
    "sagemaker": 5,
    "ssm": 3,
    "batch": 3,
    "braket": 1,
    "codedeploy": 1,
    "cognitoidentity": 1,
    "datapipeline": 1,
    "emr": 1,
    "emrserverless": 1,
    "gamelift": 1,
    "imagebuilder": 1,
    "kinesisanalytics": 1,
    "omics": 1,
    "scheduler": 1,
    "stepfunctions": 2,
    "sts": 1,
}


@pytest.mark.parametrize(("service", "count"), PUBLIC.items())
def test_has_the_public_paths_of_the_service(service, count):
    ids = {f"{service}-{number:03}" for number in range(1, count + 1)}

    assert ids <= set(PATHS_BY_ID)


def test_has_ids_of_its_own():
    assert len(PATHS_BY_ID) == len(PATHS)


@each_path
def test_names_actions_that_aws_has_or_had(path):
    index = action_index()

    assert [action for action in path.actions if not index.expand(action)] == []


@each_path
def test_says_where_it_is_described(path):
    assert path.sources
    assert all(source.startswith("https://") for source in path.sources)


@each_path
def test_says_what_the_actor_does(path):
    assert re.match(r"[a-z]+s ", path.how)
    assert not path.how.endswith(".")


@each_path
def test_passes_roles_only_to_services_that_the_role_must_trust(path):
    assert not path.passes_role or path.trusts


@each_path
def test_gains_a_principal_that_its_needs_name_or_that_a_service_runs_as(path):
    targets = {need.on for need in path.needs}
    names_one = targets != {Target.ANYTHING} or bool(path.trusts)

    assert names_one or path.gains is Gain.RULES


@each_path
def test_tells_what_must_exist_where_something_that_runs_is_taken_over(path):
    assert bool(path.depends_on) or path.kind is not Kind.EXISTING_WORKLOAD
