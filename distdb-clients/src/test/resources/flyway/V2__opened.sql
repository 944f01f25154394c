ALTER TABLE account ADD COLUMN opened timestamptz DEFAULT now();
CREATE VIEW rich AS SELECT owner FROM account WHERE balance > 5;
