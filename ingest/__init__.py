"""Files become a staged version of the index, and the staged version becomes the current one."""
