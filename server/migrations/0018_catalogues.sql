-- Catalogues that the instance set itself in place of the samples: choices that policy names and each county defines.
CREATE TABLE catalogues (
  name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  items jsonb NOT NULL CHECK (jsonb_typeof(items) = 'array' AND jsonb_array_length(items) > 0),
  document text NOT NULL,
  changed_at timestamptz NOT NULL,
  version int NOT NULL DEFAULT 1
);
GRANT SELECT, INSERT, UPDATE ON catalogues TO wuxing_app;
