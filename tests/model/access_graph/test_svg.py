from xml.etree import ElementTree as ET

from rolecall.model.access_graph import drawn, graph_of
from tests.builders import ACCOUNT, account, held, role, trust_of, user

SVG = "{http://www.w3.org/2000/svg}"


def picture(*policies):
    worker = role(
        "worker<1>", trust=trust_of({"Service": "lambda.amazonaws.com"}), policies=(held("*"),)
    )
    alice = user("alice", policies=policies)
    graph = graph_of(account(alice, roles=[worker]))
    return ET.fromstring(drawn(graph.to_administrator(alice.arn)))  # noqa: S314 - ours


def words(picture):
    return [element.text for element in picture.iter(f"{SVG}text")]


def test_shows_every_principal_and_the_rights_between_them():
    shown = words(picture(held(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"])))

    assert "alice" in shown
    assert "worker<1>" in shown
    assert "iam:PassRole, lambda:CreateFunction, lambda:InvokeFunction" in shown


def test_names_the_arn_of_each_box():
    found = picture(held(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]))

    titles = [element.text for element in found.iter(f"{SVG}title")]

    assert titles[0] == f"arn:aws:iam::{ACCOUNT}:user/alice"


def test_dashes_what_depends_on_something_and_says_on_what():
    found = picture(held(["lambda:UpdateFunctionCode"]))
    [arrow] = [each for each in found.iter(f"{SVG}path") if each.get("marker-end")]

    assert arrow.get("stroke-dasharray")
    assert any("which IAM does not show" in text for text in words(found))


def test_keeps_its_words_within_the_picture():
    found = picture(held(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]))
    height = int(found.get("height"))

    assert all(0 < int(text.get("y")) < height for text in found.iter(f"{SVG}text"))


def test_is_a_picture_whatever_somebody_is_called():
    """XML takes no control characters, not even spelled as references."""
    hostile = user("al\x00ice\x1b[2J\u202e", policies=(held("iam:PutUserPolicy"),))

    found = ET.fromstring(drawn(graph_of(account(hostile)).to_administrator(hostile.arn)))  # noqa: S314 - ours

    assert "al\ufffdice\ufffd[2J\ufffd" in words(found)
