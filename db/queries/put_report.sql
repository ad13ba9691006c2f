-- What a report says of itself. Its state is settled afterwards.
UPDATE reports
   SET type = ?, unit_id = ?, period = ?, period_from = ?, period_to = ?, number = ?, date = ?, signer = ?, sources = ?,
       figures_hash = ?, state = ?, page_starts = ?, date_month = ?, doubts = ?, replaced_by = NULL
 WHERE id = ?
