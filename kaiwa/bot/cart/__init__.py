"""The cart in the talk: what is put in, taken out, changed or paid, and how it is shown."""
