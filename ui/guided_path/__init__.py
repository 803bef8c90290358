"""The guided paths through the pages: their stops, and the strip above a page that is one."""
