// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.cluster.Members;
import io.distdb.api.metrics.Metered;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Role;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.setting.SettingRow;
import io.distdb.sql.setting.TextStyle;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What expressions may ask of the session that runs them. Used by the session's thread. */
public interface Environment {
  /** UTC, and 1970 as the present: for input that names neither. Nothing else can be asked. */
  Environment NONE =
      new Environment() {
        @Override
        public ZoneId zone() {
          return ZoneOffset.UTC;
        }

        @Override
        public long nowMicros() {
          return 0;
        }

        @Override
        public long statementMicros() {
          throw new IllegalStateException("there is no statement");
        }

        @Override
        public long clockMicros() {
          throw new IllegalStateException("there is no clock");
        }

        @Override
        public RandomGenerator random() {
          throw new IllegalStateException("there is no source of chance");
        }

        @Override
        public void setSeed(double seed) {
          throw new IllegalStateException("there is no source of chance");
        }

        @Override
        public String database() {
          throw new IllegalStateException("there is no session");
        }

        @Override
        public String setting(String name) {
          throw new IllegalStateException("there are no settings");
        }

        @Override
        public List<SettingRow> settings() {
          throw new IllegalStateException("there are no settings");
        }

        @Override
        public TextStyle style() {
          return TextStyle.PLAIN;
        }

        @Override
        public void setSetting(String name, String value, boolean local) {
          throw new IllegalStateException("there are no settings");
        }

        @Override
        public SequenceValues sequences() {
          throw new UnsupportedOperationException("no session, no sequences");
        }

        @Override
        public Transaction latest() {
          throw new UnsupportedOperationException("no session, no transactions");
        }

        @Override
        public CatalogView catalog() {
          return CatalogView.EMPTY;
        }

        @Override
        public List<String> searchPath() {
          return List.of();
        }

        @Override
        public CatalogNames names() {
          throw new UnsupportedOperationException("no session, no catalog");
        }

        @Override
        public Definitions definitions() {
          throw new UnsupportedOperationException("no session, no catalog");
        }

        @Override
        public Map<String, Long> databases() {
          return Map.of();
        }

        @Override
        public ObjectAccess accessOf(String database) {
          return ObjectAccess.FIRST;
        }

        @Override
        public SessionControl session() {
          throw new IllegalStateException("there is no session");
        }

        @Override
        public Metered metrics() {
          return Metered.SILENT;
        }
      };

  /** The session's time zone. */
  ZoneId zone();

  /** When the transaction started, in microseconds since 1970-01-01 UTC. */
  long nowMicros();

  /** When the statement came, in microseconds since 1970-01-01 UTC. */
  long statementMicros();

  /** The wall clock, in microseconds since 1970-01-01 UTC. */
  long clockMicros();

  /** The session's own source of chance. */
  RandomGenerator random();

  /**
   * Starts {@link #random} anew.
   *
   * @param seed -1 to 1
   */
  void setSeed(double seed);

  /** The name of the database that the session is connected to. */
  String database();

  /** The role whose rights count. */
  default String currentUser() {
    return Role.FIRST_NAME;
  }

  /** The role whose session it is. */
  default String sessionUser() {
    return Role.FIRST_NAME;
  }

  /** The setting as SHOW prints it; null when there is none of that name. */
  String setting(String name);

  /** All settings, in the order of their names. */
  List<SettingRow> settings();

  /** How values are written and read. */
  TextStyle style();

  /**
   * @param value null for the default
   * @param local whether it ends with the transaction
   * @throws io.distdb.api.error.DistDbException as SET does
   */
  void setSetting(String name, String value, boolean local);

  /** The session's sequences. */
  SequenceValues sequences();

  /** A new read-only transaction, which sees all that is committed now. The caller closes it. */
  Transaction latest();

  /** The definitions that the statement sees. */
  CatalogView catalog();

  /** Names of the schemas that names without one are looked for in, after {@code pg_catalog}. */
  List<String> searchPath();

  /** Objects of {@link #catalog} by number and by name. */
  CatalogNames names();

  /** Definitions of {@link #catalog} in words. */
  Definitions definitions();

  /** The databases of the store by name, with their numbers; the main one has 0. */
  Map<String, Long> databases();

  /** Owner and privileges of one of {@link #databases}. */
  ObjectAccess accessOf(String database);

  /** What can be done to the session, and to others. */
  SessionControl session();

  /** What the parts below tell of themselves. */
  Metered metrics();

  /** The members of the cluster that the session's node is in. */
  default Members members() {
    return Members.NONE;
  }
}
