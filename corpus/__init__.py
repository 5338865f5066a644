"""What the think tank knows: its vocabulary, its errors, its settings, its store and its shipped material."""
