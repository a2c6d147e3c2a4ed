from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, event

TRAILS = "cloudtrail.amazonaws.com"


def row(**fields):
    given = {
        "id": "some-row",
        "title": "Something happened",
        "severity": Severity.HIGH,
        "source": TRAILS,
        "calls": {"StopLogging": "stopped trail {name}", "PutEventSelectors": "changed a trail"},
        "why": "",
        "remediation": "",
        "references": (),
    }
    return Row(**{**given, **fields})


def told(row, request=None, *, name="StopLogging", source=TRAILS):
    [evidence] = row.evidence(event(name, source=source, request=request))
    return evidence


def selectors(*kinds):
    return {"eventSelectors": [{"readWriteType": kind} for kind in kinds]}


def test_names_a_resource_of_another_service_than_iam():
    evidence = told(
        row(about=About("Other", "trail/{name}", service="cloudtrail")), {"name": "main"}
    )

    assert evidence.resource.arn == f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/main"


def test_takes_an_arn_that_is_given_in_place_of_a_name():
    arn = f"arn:aws:cloudtrail:eu-west-1:{ACCOUNT}:trail/main"

    evidence = told(row(about=About("Other", "trail/{name}", service="cloudtrail")), {"name": arn})

    assert evidence.resource.arn == arn


def test_judges_the_calls_of_another_service_too():
    config = "config.amazonaws.com"
    both = row(elsewhere={config: {"StopConfigurationRecorder": "stopped a recorder"}})

    evidence = told(both, name="StopConfigurationRecorder", source=config)

    assert evidence.summary == "user mallory stopped a recorder"
    assert both.detection().wants(event("StopConfigurationRecorder", source=config))
    assert not both.detection().wants(event("StopLogging", source=config))


def test_weighs_a_call_by_a_parameter_wherever_in_a_list_it_is():
    reads = Case(
        severity=Severity.CRITICAL, parameter="eventSelectors.readWriteType", values=("ReadOnly",)
    )
    change = row(cases=(reads,))

    assert told(change, selectors("All", "ReadOnly")).severity is Severity.CRITICAL
    assert told(change, selectors("All")).severity is None
    assert told(change).severity is None


def test_weighs_a_call_by_its_name():
    milder = row(cases=(Case(severity=Severity.LOW, calls=("PutEventSelectors",)),))

    assert told(milder, name="PutEventSelectors").severity is Severity.LOW
    assert told(milder).severity is None


def test_lets_the_first_case_that_fits_decide():
    cases = (
        Case(severity=Severity.LOW, parameter="name", values=("Test-*",)),
        Case(severity=Severity.CRITICAL, parameter="name"),
    )

    assert told(row(cases=cases), {"name": "TEST-1"}).severity is Severity.LOW
    assert told(row(cases=cases), {"name": "main"}).severity is Severity.CRITICAL


def test_tells_all_values_of_a_list():
    evidence = told(row(calls={"StopLogging": "stopped {names}"}), {"names": ["one", "two"]})

    assert evidence.summary == "user mallory stopped one, two"


def test_weighs_a_call_about_another_user_than_the_caller():
    other = Case(severity=Severity.CRITICAL, of_another=True)

    assert told(row(cases=(other,)), {"userName": "bob"}).severity is Severity.CRITICAL
    assert told(row(cases=(other,)), {"userName": "mallory"}).severity is None
    assert told(row(cases=(other,))).severity is None


def test_tells_what_happens_every_day_once_a_day():
    first, again = (told(row(is_everyday=True), {"name": "main"}) for _ in range(2))
    other = told(row(is_everyday=True), {"name": "main"}, name="PutEventSelectors")

    assert first.occasion == again.occasion != other.occasion
    assert told(row(), {"name": "main"}).occasion == ""
