"""Every check on one snapshot, as audits run them."""

from rolecall.catalog import CHECKS
from rolecall.model.settings import Settings
from rolecall.services.audit import judge


def judged(account, settings=None):
    judgement = judge(account, CHECKS, settings or Settings(), "traps")
    assert not judgement.crashes
    return judgement


def found(rule, account, settings=None):
    """Return the findings of one rule among those of all."""
    return [each for each in judged(account, settings).findings if each.rule == rule]
