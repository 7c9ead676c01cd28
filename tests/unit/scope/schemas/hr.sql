-- A company's people, with payroll, recruiting and sales in schemas of their own.
CREATE TABLE hr.departments (id serial PRIMARY KEY, name text NOT NULL, manager_id bigint);
CREATE TABLE hr.locations (id serial PRIMARY KEY, city text NOT NULL, country_code char(2) NOT NULL);
CREATE TABLE hr.job_titles (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE hr.employees (
    id bigint PRIMARY KEY, department_id int NOT NULL REFERENCES hr.departments, location_id int REFERENCES hr.locations,
    job_title_id int REFERENCES hr.job_titles, manager_id bigint REFERENCES hr.employees, first_name text NOT NULL,
    last_name text NOT NULL, work_email text NOT NULL UNIQUE, phone text,
    employment_type text NOT NULL CHECK (employment_type IN ('full_time', 'part_time', 'contractor', 'intern')),
    is_remote boolean NOT NULL, hired_on date NOT NULL, terminated_on date
);
CREATE TABLE hr.dependents (id bigint PRIMARY KEY, employee_id bigint NOT NULL REFERENCES hr.employees, first_name text NOT NULL);
CREATE TABLE hr.leave_requests (
    id bigint PRIMARY KEY, employee_id bigint NOT NULL REFERENCES hr.employees,
    leave_type text NOT NULL CHECK (leave_type IN ('vacation', 'sick', 'parental')),
    status text NOT NULL CHECK (status IN ('pending', 'approved', 'rejected')), starts_on date NOT NULL, ends_on date NOT NULL
);
CREATE TABLE hr.performance_reviews (
    id bigint PRIMARY KEY, employee_id bigint NOT NULL REFERENCES hr.employees, reviewer_id bigint REFERENCES hr.employees,
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5), reviewed_on date NOT NULL
);
CREATE TABLE hr.job_history (id bigint PRIMARY KEY, employee_id bigint NOT NULL REFERENCES hr.employees, started_on date NOT NULL);
CREATE TABLE payroll.salaries (
    id bigint PRIMARY KEY, employee_id bigint NOT NULL REFERENCES hr.employees, amount numeric(12, 2) NOT NULL, currency char(3) NOT NULL
);
CREATE TABLE payroll.payslips (
    id bigint PRIMARY KEY, employee_id bigint NOT NULL REFERENCES hr.employees, gross numeric(12, 2) NOT NULL,
    net numeric(12, 2) NOT NULL, paid_on date NOT NULL
);
CREATE TABLE payroll.bonuses (id bigint PRIMARY KEY, employee_id bigint NOT NULL REFERENCES hr.employees, amount numeric(12, 2) NOT NULL);
CREATE TABLE recruiting.openings (
    id bigint PRIMARY KEY, department_id int NOT NULL REFERENCES hr.departments, title text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'on_hold', 'filled'))
);
CREATE TABLE recruiting.candidates (id bigint PRIMARY KEY, full_name text NOT NULL, email text NOT NULL, phone text, linkedin_url text);
CREATE TABLE recruiting.applications (
    id bigint PRIMARY KEY, opening_id bigint NOT NULL REFERENCES recruiting.openings,
    candidate_id bigint NOT NULL REFERENCES recruiting.candidates,
    stage text NOT NULL CHECK (stage IN ('applied', 'screening', 'interview', 'offer', 'hired', 'rejected')), applied_at timestamptz NOT NULL
);
CREATE TABLE recruiting.interviews (
    id bigint PRIMARY KEY, application_id bigint NOT NULL REFERENCES recruiting.applications,
    interviewer_id bigint NOT NULL REFERENCES hr.employees, at timestamptz NOT NULL
);
CREATE TABLE sales.customers (id bigint PRIMARY KEY, name text NOT NULL, country_code char(2));
CREATE TABLE sales.deals (
    id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES sales.customers, owner_id bigint NOT NULL REFERENCES hr.employees,
    stage text NOT NULL CHECK (stage IN ('lead', 'qualified', 'proposal', 'won', 'lost')), value numeric(12, 2) NOT NULL, closed_at timestamptz
);
