-- Three levels with a default at one of them.
CREATE TABLE logs (country text NOT NULL, kind text NOT NULL, at date NOT NULL) PARTITION BY LIST (country);
CREATE TABLE logs_de PARTITION OF logs FOR VALUES IN ('de') PARTITION BY LIST (kind);
CREATE TABLE logs_de_web PARTITION OF logs_de FOR VALUES IN ('web') PARTITION BY RANGE (at);
CREATE TABLE logs_de_web_25 PARTITION OF logs_de_web FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE logs_de_rest PARTITION OF logs_de DEFAULT;
CREATE TABLE logs_fr PARTITION OF logs FOR VALUES IN ('fr');
