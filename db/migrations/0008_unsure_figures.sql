-- The few figures whose value alone does not say all: approximate ones, and those
-- that were not read surely enough to be shown. figures_identity holds what is to
-- be known of the others, so that many are read without their rows.
CREATE INDEX figures_unsure ON figures (indicator, field, span, report_id, approx, confidence) WHERE approx = 1 OR confidence < 0.7;
