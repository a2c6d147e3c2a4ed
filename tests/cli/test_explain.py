import pytest

from rolecall.catalog import RULES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_explained_in_a_terminal_of_eighty_columns(run, terminal, rule):
    terminal(80)

    ran = run("explain", rule.id)

    assert ran.code == 0
    assert rule.title in ran.out
    assert "Why it matters" in ran.out
    assert "What to do" in ran.out


def test_prose_fits_the_terminal(run, terminal):
    terminal(60)

    lines = run("explain", "access-key-rotation").out.splitlines()

    prose = [line for line in lines if "https://" not in line]
    assert max(map(len, prose)) <= 60 + len("\x1b[1m\x1b[0m")


def test_piped_text_is_plain(run):
    ran = run("explain", "access-key-rotation")

    assert ran.out.startswith(
        "Access keys are rotated in time\nHIGH · access-key-rotation · key-rotation audit\n\n"
    )
    assert "\x1b" not in ran.out
    assert "\n  max_age_days = 90\n" in ran.out


def test_colours_are_left_out_where_nobody_wants_them(run, terminal, monkeypatch):
    terminal(80)
    monkeypatch.setenv("NO_COLOR", "1")

    assert "\x1b[3" not in run("explain", "access-key-rotation").out


def test_parameters_in_force_come_from_the_configuration(run, tmp_path):
    config = tmp_path / "rolecall.toml"
    config.write_text("[rules.access-key-rotation]\nenabled = false\nmax_age_days = 30\n")

    ran = run("explain", "access-key-rotation", "--config", config)

    assert "max_age_days = 30  # default: 90" in ran.out
    assert "· switched off" in ran.out


def test_a_rule_that_is_misspelled_is_answered_with_those_spelled_alike(run):
    ran = run("explain", "root-activty")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "rolecall: there is no rule 'root-activty': did you mean root-activity?"
        " `rolecall rules` lists them all\n"
    )


def test_a_rule_that_is_like_none_is_answered_with_the_list(run):
    ran = run("explain", "xyzzy")

    assert ran.err == "rolecall: there is no rule 'xyzzy'; `rolecall rules` lists them all\n"


def test_a_configuration_that_is_wrong_is_named_with_its_key(run, tmp_path):
    config = tmp_path / "rolecall.toml"
    config.write_text("[rules.access-key-rotation]\nmax_age = 30\n")

    ran = run("explain", "access-key-rotation", "--config", config)

    assert ran.code == 2
    assert ran.err.startswith(
        f"rolecall: {config}: rules.access-key-rotation.max_age is no parameter that exists"
    )


def test_a_configuration_that_is_not_there_is_named(run, tmp_path):
    missing = tmp_path / "rolecall.toml"

    ran = run("explain", "access-key-rotation", "--config", missing)

    assert (ran.code, ran.err) == (2, f"rolecall: {missing}: No such file or directory\n")
