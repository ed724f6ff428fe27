"""What speaks for a theme: its cues, its meaning, what was learned before and what people decide."""
