"""What the system does: plain functions of a session and an actor. They flush; the caller's boundary commits."""
