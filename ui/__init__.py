"""The faces: the web page, the HTTP API, the command line, and all their wording in French and English."""
