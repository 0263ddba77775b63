"""A text put right before it is read: slips, letters for words, kana alone, numbers of goods."""
