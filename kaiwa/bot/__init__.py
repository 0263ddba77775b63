"""The bot: understands a turn, chooses a skill, replies. Pure: everything it may know is passed in.

`respond(turn, knowledge) -> Answer` is the door; `turn.py` has what goes in and comes out.
"""
