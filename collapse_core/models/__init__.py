"""Models that fit and sample data points: what the fast families cannot do."""
