"""What every test shares."""

from hypothesis import HealthCheck, settings

from tests.dynamodb_local.plugin import dynamodb_endpoint  # noqa: F401 - a fixture, found by name

# The machines that run this are busy: a slow example is no failure.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")
