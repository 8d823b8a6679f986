"""What the set-up's pages show: frozen contexts, made from rows. Nothing here changes anything."""
