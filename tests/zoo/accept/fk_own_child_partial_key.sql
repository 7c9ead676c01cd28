-- Whoever is treated has a consent of their own, and at most one live one a scope: a required ring with a partial key.
CREATE TABLE patients (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    merged_into_id uuid REFERENCES patients CHECK (merged_into_id <> id)
);
CREATE TABLE consents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    patient_id uuid NOT NULL REFERENCES patients DEFERRABLE INITIALLY DEFERRED,
    scope text NOT NULL CHECK (scope IN ('treatment', 'research', 'sharing')),
    given_at timestamp NOT NULL,
    withdrawn_at timestamp CHECK (withdrawn_at > given_at),
    UNIQUE (patient_id, id)
);
CREATE UNIQUE INDEX consents_live ON consents (patient_id, scope) WHERE withdrawn_at IS NULL;
ALTER TABLE patients
    ADD COLUMN consent_id uuid NOT NULL,
    ADD FOREIGN KEY (id, consent_id) REFERENCES consents (patient_id, id) DEFERRABLE INITIALLY DEFERRED;
