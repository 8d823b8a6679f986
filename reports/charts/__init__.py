"""Drawings of our own for reports: positions worked out here, marks drawn by one SVG template."""
