import hashlib
import json
import zipfile

import pytest

from infra.function_asset import build_asset

MEGABYTE = 1024 * 1024
FILES = {"settings.json": {"retention": {"resolved_days": 30}}}


@pytest.fixture(scope="module")
def asset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asset")
    build_asset(folder, FILES)
    return folder


def test_holds_the_package_its_dependencies_and_the_settings(asset):
    assert (asset / "rolecall" / "handlers" / "notify.py").is_file()
    assert (asset / "rolecall" / "policy" / "action_index.json.gz").is_file()
    assert (asset / "aws_lambda_powertools").is_dir()
    assert json.loads((asset / "settings.json").read_text()) == {"retention": {"resolved_days": 30}}


def test_leaves_out_what_lambda_has_no_use_for(asset):
    paths = {str(path.relative_to(asset)) for path in asset.rglob("*")}

    assert not [path for path in paths if "__pycache__" in path or path.endswith(".pyc")]
    assert not [path for path in paths if path.startswith(("boto3", "typer", "rich", "tests"))]
    assert "rolecall/cli" not in paths


def test_is_the_same_every_time(asset, tmp_path):
    build_asset(tmp_path, FILES)

    assert fingerprint(tmp_path) == fingerprint(asset)


def test_differs_when_the_settings_do(asset, tmp_path):
    build_asset(tmp_path, FILES | {"settings.json": {"retention": {"resolved_days": 31}}})

    assert fingerprint(tmp_path) != fingerprint(asset)


def test_holds_the_list_of_people_where_there_is_one(asset, tmp_path):
    people = {"source": "people.csv", "people": [{"user_name": "alice"}]}

    build_asset(tmp_path, FILES | {"people.json": people})

    assert json.loads((tmp_path / "people.json").read_text()) == people
    assert not (asset / "people.json").exists()


def test_fits_into_five_megabytes(asset, tmp_path):
    with zipfile.ZipFile(tmp_path / "asset.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in asset.rglob("*"):
            archive.write(path, path.relative_to(asset))

    assert (tmp_path / "asset.zip").stat().st_size < 5 * MEGABYTE


def test_is_built_once_and_shared_by_all_functions(organization):
    functions = organization.resources("RolecallHub", "AWS::Lambda::Function").values()

    [_] = {json.dumps(function["Code"]) for function in functions}
    [_] = organization.folder.glob("asset.*")


def fingerprint(folder):
    """Sum up names, contents and times of everything in the folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(str(path.stat().st_mtime_ns).encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()
