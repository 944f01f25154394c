// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.util.List;

/** What the server is, and what it grants. */
final class ServerSettings {
  private static final String PRESET = "Preset Options";
  private static final String CONNECTIONS = "Connections and Authentication / Connection Settings";

  static final List<Setting> ALL =
      List.of(
          new Setting(
              "block_size",
              new SettingKind.Whole(0, Integer.MAX_VALUE, SettingUnit.NONE),
              SettingContext.INTERNAL,
              PRESET,
              "8192",
              "Bytes of a page in PostgreSQL; without meaning here."),
          new Setting(
              "data_checksums",
              SettingKind.Switch.ON,
              SettingContext.INTERNAL,
              PRESET,
              "on",
              "Whether what is on the disk has checksums."),
          new Setting(
              "debug_assertions",
              SettingKind.Switch.OFF,
              SettingContext.INTERNAL,
              PRESET,
              "off",
              "Whether this is a build for developers."),
          new Setting(
              "in_hot_standby",
              SettingKind.Switch.OFF,
              SettingContext.INTERNAL,
              PRESET,
              "off",
              "Whether this is a standby."),
          new Setting(
              "integer_datetimes",
              SettingKind.Switch.ON,
              SettingContext.INTERNAL,
              PRESET,
              "on",
              "Whether times are whole numbers of microseconds."),
          new Setting(
              "is_superuser",
              SettingKind.Switch.BOTH,
              SettingContext.INTERNAL,
              PRESET,
              "on",
              "Whether the user may do everything."),
          new Setting(
              "lc_collate",
              text(SettingKind.TextRule.FIXED),
              SettingContext.INTERNAL,
              PRESET,
              "C",
              "Order of texts: that of their code points."),
          new Setting(
              "lc_ctype",
              text(SettingKind.TextRule.FIXED),
              SettingContext.INTERNAL,
              PRESET,
              "C",
              "Classes of characters."),
          new Setting(
              "max_function_args",
              new SettingKind.Whole(0, Integer.MAX_VALUE, SettingUnit.NONE),
              SettingContext.INTERNAL,
              PRESET,
              "100",
              "Most arguments of a function in PostgreSQL."),
          new Setting(
              "max_identifier_length",
              new SettingKind.Whole(0, Integer.MAX_VALUE, SettingUnit.NONE),
              SettingContext.INTERNAL,
              PRESET,
              "63",
              "Longest name, in bytes."),
          new Setting(
              "max_index_keys",
              new SettingKind.Whole(0, Integer.MAX_VALUE, SettingUnit.NONE),
              SettingContext.INTERNAL,
              PRESET,
              "32",
              "Most columns of an index."),
          new Setting(
              "server_encoding",
              text(SettingKind.TextRule.FIXED),
              SettingContext.INTERNAL,
              PRESET,
              "UTF8",
              "Character set of the database."),
          new Setting(
              "server_version",
              text(SettingKind.TextRule.FIXED),
              SettingContext.INTERNAL,
              PRESET,
              SettingList.VERSION,
              "Version of PostgreSQL whose behavior this is."),
          new Setting(
              "server_version_num",
              new SettingKind.Whole(0, Integer.MAX_VALUE, SettingUnit.NONE),
              SettingContext.INTERNAL,
              PRESET,
              SettingList.VERSION_NUMBER,
              "Version of PostgreSQL whose behavior this is, as a number."),
          new Setting(
              "session_authorization",
              text(SettingKind.TextRule.FREE),
              SettingContext.USER,
              PRESET,
              "postgres",
              "The user that the session belongs to."),
          new Setting(
              "role",
              text(SettingKind.TextRule.FREE),
              SettingContext.USER,
              PRESET,
              SettingValues.NO_ROLE,
              "The role whose rights count, none: the user's."),
          new Setting(
              "cluster_name",
              text(SettingKind.TextRule.FREE),
              SettingContext.POSTMASTER,
              "Reporting and Logging / Process Title",
              "",
              "Name of the node."),
          new Setting(
              "data_directory",
              text(SettingKind.TextRule.FREE),
              SettingContext.POSTMASTER,
              "File Locations",
              "",
              "Where the data is."),
          new Setting(
              "fsync",
              SettingKind.Switch.ON,
              SettingContext.SIGHUP,
              "Write-Ahead Log / Settings",
              "on",
              "Whether commits are forced to the disk."),
          new Setting(
              "listen_addresses",
              text(SettingKind.TextRule.FREE),
              SettingContext.POSTMASTER,
              CONNECTIONS,
              "",
              "Address at which the server listens."),
          new Setting(
              "log_min_duration_statement",
              new SettingKind.Whole(-1, Integer.MAX_VALUE, SettingUnit.MILLISECONDS),
              SettingContext.SUPERUSER,
              "Reporting and Logging / When to Log",
              "-1",
              "Statements that take this long are logged; -1: none."),
          new Setting(
              "log_parameter_max_length",
              new SettingKind.Whole(-1, 1_073_741_823, SettingUnit.BYTES),
              SettingContext.SUPERUSER,
              "Reporting and Logging / What to Log",
              "0",
              "Most of a parameter that is logged with its statement; 0: none, -1: all."),
          new Setting(
              "max_connections",
              new SettingKind.Whole(1, 262_143, SettingUnit.NONE),
              SettingContext.POSTMASTER,
              CONNECTIONS,
              "100",
              "Most connections at a time."),
          new Setting(
              "max_prepared_transactions",
              new SettingKind.Whole(0, 262_143, SettingUnit.NONE),
              SettingContext.POSTMASTER,
              "Resource Usage / Memory",
              "0",
              "Most prepared transactions."),
          new Setting(
              "password_encryption",
              new SettingKind.Choice(List.of("md5", "scram-sha-256"), List.of("scram-sha-256")),
              SettingContext.USER,
              "Connections and Authentication / Authentication",
              "scram-sha-256",
              "What is kept of a password."),
          new Setting(
              "pg_stat_statements.track",
              new SettingKind.Choice(List.of("none", "top", "all"), List.of("none", "top")),
              SettingContext.SUPERUSER,
              "Customized Options",
              "none",
              "Whether statements are counted in pg_stat_statements; top in a server's sessions."),
          new Setting(
              "port",
              new SettingKind.Whole(0, 65_535, SettingUnit.NONE),
              SettingContext.POSTMASTER,
              CONNECTIONS,
              "0",
              "Port of the server; 0: there is none."),
          new Setting(
              "query_memory",
              text(SettingKind.TextRule.MEMORY),
              SettingContext.USER,
              "Resource Usage / Memory",
              "64MB",
              "Most that one query may hold."),
          new Setting(
              "ssl",
              SettingKind.Switch.BOTH,
              SettingContext.SIGHUP,
              "Connections and Authentication / SSL",
              "off",
              "Whether connections may be encrypted."),
          new Setting(
              "superuser_reserved_connections",
              new SettingKind.Whole(0, 262_143, SettingUnit.NONE),
              SettingContext.POSTMASTER,
              CONNECTIONS,
              "0",
              "Connections that are kept for superusers."),
          new Setting(
              "synchronous_commit",
              SettingKind.Choice.of("local", "remote_write", "remote_apply", "on", "off"),
              SettingContext.USER,
              "Write-Ahead Log / Settings",
              "on",
              "What a commit waits for: the disks of a quorum, or with local and off the leader's alone."),
          new Setting(
              "track_activities",
              SettingKind.Switch.ON,
              SettingContext.SUPERUSER,
              "Statistics / Cumulative Query and Index Statistics",
              "on",
              "Whether pg_stat_activity shows what sessions run."),
          new Setting(
              "track_activity_query_size",
              new SettingKind.Whole(100, 1_048_576, SettingUnit.BYTES),
              SettingContext.POSTMASTER,
              "Statistics / Cumulative Query and Index Statistics",
              "1kB",
              "Most of a statement that pg_stat_activity shows."),
          new Setting(
              "work_mem",
              new SettingKind.Whole(64, Integer.MAX_VALUE, SettingUnit.KILOBYTES),
              SettingContext.USER,
              "Resource Usage / Memory",
              "64MB",
              "Another name of query_memory."));

  private ServerSettings() {}

  private static SettingKind text(SettingKind.TextRule rule) {
    return new SettingKind.Text(rule);
  }
}
