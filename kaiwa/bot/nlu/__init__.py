"""Understanding: from what was sent to acts. Deterministic, pure, bounded in time."""
