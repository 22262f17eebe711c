"""What residents say: questions, ballots, tallies, comments, official answers, receipts."""
