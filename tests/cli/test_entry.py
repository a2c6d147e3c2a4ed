import os
import signal
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import rolecall
from rolecall.cli.options import FailOn, Level
from rolecall.model.severity import Severity

PROGRAM = "import sys; from rolecall.cli import main; sys.exit(main())"


def start(*arguments, **options):
    environment = {**os.environ, "PYTHONPATH": str(Path(rolecall.__file__).parents[1])}
    return subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-c", PROGRAM, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_help_names_every_command(run):
    ran = run("--help")

    assert ran.code == 0
    for command in ("audit", "replay", "findings", "explain", "rules"):
        assert f" {command} " in ran.out


def test_help_imports_neither_the_sdk_nor_the_rules():
    loaded = (
        "import sys; from rolecall.cli import main; main(['--help']);"
        "print([m for m in ('boto3', 'botocore', 'rolecall.catalog') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(rolecall.__file__).parents[1])}

    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-c", loaded], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_without_a_command_the_help_is_shown_and_nothing_was_done(run):
    ran = run()

    assert ran.code == 2
    assert "Usage: rolecall" in ran.out
    assert ran.err == ""


def test_version(run):
    try:
        installed = version("rolecall")
    except PackageNotFoundError:
        pytest.skip("rolecall itself is not installed here")

    ran = run("--version")

    assert (ran.code, ran.out) == (0, f"rolecall {installed}\n")


MISUSE = {
    "audits": "no such command 'audits'. Did you mean 'audit'? (see `rolecall --help`)",
    "audit --xyz": "no such option: --xyz (see `rolecall audit --help`)",
    "explain": "missing argument 'RULE' (see `rolecall explain --help`)",
    "rules --format xml": (
        "invalid value for '--format': 'xml' is not one of 'table', 'json', 'jsonl'"
        " (see `rolecall rules --help`)"
    ),
    "findings list --account 12": (
        "invalid value for '--account': '12' is no account id, which has twelve digits"
        " (see `rolecall findings list --help`)"
    ),
    "findings list --principal alice": (
        "invalid value for '--principal': 'alice' is no ARN; it should look like"
        " arn:aws:iam::111122223333:user/alice (see `rolecall findings list --help`)"
    ),
    "findings list --since yesterday": (
        "invalid value for '--since': 'yesterday' is no time: use a day (2026-11-01), a moment"
        " (2026-11-01T08:00:00Z) or a span back from now (7d, 12h)"
        " (see `rolecall findings list --help`)"
    ),
}


@pytest.mark.parametrize(("line", "sentence"), MISUSE.items(), ids=MISUSE)
def test_a_wrong_command_line_is_answered_with_one_sentence(run, line, sentence):
    ran = run(*line.split())

    assert (ran.code, ran.out, ran.err) == (2, "", f"rolecall: {sentence}\n")


def test_severities_are_those_of_the_model():
    assert [Severity.parse(level) for level in Level] == list(Severity)
    assert [*Level, "never"] == list(FailOn)


def test_never_is_not_even_reached_by_the_worst():
    assert not FailOn.NEVER.is_reached_by(Severity.CRITICAL)
    assert FailOn.HIGH.is_reached_by(Severity.HIGH)
    assert not FailOn.HIGH.is_reached_by(Severity.MEDIUM)


def test_a_reader_who_has_seen_enough_is_left_in_peace():
    program = start("rules", "--format", "jsonl")
    program.stdout.close()

    with program:
        complaint = program.stderr.read()

    assert (program.returncode, complaint) == (141, "")


def test_an_interrupt_is_told_and_ends_the_command():
    program = start("replay", "-", stdin=subprocess.PIPE)
    program.stdin.write("\n" * 100_000 + '{"eventName": "x"}\n' + "\n" * 100_000)
    program.stdin.flush()
    program.stderr.readline()  # it is at work: it complains of the record

    program.send_signal(signal.SIGINT)
    _, complaint = program.communicate(timeout=30)

    assert program.returncode == 130
    assert complaint == "rolecall: interrupted; what was not printed yet is lost\n"


def test_what_should_not_happen_is_a_sentence_too(run, monkeypatch, tmp_path):
    monkeypatch.delenv("ROLECALL_TRACEBACK", raising=False)
    config = tmp_path / "rolecall.toml"
    config.write_bytes(b"")
    monkeypatch.setattr(Path, "read_text", broken)

    ran = run("explain", "root-activity", "--config", config)

    assert ran.code == 2
    assert ran.err == (
        "rolecall: this should not have happened (RuntimeError: it broke): please report it with"
        " what ROLECALL_TRACEBACK=1 shows\n"
    )


def test_whoever_reports_it_can_see_the_traceback(run, monkeypatch, tmp_path):
    monkeypatch.setenv("ROLECALL_TRACEBACK", "1")
    monkeypatch.setattr(Path, "read_text", broken)

    with pytest.raises(RuntimeError, match="it broke"):
        run("explain", "root-activity", "--config", tmp_path / "rolecall.toml")


def broken(*_, **__):
    raise RuntimeError("it broke")
