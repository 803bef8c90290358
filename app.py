"""Home."""
import streamlit as st
from ui.shell import open_page
page = open_page("home")
