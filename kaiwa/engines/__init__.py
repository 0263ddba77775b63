"""What carries bytes: each engine a Protocol, one file per implementation."""
