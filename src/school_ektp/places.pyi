# Schools
from school_ektp.model.school import SchoolLevel as SchoolLevel
from school_ektp.model.school import LocationMethod as LocationMethod
from school_ektp.model.npsn import Npsn as Npsn

# Kecamatan and villages
from school_ektp.roster.places import Places as Places
from school_ektp.roster.places import KecamatanArea as KecamatanArea
from school_ektp.roster.places import Village as Village
from school_ektp.roster.places import audit_places as audit_places
from school_ektp.roster.places import places_from_frames as places_from_frames
from school_ektp.roster.places import rejang_lebong_places as rejang_lebong_places
from school_ektp.model.regions import Crosswalk as Crosswalk
from school_ektp.model.regions import CodeSystem as CodeSystem
from school_ektp.model.regions import Kecamatan as Kecamatan
from school_ektp.model.regions import rejang_lebong_crosswalk as rejang_lebong_crosswalk

# The way
from school_ektp.model.travel import RoadEstimate as RoadEstimate
from school_ektp.model.travel import base_of as base_of
from school_ektp.model.travel import end_of as end_of
