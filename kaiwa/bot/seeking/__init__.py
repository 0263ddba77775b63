"""The guided finder: what is sought over several turns, and the question that narrows it most."""
