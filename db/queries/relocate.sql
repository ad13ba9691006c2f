-- A document whose own path does not hold it any more gets one that does.
UPDATE documents
   SET path = (SELECT f.path FROM files f WHERE f.document_id = documents.id AND f.state <> 'gone' ORDER BY f.id LIMIT 1)
 WHERE id = ?
   AND NOT EXISTS (SELECT 1 FROM files f WHERE f.path = documents.path AND f.document_id = documents.id AND f.state <> 'gone')
   AND EXISTS (SELECT 1 FROM files f WHERE f.document_id = documents.id AND f.state <> 'gone')
   AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.document_id = documents.id
                      AND (r.sources ->> '$.unit' IS NOT NULL OR r.sources ->> '$.period' IS NOT NULL
                           OR r.state <> 'other' AND (r.unit_id IS NULL OR r.period = '')))
