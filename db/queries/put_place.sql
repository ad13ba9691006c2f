INSERT INTO places (id, code, name, level, parents, parent_codes, valid_from, valid_to, name_key, bare_key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
