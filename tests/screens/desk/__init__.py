"""What staff see and do at the desk, told by a simulated browser."""
