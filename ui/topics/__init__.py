"""The parts of single pages that need Streamlit, a room for each topic."""
