"""All that knows Streamlit, and nothing that knows statistics."""
