"""Customers: people as reversible sets of addresses, each link with its evidence."""
