"""What a request means in the light of the talk and of what the shop knows."""
