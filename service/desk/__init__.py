"""The editor's desk: corrections that are served from then on, and what is learnt from them."""
