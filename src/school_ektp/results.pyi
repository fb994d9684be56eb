# The plan
from school_ektp.model.visit import Visit as Visit
from school_ektp.planning.solution import Expected as Expected
from school_ektp.planning.solution import Value as Value
from school_ektp.plan.planned import Planned as Planned
from school_ektp.plan.data import PlanData as PlanData
from school_ektp.plan.shown import Shown as Shown
from school_ektp.plan.left_out import LeftOut as LeftOut
from school_ektp.model.language import Lang as Lang

# Papers
from school_ektp.report.letters.call_sheets import CallSheet as CallSheet
from school_ektp.report.letters.call_sheets import CalledPupil as CalledPupil
from school_ektp.report.letters.call_sheets import ClassSlot as ClassSlot
from school_ektp.report.letters.papers import Papers as Papers
from school_ektp.report.letters.papers import Member as Member
from school_ektp.report.excel.read_plan import EditedPlan as EditedPlan
from school_ektp.report.excel.read_folder import Returned as Returned
from school_ektp.report.letters.papers import Page as Page
from school_ektp.report.excel.sheet import CellIssue as CellIssue
from school_ektp.report.html.fortnight import fortnight_page as fortnight_page
from school_ektp.report.html.fortnight import FortnightPage as FortnightPage
