"""What Lambda gets: package, pinned dependencies, what the deployer set; the same every time."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda as lambda_
from uv import find_uv_bin

_REPOSITORY = Path(__file__).parents[1]
_PACKAGE = _REPOSITORY / "functions" / "rolecall"
_REQUIREMENTS = _REPOSITORY / "requirements" / "lambda.txt"
_COMMAND_LINE = "cli"
# Where and how a package was installed: nothing needs it, and the hash would change with it.
_TRACES = ("bin", ".lock", "*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED")
_TIMESTAMP = 315532800
"""1980-01-01, the first moment that a zip file can tell."""


def function_code(files: Mapping[str, Any]) -> lambda_.Code:
    """Return the code of every function, with these JSON files by their names beside it.

    Share it, so that it is built once for each synth.
    """
    return lambda_.Code.from_asset(
        str(_PACKAGE.parent),
        asset_hash_type=cdk.AssetHashType.OUTPUT,
        bundling=cdk.BundlingOptions(
            image=lambda_.Runtime.PYTHON_3_13.bundling_image, local=_LocalBundling(files)
        ),
    )


def build_asset(target: Path, files: Mapping[str, Any]) -> None:
    """Fill the folder with what Lambda gets; the same input gives the same bytes."""
    _install_dependencies(target)
    shutil.copytree(
        _PACKAGE, target / _PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__", "py.typed")
    )
    shutil.rmtree(target / _PACKAGE.name / _COMMAND_LINE, ignore_errors=True)
    for name, content in files.items():
        text = json.dumps(content, indent=2, sort_keys=True)
        (target / name).write_text(text + "\n", encoding="utf-8")
    for path in (target, *target.rglob("*")):
        os.utime(path, (_TIMESTAMP, _TIMESTAMP))


@jsii.implements(cdk.ILocalBundling)
class _LocalBundling:
    """Builds the asset in this very process: no Docker needed."""

    def __init__(self, files: Mapping[str, Any]) -> None:
        self._files = files

    def try_bundle(self, output_dir: str, image: object = None, **options: object) -> bool:
        """Build into the folder; True says that Docker need not be asked."""
        build_asset(Path(output_dir), self._files)
        return True


def _install_dependencies(target: Path) -> None:
    """Install wheels for the function's platform, whatever machine this is."""
    subprocess.run(  # noqa: S603 - the pinned uv of this environment, with arguments of our own
        [
            *(find_uv_bin(), "pip", "install", "--quiet"),
            *("--target", str(target), "--requirements", str(_REQUIREMENTS), "--require-hashes"),
            *("--python-platform", "aarch64-manylinux_2_28", "--python-version", "3.13"),
            *("--only-binary", ":all:", "--no-compile-bytecode", "--link-mode", "copy"),
        ],
        check=True,
    )
    for trace in _TRACES:
        for path in target.glob(trace):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
