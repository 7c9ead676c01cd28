"""Many hands: the rows of a plan made in other processes, on this machine or others."""
