"""Attrition: who began, who finished, who left, and what their leaving may have done."""
