"""One synth for each mode, whatever the number of tests."""

import pytest

from tests.infra.synthesis import (
    example_configuration,
    single_account_configuration,
    synthesize,
)


@pytest.fixture(scope="session")
def organization(tmp_path_factory):
    return synthesize(tmp_path_factory.mktemp("organization"), example_configuration())


@pytest.fixture(scope="session")
def single_account(tmp_path_factory):
    return synthesize(tmp_path_factory.mktemp("single"), single_account_configuration())


@pytest.fixture(scope="session")
def hub(organization):
    return organization["RolecallHub"]
