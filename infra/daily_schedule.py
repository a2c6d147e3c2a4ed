"""EventBridge Scheduler expressions that come round every day."""

import re

from rolecall.model.settings import SettingsError

_MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60}
_RATE = re.compile(r"rate\(([1-9]\d*) (minute|hour|day)s?\)")
# Minute and hour may be anything; the day, month and year fields must say "every".
_CRON = re.compile(r"cron\((\S+) (\S+) (?:\* \* \?|\? \* \*) \*\)")
_FIELD = re.compile(r"(?:\*|\d{1,2}(?:-\d{1,2})?)(?:/\d{1,2})?")


def check_daily_schedule(expression: str, key: str) -> str:
    """Return the expression when it fires at least once a day; raise SettingsError otherwise.

    The alarm on missing runs fires after a day of silence, so a rarer audit would alarm for ever.
    https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
    """
    if _is_daily_rate(expression) or _is_daily_cron(expression):
        return expression
    raise SettingsError(
        f"{key} should fire at least once a day, such as cron(0 5 * * ? *) or rate(12 hours);"
        f" it is {expression!r}"
    )


def _is_daily_rate(expression: str) -> bool:
    rate = _RATE.fullmatch(expression)
    return rate is not None and int(rate[1]) * _MINUTES[rate[2]] <= _MINUTES["day"]


def _is_daily_cron(expression: str) -> bool:
    cron = _CRON.fullmatch(expression)
    return cron is not None and _fits(cron[1], 59) and _fits(cron[2], 23)


def _fits(field: str, largest: int) -> bool:
    parts = field.split(",")
    return all(_FIELD.fullmatch(part) for part in parts) and all(
        int(number) <= largest for number in re.findall(r"\d+", field)
    )
