"""Between the halls' centres: orders go up as they stand, letters come down."""
