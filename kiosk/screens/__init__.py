"""What people see, by who stands before it."""
