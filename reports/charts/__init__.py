"""Charts of reports and of the explorer; what they are drawn of is not known here."""
