from rolecall.catalog import DETECTIONS
from rolecall.model.identity_calls import SOURCES, known_calls
from tools import identity_calls


def test_the_committed_list_has_all_that_the_installed_packages_know():
    assert not identity_calls.known_calls() - known_calls(), "run python -m tools.identity_calls"


def test_the_committed_list_is_written_as_the_tool_writes_it():
    text = identity_calls.LIST.read_text(encoding="utf-8")

    assert text == identity_calls.written(set(text.split()))


def test_names_that_are_gone_are_kept(tmp_path):
    path = tmp_path / "calls.txt"
    path.write_text("CreateNothing\n", encoding="utf-8")

    identity_calls.main(["--list", str(path)])

    assert {"CreateNothing", "CreateUser"} <= set(path.read_text(encoding="utf-8").split())


def test_calls_that_rules_name_are_known():
    named = {
        name
        for rule in DETECTIONS
        for pattern in rule.patterns
        if set(pattern.sources) & set(SOURCES)
        for name in pattern.names
    }

    assert not named - known_calls() - names_of_other_services()


def names_of_other_services():
    """Return the names that patterns over several services have from services of other kinds."""
    return {
        name
        for rule in DETECTIONS
        for pattern in rule.patterns
        if set(pattern.sources) - set(SOURCES)
        for name in pattern.names
    }
