-- A customer has one wallet a currency, and an article one text a language: neither is a currency's or a language's only one.
CREATE TABLE customers (id serial PRIMARY KEY, full_name text NOT NULL);
CREATE TABLE wallets (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'), closed_at timestamptz);
CREATE UNIQUE INDEX one_open_wallet ON wallets (customer_id, currency) WHERE closed_at IS NULL;
CREATE TABLE articles (id serial PRIMARY KEY, slug text NOT NULL UNIQUE);
CREATE TABLE article_texts (article_id integer NOT NULL REFERENCES articles, language_code varchar(5) NOT NULL, title text NOT NULL, PRIMARY KEY (article_id, language_code));
