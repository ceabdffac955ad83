"""What is configured: in a file, by the environment and by flags; which of them holds, and why."""
