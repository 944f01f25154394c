// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.util.List;

/** What a client says of itself, of its transactions, and of the form of its answers. */
final class ClientSettings {
  private static final String BEHAVIOR = "Client Connection Defaults / Statement Behavior";
  private static final String LOCALE = "Client Connection Defaults / Locale and Formatting";
  private static final SettingKind DURATION =
      new SettingKind.Whole(0, Integer.MAX_VALUE, SettingUnit.MILLISECONDS);

  static final List<Setting> ALL =
      List.of(
          new Setting(
              "application_name",
              text(SettingKind.TextRule.CLEAN_ASCII),
              SettingContext.USER,
              "Reporting and Logging / What to Log",
              "",
              "Name that the client gives itself."),
          new Setting(
              "bytea_output",
              SettingKind.Choice.of("escape", "hex"),
              SettingContext.USER,
              BEHAVIOR,
              "hex",
              "Text form of bytea."),
          new Setting(
              "check_function_bodies",
              SettingKind.Switch.BOTH,
              SettingContext.USER,
              BEHAVIOR,
              "on",
              "Without effect: there are no functions to check."),
          new Setting(
              "client_encoding",
              text(SettingKind.TextRule.ENCODING),
              SettingContext.USER,
              LOCALE,
              "UTF8",
              "Character set of the client."),
          new Setting(
              "client_min_messages",
              SettingKind.Choice.of(
                  "debug5", "debug4", "debug3", "debug2", "debug1", "log", "notice", "warning",
                  "error"),
              SettingContext.USER,
              BEHAVIOR,
              "notice",
              "Least severity of messages sent to the client."),
          new Setting(
              "DateStyle",
              text(SettingKind.TextRule.DATE_STYLE),
              SettingContext.USER,
              LOCALE,
              "ISO, MDY",
              "Text form of dates and times, and the order in which dates are read."),
          new Setting(
              "default_table_access_method",
              text(SettingKind.TextRule.FIXED),
              SettingContext.USER,
              BEHAVIOR,
              "heap",
              "How tables are stored."),
          new Setting(
              "default_tablespace",
              text(SettingKind.TextRule.FIXED),
              SettingContext.USER,
              BEHAVIOR,
              "",
              "Where tables are stored."),
          new Setting(
              "default_transaction_deferrable",
              SettingKind.Switch.BOTH,
              SettingContext.USER,
              BEHAVIOR,
              "off",
              "Without effect: read-only transactions never wait for a safe snapshot."),
          new Setting(
              "default_transaction_isolation",
              SettingKind.Choice.of(
                  "serializable", "repeatable read", "read committed", "read uncommitted"),
              SettingContext.USER,
              BEHAVIOR,
              "read committed",
              "Isolation level of new transactions."),
          new Setting(
              "default_transaction_read_only",
              SettingKind.Switch.BOTH,
              SettingContext.USER,
              BEHAVIOR,
              "off",
              "Whether new transactions only read."),
          new Setting(
              "distdb.commit_token",
              text(SettingKind.TextRule.FREE),
              SettingContext.INTERNAL,
              BEHAVIOR,
              "",
              "Name of the transaction's commit, a UUID, by which distdb.commit_status finds it."),
          new Setting(
              "distdb.commit_tokens",
              SettingKind.Switch.BOTH,
              SettingContext.USER,
              BEHAVIOR,
              "off",
              "Whether every commit that changes something has a name of the server's making."),
          new Setting(
              "extra_float_digits",
              new SettingKind.Whole(-15, 3, SettingUnit.NONE),
              SettingContext.USER,
              LOCALE,
              "1",
              "Digits of floating-point numbers; above 0: the shortest exact."),
          new Setting(
              "idle_in_transaction_session_timeout",
              DURATION,
              SettingContext.USER,
              BEHAVIOR,
              "0",
              "Time that a connection may idle in a transaction; 0: any."),
          new Setting(
              "idle_session_timeout",
              DURATION,
              SettingContext.USER,
              BEHAVIOR,
              "0",
              "Time that a connection may idle outside of a transaction; 0: any."),
          new Setting(
              "IntervalStyle",
              SettingKind.Choice.of("postgres", "postgres_verbose", "sql_standard", "iso_8601"),
              SettingContext.USER,
              LOCALE,
              "postgres",
              "Text form of intervals."),
          new Setting(
              "lc_messages",
              text(SettingKind.TextRule.LOCALE_ENGLISH),
              SettingContext.SUPERUSER,
              LOCALE,
              "C",
              "Language of messages: English."),
          new Setting(
              "lc_monetary",
              text(SettingKind.TextRule.LOCALE_C),
              SettingContext.USER,
              LOCALE,
              "C",
              "Form of amounts of money."),
          new Setting(
              "lc_numeric",
              text(SettingKind.TextRule.LOCALE_C),
              SettingContext.USER,
              LOCALE,
              "C",
              "Form of numbers in to_char."),
          new Setting(
              "lc_time",
              text(SettingKind.TextRule.LOCALE_C),
              SettingContext.USER,
              LOCALE,
              "C",
              "Names of days and months in to_char."),
          new Setting(
              "lock_timeout",
              DURATION,
              SettingContext.USER,
              BEHAVIOR,
              "0",
              "Longest wait for a lock; 0: any."),
          new Setting(
              "row_security",
              SettingKind.Switch.BOTH,
              SettingContext.USER,
              BEHAVIOR,
              "on",
              "Without effect: there are no policies."),
          new Setting(
              "search_path",
              text(SettingKind.TextRule.SEARCH_PATH),
              SettingContext.USER,
              BEHAVIOR,
              "\"$user\", public",
              "Schemas in which names without one are looked for."),
          new Setting(
              "statement_timeout",
              DURATION,
              SettingContext.USER,
              BEHAVIOR,
              "0",
              "Longest time that a statement may take; 0: any."),
          new Setting(
              "temp_tablespaces",
              text(SettingKind.TextRule.FIXED),
              SettingContext.USER,
              BEHAVIOR,
              "",
              "Where temporary tables are stored."),
          new Setting(
              "TimeZone",
              text(SettingKind.TextRule.TIME_ZONE),
              SettingContext.USER,
              LOCALE,
              "UTC",
              "Time zone in which time stamps are shown and read."),
          new Setting(
              "timezone_abbreviations",
              text(SettingKind.TextRule.FIXED),
              SettingContext.USER,
              LOCALE,
              "Default",
              "Which abbreviations of time zones there are."),
          new Setting(
              "transaction_deferrable",
              SettingKind.Switch.BOTH,
              SettingContext.USER,
              BEHAVIOR,
              "off",
              "Without effect: read-only transactions never wait for a safe snapshot."),
          new Setting(
              "transaction_isolation",
              SettingKind.Choice.of(
                  "serializable", "repeatable read", "read committed", "read uncommitted"),
              SettingContext.USER,
              BEHAVIOR,
              "read committed",
              "Isolation level of this transaction."),
          new Setting(
              "transaction_read_mode",
              SettingKind.Choice.of("linearizable", "bounded_staleness"),
              SettingContext.USER,
              BEHAVIOR,
              "linearizable",
              "Whether transactions that only read may see what was so a moment ago."),
          new Setting(
              "transaction_read_only",
              SettingKind.Switch.BOTH,
              SettingContext.USER,
              BEHAVIOR,
              "off",
              "Whether this transaction only reads."),
          new Setting(
              "xmlbinary",
              SettingKind.Choice.of("base64", "hex"),
              SettingContext.USER,
              BEHAVIOR,
              "base64",
              "Without effect: there is no XML."),
          new Setting(
              "xmloption",
              SettingKind.Choice.of("content", "document"),
              SettingContext.USER,
              BEHAVIOR,
              "content",
              "Without effect: there is no XML."));

  private ClientSettings() {}

  private static SettingKind text(SettingKind.TextRule rule) {
    return new SettingKind.Text(rule);
  }
}
