"""Payments: one file per provider asks for money and says what became of it. No database."""

from kaiwa.payments.contract import (
    FAIL_REASONS,
    Ability,
    Account,
    Charge,
    FailReason,
    GiveBack,
    GivenBack,
    Heard,
    HeardDispute,
    HeardRefund,
    HeardRefunded,
    Outcome,
    OutcomeState,
    Provider,
    Told,
)
from kaiwa.payments.registry import provider, providers

__all__ = [
    "FAIL_REASONS",
    "Ability",
    "Account",
    "Charge",
    "FailReason",
    "GiveBack",
    "GivenBack",
    "Heard",
    "HeardDispute",
    "HeardRefund",
    "HeardRefunded",
    "Outcome",
    "OutcomeState",
    "Provider",
    "Told",
    "provider",
    "providers",
]
