CREATE MATERIALIZED VIEW "Occupancy" AS
SELECT "departmentId", count(*) AS "admissions", max(upper("during")) AS "until" FROM "Admission" GROUP BY 1;
CREATE UNIQUE INDEX "Occupancy_departmentId_key" ON "Occupancy"("departmentId");
REFRESH MATERIALIZED VIEW CONCURRENTLY "Occupancy";
