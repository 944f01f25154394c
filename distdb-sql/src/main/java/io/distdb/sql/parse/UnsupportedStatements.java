// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import java.util.List;
import java.util.Locale;

/**
 * Statements of PostgreSQL that are known by their first words and nothing more. The grammar never
 * sees them.
 */
final class UnsupportedStatements {
  /** Longest first where one is the start of another. */
  private static final List<String> FIRST_WORDS =
      List.of(
          "ALTER SYSTEM",
          "ALTER TYPE",
          "ALTER",
          "CALL",
          "CLUSTER",
          "COMMIT PREPARED",
          "CREATE AGGREGATE",
          "CREATE CAST",
          "CREATE COLLATION",
          "CREATE CONSTRAINT TRIGGER",
          "CREATE DOMAIN",
          "CREATE EVENT TRIGGER",
          "CREATE EXTENSION",
          "CREATE FOREIGN",
          "CREATE FUNCTION",
          "CREATE LANGUAGE",
          "CREATE MATERIALIZED VIEW",
          "CREATE OPERATOR",
          "CREATE OR REPLACE",
          "CREATE POLICY",
          "CREATE PROCEDURE",
          "CREATE PUBLICATION",
          "CREATE RULE",
          "CREATE SERVER",
          "CREATE STATISTICS",
          "CREATE SUBSCRIPTION",
          "CREATE TABLESPACE",
          "CREATE TEXT SEARCH",
          "CREATE TRIGGER",
          "CREATE TYPE",
          "CREATE USER MAPPING",
          "DO",
          "DROP AGGREGATE",
          "DROP CAST",
          "DROP COLLATION",
          "DROP DOMAIN",
          "DROP EVENT TRIGGER",
          "DROP EXTENSION",
          "DROP FOREIGN",
          "DROP FUNCTION",
          "DROP LANGUAGE",
          "DROP MATERIALIZED VIEW",
          "DROP OPERATOR",
          "DROP POLICY",
          "DROP PROCEDURE",
          "DROP PUBLICATION",
          "DROP ROUTINE",
          "DROP RULE",
          "DROP SERVER",
          "DROP STATISTICS",
          "DROP SUBSCRIPTION",
          "DROP TABLESPACE",
          "DROP TEXT SEARCH",
          "DROP TRIGGER",
          "DROP TYPE",
          "DROP USER MAPPING",
          "IMPORT FOREIGN SCHEMA",
          "LOAD",
          "MERGE",
          "PREPARE TRANSACTION",
          "REFRESH MATERIALIZED VIEW",
          "REINDEX",
          "ROLLBACK PREPARED",
          "SECURITY LABEL");

  /** What the grammar has, though its first words are among those above. */
  private static final List<String> SUPPORTED =
      List.of(
          "ALTER DATABASE",
          "ALTER DEFAULT PRIVILEGES",
          "ALTER GROUP",
          "ALTER INDEX",
          "ALTER ROLE",
          "ALTER SCHEMA",
          "ALTER SEQUENCE",
          "ALTER TABLE",
          "ALTER USER",
          "ALTER VIEW",
          "CREATE OR REPLACE VIEW");

  private static final int WORDS_MAX = 4;

  private UnsupportedStatements() {}

  /** The row under a cursor. */
  private static void refuseCurrentOf(List<SqlToken> tokens) {
    for (int i = 2; i < tokens.size(); i++) {
      if (tokens.get(i).getType() == DistDbSqlParser.OF
          && tokens.get(i - 1).getType() == DistDbSqlParser.CURRENT
          && tokens.get(i - 2).getType() == DistDbSqlParser.WHERE) {
        throw Unsupported.feature("WHERE CURRENT OF", tokens.get(i - 1).span());
      }
    }
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code FEATURE_NOT_SUPPORTED}
   */
  static void refuse(List<SqlToken> tokens) {
    refuseCurrentOf(tokens);
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < Math.min(WORDS_MAX, tokens.size() - 1); i++) {
      start.append(tokens.get(i).getText().toUpperCase(Locale.ROOT)).append(' ');
    }
    String written = start.toString();
    for (String words : SUPPORTED) {
      if (written.startsWith(words + ' ')) {
        return;
      }
    }
    for (String words : FIRST_WORDS) {
      if (written.startsWith(words) && written.startsWith(" ", words.length())) {
        throw Unsupported.feature(words, tokens.getFirst().span());
      }
    }
  }
}
