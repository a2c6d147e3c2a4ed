from rolecall.catalog import DETECTIONS
from rolecall.model.identity_calls import SOURCES, known_calls
from tools import identity_calls


def test_the_committed_list_has_all_that_the_installed_packages_know():
    assert not identity_calls.known_calls() - known_calls(), "run python -m tools.identity_calls"


def test_the_changes_that_no_detection_names_are_those_listed():
    text = (identity_calls.FOLDER / identity_calls.UNNAMED).read_text(encoding="utf-8")

    expected = identity_calls.written(identity_calls.unnamed_changes())
    assert text == expected, "run python -m tools.identity_calls"


def test_changes_are_told_from_reading_and_from_what_is_everyday():
    unnamed = identity_calls.unnamed_changes()

    assert "iam TagMFADevice" in unnamed
    assert not unnamed & {"iam ListUsers", "sts AssumeRole", "iam PassRole", "iam CreateUser"}


def test_names_that_are_gone_are_kept(tmp_path):
    path = tmp_path / identity_calls.KNOWN
    path.write_text("CreateNothing\n", encoding="utf-8")

    identity_calls.main(["--folder", str(tmp_path)])

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
