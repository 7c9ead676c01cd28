-- Money and bits as keys.
CREATE TABLE stakes (amount money PRIMARY KEY, mask bit(16) NOT NULL UNIQUE, bits varbit(20) UNIQUE);
