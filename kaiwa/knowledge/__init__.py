"""Knowledge: what the shop has written down, and how the right piece of it is found."""
