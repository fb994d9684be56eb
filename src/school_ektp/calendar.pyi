from school_ektp.model.clock import TimeWindow as TimeWindow
from school_ektp.model.holidays import Holidays as Holidays
from school_ektp.model.holidays import public_holidays as public_holidays
from school_ektp.model.zones import Zone as Zone
