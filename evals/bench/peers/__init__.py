"""What others do with the same passages and the same weights: each as its own tutorial does it."""
