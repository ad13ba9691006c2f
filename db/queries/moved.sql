-- Reports whose unit or period comes from the path, or is not known at all, and
-- whose file is no longer there but at another path: that path, and whether unit
-- and period came from the old one.
SELECT d.id, r.id, (SELECT f.path FROM files f WHERE f.document_id = d.id AND f.state <> 'gone' ORDER BY f.id LIMIT 1) AS now,
       r.sources ->> '$.unit' IS NOT NULL, r.sources ->> '$.period' IS NOT NULL
  FROM reports r
  JOIN documents d ON d.id = r.document_id
 WHERE (r.sources ->> '$.unit' IS NOT NULL OR r.sources ->> '$.period' IS NOT NULL OR r.state <> 'other' AND (r.unit_id IS NULL OR r.period = ''))
   AND now IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM files f WHERE f.path = d.path AND f.document_id = d.id AND f.state <> 'gone')
 ORDER BY d.id
