"""What happens to a case between acceptance and its result: steps, people, departments. Pure: moments are
passed in."""
