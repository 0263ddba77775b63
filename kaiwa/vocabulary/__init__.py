"""The words everyone may say: frozen value types without behaviour that needs the world."""
