"""会议: prepared, printed, projected."""
