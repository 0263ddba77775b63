"""Merchants (tenants), their agents, inboxes and what was done by whom."""
