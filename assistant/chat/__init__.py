"""The chat model: asked for sentences, held to the passages that they cite."""
