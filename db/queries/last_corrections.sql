-- The corrections of the last decision on a finding.
SELECT sha256, indicator, field, span, printed, value
  FROM corrections
 WHERE decision_id = (SELECT max(id) FROM decisions WHERE finding_id = ?)
 ORDER BY ord
