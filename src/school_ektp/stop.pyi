from school_ektp.planning.stop import NoImprovement as NoImprovement
from school_ektp.planning.stop import Target as Target
from school_ektp.planning.stop import FirstOf as FirstOf
from school_ektp.planning.stop import StopRule as StopRule
from school_ektp.planning.stop import Stop as Stop
from school_ektp.planning.stop import Watch as Watch
from school_ektp.planning.stop import Progress as Progress
