"""What a visitor writes: the notice, the comment, the way to the phone, the receipt."""
