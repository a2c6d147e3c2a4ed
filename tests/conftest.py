"""What every test shares."""

from hypothesis import HealthCheck, settings

# The machines that run this are busy: a slow example is no failure.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")
