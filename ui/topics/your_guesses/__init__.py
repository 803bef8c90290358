"""The page of a reader's own guesses: what needs Streamlit."""
