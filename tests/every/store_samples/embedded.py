"""The embedded shop has nothing to be called with."""

from kaiwa.stores import Account
from tests.every.store_samples import StoreSamples

SAMPLES = StoreSamples(Account(1, "JPY"))
