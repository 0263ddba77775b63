"""The retail domain of tau2-bench, replayed in our own shop by our own commands."""
