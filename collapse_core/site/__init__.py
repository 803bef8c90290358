"""Every page as plain files, which any web host and any memory stick serve."""
