CREATE TABLE account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner text NOT NULL,
  balance numeric(12, 2) NOT NULL DEFAULT 0 CHECK (balance >= 0)
);
CREATE INDEX account_owner ON account (owner);
INSERT INTO account (owner, balance) VALUES ($$one; two$$, 10);
