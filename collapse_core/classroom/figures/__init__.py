"""The pictures of a live class: what a phone shows, and the chains on the wall."""
