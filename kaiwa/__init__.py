"""Kaiwa: an open-source conversational commerce server."""

__version__ = "0.1.0"
