-- The periods of current reports.
SELECT period, count(*) FROM reports WHERE state = 'current' AND period <> '' GROUP BY period ORDER BY period
