-- What only the text knew until now: the month of a date whose day was left blank
-- ("2024-01"), and the places where the characters of a figure were not read surely
-- (JSON, document.Doubt). Reports stored before have them after the next reprocess.
ALTER TABLE reports ADD COLUMN date_month TEXT NOT NULL DEFAULT '';
ALTER TABLE reports ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(doubts));
