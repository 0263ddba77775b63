"""The commands of `kaiwa`, a file per group. Each has `add(commands)`."""
