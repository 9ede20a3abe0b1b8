-- A published version keeps everything that was published, its title and its days among it; its state only goes forward.
CREATE OR REPLACE FUNCTION keep_published_standard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.id, NEW.version, NEW.body, NEW.source_text, NEW.scheme, NEW.sample, NEW.title, NEW.effective_from,
      NEW.effective_to, NEW.published_at) IS DISTINCT FROM (OLD.id, OLD.version, OLD.body, OLD.source_text, OLD.scheme, OLD.sample,
      OLD.title, OLD.effective_from, OLD.effective_to, OLD.published_at)
  THEN RAISE EXCEPTION 'a published standard version is never changed' USING ERRCODE = 'check_violation'; END IF;
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (('draft', 'published'), ('published', 'withdrawn'))
  THEN RAISE EXCEPTION 'a published standard version never goes back' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;

-- Nor does a published text change its unit, its kind or the version it replaces.
CREATE OR REPLACE FUNCTION keep_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL AND (NEW.id, NEW.unit_id, NEW.kind, NEW.title, NEW.body, NEW.audience, NEW.version,
      NEW.published_at, NEW.replaces) IS DISTINCT FROM (OLD.id, OLD.unit_id, OLD.kind, OLD.title, OLD.body, OLD.audience, OLD.version,
      OLD.published_at, OLD.replaces)
  THEN RAISE EXCEPTION 'a published version is never changed; publish a new one' USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
