"""What the page of the sources draws."""
