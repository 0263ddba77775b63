"""Streams to browsers that can be resumed: what happens on a topic reaches its followers in order.

A cursor names a place in the stream of one process. After a break the follower shows its cursor
and gets what came since; when that is no longer kept, or the process is another one, it is told
to fetch the state anew. The tables are the truth, so nothing is lost either way.
"""

from kaiwa.engines.live.hub import Follower, Hub, LiveEvent

__all__ = ["Follower", "Hub", "LiveEvent"]
