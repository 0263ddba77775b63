"""Messenger and Instagram: two faces of one Meta platform, translated once.

`kaiwa/channels/messenger.py` and `instagram.py` register the two channels; what they share is
here. `surface` says in what they differ, `limits` holds every number by API version, `batch`,
`webhook`, `content` and `parse` read what Meta tells, `render` and the files beside it write what
is shown, `api` and `graph` call the platform. Written by the Graph API 26.0 (2026-11).
"""
