"""The link builder: what a page can be asked, and the link, the QR code and the frame of it."""
