// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What SHOW ALL says of the settings. */
final class SettingTexts {
  /** The name that stands for all of them. */
  static final String ALL = "all";

  private static final Map<String, String> DESCRIPTIONS =
      Map.ofEntries(
          Map.entry("application_name", "Name that the client gives itself."),
          Map.entry("bytea_output", "Text form of bytea."),
          Map.entry("check_function_bodies", "Without effect: there are no functions to check."),
          Map.entry("client_encoding", "Character set of the client."),
          Map.entry("client_min_messages", "Least severity of messages sent to the client."),
          Map.entry("datestyle", "Text form of dates and times."),
          Map.entry("default_table_access_method", "How tables are stored."),
          Map.entry("default_tablespace", "Where tables are stored."),
          Map.entry("default_transaction_isolation", "Isolation level of new transactions."),
          Map.entry("default_transaction_read_only", "Whether new transactions only read."),
          Map.entry("extra_float_digits", "Digits of floating-point numbers: shortest exact."),
          Map.entry("idle_in_transaction_session_timeout", "Time that a block may idle; 0: any."),
          Map.entry("in_hot_standby", "Whether this is a standby."),
          Map.entry("integer_datetimes", "Whether times are whole numbers of microseconds."),
          Map.entry("intervalstyle", "Text form of intervals."),
          Map.entry("is_superuser", "Whether the user may do everything."),
          Map.entry("lock_timeout", "Longest wait for a lock; 0: any."),
          Map.entry("max_identifier_length", "Longest name, in bytes."),
          Map.entry("query_memory", "Most that one query may hold."),
          Map.entry("row_security", "Without effect: there are no policies."),
          Map.entry("search_path", "Schemas in which names without one are looked for."),
          Map.entry("server_encoding", "Character set of the database."),
          Map.entry("server_version", "Version of PostgreSQL whose SQL this is."),
          Map.entry("server_version_num", "Version of PostgreSQL whose SQL this is, as a number."),
          Map.entry("standard_conforming_strings", "Whether backslashes in '...' are themselves."),
          Map.entry("statement_timeout", "Longest time that a statement may take; 0: any."),
          Map.entry("synchronous_commit", "Whether a commit waits for the log."),
          Map.entry("timezone", "Time zone in which time stamps are shown and read."),
          Map.entry("transaction_isolation", "Isolation level of this transaction."),
          Map.entry("transaction_read_only", "Whether this transaction only reads."),
          Map.entry("xmloption", "Without effect: there is no XML."));

  private SettingTexts() {}

  /** Of what SHOW answers. */
  static List<ResultColumn> columns(String name) {
    return name.equals(ALL)
        ? List.of(
            new ResultColumn("name", SqlType.TEXT),
            new ResultColumn("setting", SqlType.TEXT),
            new ResultColumn("description", SqlType.TEXT))
        : List.of(new ResultColumn(name, SqlType.TEXT));
  }

  static StatementResult all(
      SessionSettings settings, TransactionControl control, SessionEnvironment environment) {
    List<String> names = new ArrayList<>(settings.names());
    names.add(SessionSettings.TRANSACTION_ISOLATION);
    names.add(SessionSettings.TRANSACTION_READ_ONLY);
    names.sort(null);
    List<String> cells = new ArrayList<>();
    for (String name : names) {
      cells.add(name);
      cells.add(control.find(name).orElseGet(() -> settings.show(name)));
      cells.add(DESCRIPTIONS.getOrDefault(name, ""));
    }
    List<ResultColumn> columns = columns(ALL);
    return new StatementResult.Rows(
        new CursorRows(
            columns, new ListRows(cells, columns.size()), environment, CursorRows.NOTHING_ENDS),
        "SHOW");
  }
}
