"""The chart and its clock."""
