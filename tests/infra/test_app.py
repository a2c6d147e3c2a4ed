import json
import os
import subprocess
import sys

from tests.infra.synthesis import CONTEXT, REPOSITORY


def test_says_what_is_wrong_in_one_sentence(tmp_path):
    (tmp_path / "mine.toml").write_text("[hub]\naccount = 1\n")

    run = run_app(tmp_path, "mine.toml")

    assert run.returncode == 1
    assert run.stderr.endswith("hub.account should be a text in quotes, it is 1\n")
    assert "Traceback" not in run.stderr


def test_sets_the_feature_flags_that_the_cdk_command_recommends():
    templates = REPOSITORY / "node_modules/aws-cdk/lib/init-templates"

    recommended = json.loads((templates / ".recommended-feature-flags.json").read_text())
    assert recommended == CONTEXT


def run_app(folder, configuration):
    """Run app.py as the CDK command does."""
    context = json.dumps({"config": str(folder / configuration)})
    return subprocess.run(  # noqa: S603 - our own program, on files of the test
        [sys.executable, REPOSITORY / "app.py"],
        env={**os.environ, "CDK_CONTEXT_JSON": context, "CDK_OUTDIR": str(folder / "out")},
        capture_output=True,
        text=True,
        check=False,
    )
