"""What several rooms' tests share: a clock by hand, a store in a folder, a room that only tests know."""
