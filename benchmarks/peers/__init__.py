"""
Routing engines that `school_ektp` is measured against, each in its best hand-made encoding.

A peer knows stops that are served whole, so schools are cut into chunks first; see `chunks`.
It answers with routes of chunks, which `decode` turns into visits for our own checker.
Where sites are whole in the first place, as in Team Orienteering, nothing is cut; see `whole`.
"""
