"""What crosses between a student's kernel and the judge, and the way it is read."""
