"""Messenger: what it shares with the other face of Meta is in `tests/fakes/meta_samples`."""

from tests.fakes.meta_samples import samples

SAMPLES = samples("messenger")
