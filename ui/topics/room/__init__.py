"""What the page on a room needs of Streamlit."""
