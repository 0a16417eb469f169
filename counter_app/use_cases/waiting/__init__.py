"""What people do with tickets, counters and waiting lines, and what they see of them (mission: Q1–Q7).

Commands: `Waiting`, `Counters`, `Shifts`, `DayClose`, `HelpDesk`, `Ratings`. Views: `WaitingQueries`.
Not here: who may do what (`use_cases/access`), how a ticket is printed (`use_cases/papers`).
"""
