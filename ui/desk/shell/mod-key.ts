// The key that goes with a letter for a command, as this machine's keyboard names it.
const apple = /Mac|iPhone|iPad/.test(navigator.platform);

export const MOD = apple ? "⌘" : "Ctrl";
