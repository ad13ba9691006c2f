-- Every unit, packed into one text: id, unit above (0 for none), unit it means (0 for
-- itself), bytes of the name, each followed by "|", and the name.
SELECT group_concat(id || '|' || ifnull(parent_id, 0) || '|' || ifnull(same_as, 0) || '|' || octet_length(name) || '|' || name, '')
  FROM (SELECT * FROM units ORDER BY id)
