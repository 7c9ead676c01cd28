-- A default partition takes what the others don't.
CREATE TABLE messages (id bigserial, channel text NOT NULL, PRIMARY KEY (id, channel)) PARTITION BY LIST (channel);
CREATE TABLE messages_mail PARTITION OF messages FOR VALUES IN ('mail');
CREATE TABLE messages_rest PARTITION OF messages DEFAULT;
