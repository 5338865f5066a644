"""Drawing: a page of an original becomes a picture, with the place of each word on it.

Originals are what somebody sent in. All of this runs in a process of its own, with limits of time and memory,
and nothing outside the file is read.
"""
