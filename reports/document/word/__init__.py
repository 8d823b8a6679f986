"""The report for Word: the same edition as the page and the PDF, for those who must edit it.

It is laid out with Word's own styles, fields and captions. No sentence and no number is made here.
"""
