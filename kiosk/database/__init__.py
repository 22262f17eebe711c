"""One schema on two dialects: connection, one writer, migrations."""
