"""What stands at the head of every page, the chat's too: the drawing and the rooms that there are."""

from __future__ import annotations

# A footbridge, drawn with the colour of the text around it.
MARK = (
    '<svg class="mark" viewBox="0 0 40 28" aria-hidden="true" focusable="false">'
    '<path d="M2 24C8 8 32 8 38 24M2 18h36M11 18v-4M20 18v-6M29 18v-4" fill="none" stroke="currentColor" '
    'stroke-width="2.6" stroke-linecap="round"/></svg>'
)

ROOMS = (("/", "rooms.chat"), ("/explorer", "rooms.explorer"))
"""The address of each public room, and the key of its name."""
