"""What the exhibition says on a step: labels, columns, facts, pictures and films."""
