-- Addresses of networks and hardware.
CREATE TABLE hosts (id serial PRIMARY KEY, ip inet NOT NULL, net cidr NOT NULL, mac macaddr NOT NULL,
    mac8 macaddr8 NOT NULL);
