"""The language model's two jobs: to understand beside the rules, and to phrase what was decided."""
