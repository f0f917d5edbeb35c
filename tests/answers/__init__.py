"""What readers may answer, by chapter: the right answer, each known slip, and something else."""
