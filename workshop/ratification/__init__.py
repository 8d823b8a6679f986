"""The employer panel refines profiles and ratifies them."""
