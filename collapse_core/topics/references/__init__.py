"""The sources of all pages: what each shows here, and which statements rest on it."""
