"""Every operation on the disk fails, once or for good, while the product writes."""
