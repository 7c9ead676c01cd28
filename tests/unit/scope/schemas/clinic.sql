-- A clinic with billing and auditing in schemas of their own.
CREATE TYPE clinic.appointment_status AS ENUM ('scheduled', 'confirmed', 'checked_in', 'completed', 'cancelled', 'no_show');

CREATE TABLE clinic.departments (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE clinic.doctors (
    id bigint PRIMARY KEY, department_id int NOT NULL REFERENCES clinic.departments, full_name text NOT NULL, specialty text,
    is_accepting_patients boolean NOT NULL
);
CREATE TABLE clinic.nurses (id bigint PRIMARY KEY, department_id int REFERENCES clinic.departments, full_name text NOT NULL);
CREATE TABLE clinic.patients (
    id bigint PRIMARY KEY, mrn text NOT NULL UNIQUE, first_name text NOT NULL, last_name text NOT NULL, phone text, email text,
    sex text CHECK (sex IN ('male', 'female', 'other')), date_of_birth date NOT NULL, is_smoker boolean, deceased_at timestamptz,
    primary_doctor_id bigint REFERENCES clinic.doctors, registered_at timestamptz NOT NULL
);
CREATE TABLE clinic.rooms (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE clinic.appointments (
    id bigint PRIMARY KEY, patient_id bigint NOT NULL REFERENCES clinic.patients,
    doctor_id bigint NOT NULL REFERENCES clinic.doctors, room_id int REFERENCES clinic.rooms,
    status clinic.appointment_status NOT NULL, starts_at timestamptz NOT NULL, notes text
);
CREATE TABLE clinic.encounters (
    id bigint PRIMARY KEY, patient_id bigint NOT NULL REFERENCES clinic.patients, appointment_id bigint REFERENCES clinic.appointments,
    kind text NOT NULL CHECK (kind IN ('inpatient', 'outpatient', 'emergency')), started_at timestamptz NOT NULL
);
CREATE TABLE clinic.diagnoses (
    id bigint PRIMARY KEY, encounter_id bigint NOT NULL REFERENCES clinic.encounters, icd_code text NOT NULL, is_chronic boolean
);
CREATE TABLE clinic.medications (id serial PRIMARY KEY, name text NOT NULL, strength text);
CREATE TABLE clinic.prescriptions (
    id bigint PRIMARY KEY, encounter_id bigint NOT NULL REFERENCES clinic.encounters,
    medication_id int NOT NULL REFERENCES clinic.medications,
    status text NOT NULL CHECK (status IN ('active', 'completed', 'stopped')), prescribed_at timestamptz NOT NULL
);
CREATE TABLE clinic.lab_orders (id bigint PRIMARY KEY, encounter_id bigint NOT NULL REFERENCES clinic.encounters, ordered_at timestamptz);
CREATE TABLE clinic.lab_results (
    id bigint PRIMARY KEY, lab_order_id bigint NOT NULL REFERENCES clinic.lab_orders, test_name text NOT NULL, value numeric,
    flag text CHECK (flag IN ('normal', 'high', 'low', 'critical'))
);
CREATE TABLE clinic.vital_signs (id bigint PRIMARY KEY, encounter_id bigint NOT NULL REFERENCES clinic.encounters, heart_rate int);
CREATE TABLE clinic.allergies (
    id bigint PRIMARY KEY, patient_id bigint NOT NULL REFERENCES clinic.patients, substance text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('mild', 'moderate', 'severe'))
);
CREATE TABLE clinic.vaccinations (id bigint PRIMARY KEY, patient_id bigint NOT NULL REFERENCES clinic.patients, given_at timestamptz);
CREATE TABLE clinic.waiting_list_entries (id bigint PRIMARY KEY, patient_id bigint NOT NULL REFERENCES clinic.patients, added_at timestamptz);
CREATE TABLE billing.insurers (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE billing.policies (
    id bigint PRIMARY KEY, patient_id bigint NOT NULL REFERENCES clinic.patients, insurer_id int NOT NULL REFERENCES billing.insurers
);
CREATE TABLE billing.claims (
    id bigint PRIMARY KEY, policy_id bigint NOT NULL REFERENCES billing.policies, encounter_id bigint REFERENCES clinic.encounters,
    status text NOT NULL CHECK (status IN ('submitted', 'approved', 'denied', 'paid')), amount numeric(12, 2) NOT NULL,
    submitted_at timestamptz NOT NULL
);
CREATE TABLE billing.payments (
    id bigint PRIMARY KEY, claim_id bigint NOT NULL REFERENCES billing.claims, amount numeric(12, 2) NOT NULL, paid_at timestamptz
);
CREATE TABLE audit.access_log (id bigint PRIMARY KEY, actor text NOT NULL, at timestamptz NOT NULL);
CREATE TABLE audit.changes (id bigint PRIMARY KEY, relation text NOT NULL, at timestamptz NOT NULL);
