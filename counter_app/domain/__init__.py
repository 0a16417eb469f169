"""What is true: pure folds and rules. No clock, no IO, no chance: values are passed in."""
