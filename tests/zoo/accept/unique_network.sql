-- Addresses as keys.
CREATE TABLE leases (ip inet PRIMARY KEY, mac macaddr NOT NULL UNIQUE, net cidr UNIQUE);
