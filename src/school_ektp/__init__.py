"""
Plan school visits that record first-time holders of the Indonesian electronic ID card.

Read `school_ektp.workflow` for the chain from schools and demand to a plan.

Public names by task; `help(school_ektp.plan_visits)` tells more of one.

Read files:
    read_schools            Read a list of schools; their points are held against their
                            kecamatan and repaired
    read_roster             Read rosters: Dapodik, EMIS, web service, plain tables; lists of
                            leavers with them
    read_register           Read lists of the civil registry, whose status codes 3 to 8 mean
                            recorded
    read_travel             Read a matrix of travel times; seconds are rounded up to whole
                            minutes
    read_holidays           Read national holidays and joint leave (cuti bersama)
    read_closures           Read closures: school breaks, exams, and absences of classes such as
                            PKL

Check rosters and count who waits:
    check_roster            Return the rows that can be counted on, and an issue for everything
                            that is doubtful
    match_register          Find each pupil in the register: by NIK, else by name, birth date
                            and sex; near ones offered
    demand_of               Count the pupils of each school: who waits from which day, who is
                            recorded, who set aside
    EligibilityPolicy       Who may be recorded, and who must hold a card, from which day
    Priorities              Priority classes in the order in which their pupils are recorded

Say what there is:
    School                  A school at which first-time ID holders may be recorded
    Location                A point on the map
    Team                    A team that goes to schools with recording kits
    Break                   A pause in which a team neither drives nor records
    KitOutage               Kits that are out of order from *span*'s first day to its last
    VisitCalendar           The season: its days and what closes or shortens them
    Closure                 Days on which schools, or classes of them, cannot be visited:
                            breaks, exams, PKL, events
    DaySpan                 Days from *first* to *last*, both included
    TravelTable             Minutes between places as a routing engine gave them
    SchoolDemand            The pupils of one school, counted: a step function of days that
                            never falls by itself
    WaitingGroup            Pupils of one school who share a priority class and, where it
                            matters, a class

Say what is wanted:
    VisitRules              Rules of a plan; each is off, or at the default that offices report,
                            until it is asked for
    PinnedVisit             A visit the plan must hold, because it is announced or already
                            agreed
    Worth                   What visits, team-days, driving and waiting are worth, each in
                            pupils
    Risks                   What may go wrong, and how often

Plan:
    plan_visits             Plan which team visits which school on which day
    Plan                    Which team goes to which school on which day, how good that is, and
                            who is left out
    MaxIterations           Stop after *most* iterations: the same plan on every machine
    MaxSeconds              Stop after *seconds*; what is found in them depends on the machine

Take papers away, and bring them back:
    Office                  Who sends letters; what is empty is left to be filled in by hand
    read_plan_workbook      Return the plan as the sheet ``Rencana`` (or ``Plan``) of a workbook
                            now says it
    read_outcomes           Return the outcomes in files that teams brought back, for
                            `Season.record`

Live with what happens:
    Outcome                 What came of one visit, planned or not, or of one class at it, in
                            the words offices use
    simulate                Return what comes of the plan in many seasons in which nobody plans
                            again
    what_if                 Return what the season would bring under each combination of other
                            circumstances
    frontier                Return how many pupils budgets of team-days record, from those of
                            the plan downwards
    remedies                Return the changes that would record those left at a school, each
                            the smallest of its kind
    replan                  Plan again after a change, and keep announced visits unless moving
                            them pays
    compare                 Return what changes from *plan* to *other*

Namespaces:
    calendar                Hours, time zones, and the holidays of any year
    counts                  Who waits on which day, how many are recorded, and the account of
                            every row
    datasets                Samples to plan with at once: a real regency with invented pupils
    eligibility             Who may be recorded from which day, and who comes first
    errors                  What school_ektp raises and warns; every message names the way out
                            and no personal value
    intake                  What reading and checking give and take: tables, limits,
                            corrections, pupils as objects
    places                  Where schools and people are, under which code, and how long the way
                            takes
    problem                 The plan as integers: the problem, its checker and its bound
    registry                What the registry works with: NIK, its own list, and lists of who
                            comes next
    results                 What a plan holds and hands out
    season                  Time: what would help, what if, how sure, and what changes when a
                            season goes on
    stop                    When the search stops, and what it tells meanwhile
    totals                  Figures that others state, held against each other
    plot                    Charts of a plan for notebooks, slides and papers, without a network
"""

from __future__ import annotations

from school_ektp import _names

__getattr__, __dir__ = _names.attach(__name__)
