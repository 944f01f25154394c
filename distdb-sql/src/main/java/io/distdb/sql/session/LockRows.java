// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.txn.LockParty;
import io.distdb.api.txn.LockView;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.catalog.Oids;
import java.util.ArrayList;
import java.util.List;

/** What {@code pg_locks} shows. */
final class LockRows {
  /** Locks of rows that nobody waits for: a transaction may hold millions. */
  static final int QUIET_MAX = 10_000;

  private LockRows() {}

  /** All locks of a store. */
  static List<LockRow> all(Databases databases) {
    List<LockRow> rows = new ArrayList<>();
    for (LockView view : databases.main().transactions().locks(QUIET_MAX)) {
      rows.add(of(view, databaseOf(view.party(), databases)));
    }
    for (Database database : databases.opened()) {
      rows.addAll(database.advisoryAccess().rows(database));
    }
    return rows;
  }

  private static String databaseOf(LockParty party, Databases databases) {
    return party == null
        ? null
        : databases
            .sessions()
            .find(party.number())
            .map(session -> session.database().name())
            .orElse(null);
  }

  static LockRow of(LockView view, String database) {
    return new LockRow(
        view.party() == null ? 0 : view.party().number(),
        view.transaction(),
        database,
        new LockRow.Locked.Data(view.target()),
        view.mode(),
        view.waitingSinceMicros());
  }

  /** As an error's detail has it, of a lock of data. */
  static String text(LockRow row) {
    String what =
        switch (row.locked()) {
          case LockRow.Locked.Application key -> "an advisory lock";
          case LockRow.Locked.Data data ->
              switch (data.target()) {
                case LockView.Target.OfTable table -> "relation " + Oids.of(table.table().value());
                case LockView.Target.OfKey key -> "tuple " + place(key.print());
                case LockView.Target.OfRange range -> "a range of rows";
              };
        };
    return row.modeName() + " on " + what;
  }

  private static String place(long print) {
    return "(" + LockRow.page(print) + "," + LockRow.place(print) + ")";
  }
}
