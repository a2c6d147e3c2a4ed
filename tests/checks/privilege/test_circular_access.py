from rolecall.checks.privilege.circular_access import circular_access
from tests.builders import ACCOUNT, account, held, role, trust_of

ROOT = trust_of({"AWS": f"arn:aws:iam::{ACCOUNT}:root"})


def assuming(name, target):
    return role(name, trust=ROOT, policies=(held("sts:AssumeRole", f"*role/{target}"),))


def test_tells_of_roles_that_become_one_another():
    circle = [assuming("a", "b"), assuming("b", "c"), assuming("c", "a")]

    [evidence] = circular_access.judge(account(roles=circle), {})

    assert evidence.summary == "3 roles can become one another: role a, role b, role c"


def test_is_silent_about_chains_with_an_end():
    chain = [assuming("a", "b"), assuming("b", "c"), assuming("c", "d")]

    assert list(circular_access.judge(account(roles=chain), {})) == []
