"""What the page needs of Streamlit alone."""
