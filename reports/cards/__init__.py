"""One-page profile cards: what an employer or a school pins on the wall, on screen and as PDF."""
