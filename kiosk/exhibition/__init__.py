"""What an exhibition says: its exhibits, the files they are written in, and its frozen editions."""
