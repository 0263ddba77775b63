"""Kaiwa: a conversational commerce server. Shoppers talk; bot, desk and orders answer."""

__version__ = "0.1.0"
