"""What a text is likeliest in the talk it stands in: weights learnt from whole conversations."""
