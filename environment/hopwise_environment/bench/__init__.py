"""Times the toolkit beside other libraries."""
