import re

import jmespath

from tests.infra.synthesis import REPOSITORY

ALARMS = (REPOSITORY / "docs" / "operations.md").read_text()
PAGE = (REPOSITORY / "README.md").read_text()


def test_tells_what_to_do_at_every_alarm(organization):
    [section] = re.findall(r"^## Alarms\n(.*)", ALARMS, re.MULTILINE | re.DOTALL)

    told = set(re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE))
    assert told == set(organization.resources("RolecallHub", "AWS::CloudWatch::Alarm"))


def test_deploys_and_removes_every_stack_that_there_is(organization):
    deployed = set(re.findall(r"cdk deploy '?(\w+)", PAGE))
    destroyed = set(re.findall(r"cdk destroy '?(\w+)", PAGE))

    stacks = {stack.partition("-")[0] for stack in organization.templates}
    assert deployed == destroyed == stacks


def test_empties_the_bucket_of_every_version():
    [query] = re.findall(r"--query '({Objects.*?)' >", PAGE)
    answer = {
        "Versions": [{"Key": "a", "VersionId": "1", "Size": 1}],
        "DeleteMarkers": [{"Key": "b", "VersionId": "2"}],
    }

    assert jmespath.search(query, answer) == {
        "Objects": [{"Key": "a", "VersionId": "1"}, {"Key": "b", "VersionId": "2"}]
    }
    assert jmespath.search(query, {"Versions": answer["Versions"]}) == {
        "Objects": [{"Key": "a", "VersionId": "1"}]
    }
