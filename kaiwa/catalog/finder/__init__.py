"""Finds products for what a shopper typed: understands, matches, filters, relaxes and says so."""
