"""Payments: one file per provider asks for money and says what became of it. No database."""

from kaiwa.payments.contract import (
    Ability,
    Account,
    Charge,
    GiveBack,
    GivenBack,
    Heard,
    Outcome,
    OutcomeState,
    Provider,
)
from kaiwa.payments.registry import provider, providers

__all__ = [
    "Ability",
    "Account",
    "Charge",
    "GiveBack",
    "GivenBack",
    "Heard",
    "Outcome",
    "OutcomeState",
    "Provider",
    "provider",
    "providers",
]
