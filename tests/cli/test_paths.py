import json
import xml.etree.ElementTree as ET

import pytest

from tests.cli.test_questions import ALICE, BOB, WORKER, document, exported, role, user

__all__ = ["exported"]

ATTACH = document(Action="iam:AttachUserPolicy")


@pytest.fixture
def climbing(exported):
    """Write an account in which alice can become worker, an administrator, and bob nobody."""
    assume = document(Action="sts:AssumeRole", Resource=WORKER)
    users = [user(ALICE, assume), user(BOB, document(Action="s3:GetObject"))]
    return exported(users, [role(WORKER, {"AWS": ALICE}, document(Action="*"))])


def test_tells_the_way_to_administrator_step_by_step(run, exported):
    ran = run("paths", ALICE, "--snapshot", exported([user(ALICE, ATTACH)]))

    first, *steps = ran.out.splitlines()
    assert ran.code == 0
    assert first == f"{ALICE}  granted"
    assert "iam:AttachUserPolicy" in steps[0]
    assert steps[0].startswith("  1. user alice ")


def test_tells_the_way_to_another_principal(run, climbing):
    ran = run("paths", ALICE, "--to", WORKER, "--snapshot", climbing, "--format", "json")

    [chain] = json.loads(ran.out)
    assert (chain["principal"], chain["goal"]) == (ALICE, WORKER)
    assert chain["verdict"] == "granted"
    assert len(chain["steps"]) == len(chain["paths"]) == 1


def test_lists_everybody_who_can_become_somebody(run, climbing):
    ran = run("paths", "--to", WORKER, "--snapshot", climbing, "--format", "jsonl")

    assert [json.loads(line)["principal"] for line in ran.out.splitlines()] == [ALICE]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((BOB,), f"{BOB} cannot become an administrator, as far as IAM shows."),
        ((WORKER,), f"{WORKER} is an administrator already."),
        ((BOB, "--to", WORKER), f"{BOB} cannot become {WORKER}, as far as IAM shows."),
        (("--to", BOB), f"Nobody can become {BOB}."),
    ],
)
def test_says_what_it_means_that_there_is_no_way(run, climbing, arguments, sentence):
    ran = run("paths", *arguments, "--snapshot", climbing)

    assert (ran.code, ran.out) == (0, f"{sentence}\n")


def test_draws_the_chain(run, climbing, tmp_path):
    picture = tmp_path / "chain.svg"

    ran = run("paths", ALICE, "--snapshot", climbing, "--svg", picture)

    texts = " ".join(ET.fromstring(picture.read_text()).itertext())  # noqa: S314 - our own file
    assert ran.code == 0
    assert "alice" in texts
    assert "worker" in texts


def test_draws_nothing_but_one_chain(run, climbing, tmp_path):
    ran = run("paths", BOB, "--snapshot", climbing, "--svg", tmp_path / "chain.svg")

    assert ran.code == 2
    assert "--svg draws one chain and there are 0" in ran.err
    assert not (tmp_path / "chain.svg").exists()


def test_says_where_no_picture_can_be_written(run, climbing, tmp_path):
    ran = run("paths", ALICE, "--snapshot", climbing, "--svg", tmp_path / "nowhere" / "chain.svg")

    assert ran.code == 2
    assert "chain.svg: No such file or directory" in ran.err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "name a user or role to begin with"),
        ((f"{ALICE}-twin",), f"has no user or role {ALICE}-twin"),
        ((ALICE, "--to", f"{BOB}-twin"), f"has no user or role {BOB}-twin"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(run, climbing, arguments, problem):
    ran = run("paths", *arguments, "--snapshot", climbing)

    assert ran.code == 2
    assert problem in ran.err
