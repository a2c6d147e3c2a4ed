import ast
from pathlib import Path

from tests.adapters.tables import INDEXES, PRINCIPALS_INDEXES

STORE = Path(__file__).parents[2] / "infra" / "findings_store.py"


def test_tests_and_infrastructure_create_the_same_indexes():
    assignments = {
        target.id: node.value
        for node in ast.walk(ast.parse(STORE.read_text()))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    assert ast.literal_eval(assignments["_INDEXES"]) == INDEXES
    assert ast.literal_eval(assignments["_PRINCIPALS_INDEXES"]) == PRINCIPALS_INDEXES
