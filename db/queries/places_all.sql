-- Every unit of the loaded lists.
SELECT id, code, name, level, parents, parent_codes, valid_from, valid_to FROM places ORDER BY id
