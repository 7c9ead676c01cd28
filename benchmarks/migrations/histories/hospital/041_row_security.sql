ALTER TABLE "Admission" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Admission_site" ON "Admission" FOR ALL
    USING ("siteId" = nullif(current_setting('app.site', true), '')::smallint)
    WITH CHECK ("siteId" = nullif(current_setting('app.site', true), '')::smallint);
