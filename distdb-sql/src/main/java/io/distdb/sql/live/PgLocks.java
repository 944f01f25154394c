// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.LockView;
import io.distdb.api.type.Value;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.SystemRelation;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code pg_locks} (PostgreSQL's documentation, 54.12). Readers hold no locks here, and a
 * transaction none on itself: who waits for a row waits for its key. Of a key, and of a range of
 * keys, the page and the place are a hash of it: the same for the same one.
 */
final class PgLocks implements LiveTable {
  private static final List<View.Column> COLUMNS =
      LiveColumns.of(
          "locktype text, database oid, relation oid, page int4, tuple int2, virtualxid text,"
              + " transactionid xid, classid oid, objid oid, objsubid int2,"
              + " virtualtransaction text, pid int4, mode text, granted bool, fastpath bool,"
              + " waitstart timestamptz");

  private static final long HALF = 0xffff_ffffL;

  @Override
  public String schema() {
    return LiveTables.PG_CATALOG;
  }

  @Override
  public String name() {
    return "pg_locks";
  }

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    List<LockRow> locks = environment.session().locks();
    Names names = locks.isEmpty() ? null : new Names(environment);
    return locks.stream().map(lock -> row(lock, names)).toList();
  }

  private static List<Value> row(LockRow lock, Names names) {
    LiveRow out = new LiveRow().text(lock.type());
    switch (lock.locked()) {
      case LockRow.Locked.Application key -> {
        names.database(out, lock.database());
        out.nothing(5)
            .oid(key.number() >>> Integer.SIZE)
            .oid(key.number() & HALF)
            .integer(key.pair() ? 2 : 1);
      }
      case LockRow.Locked.Data data -> {
        switch (data.target()) {
          case LockView.Target.OfTable table ->
              names.relation(out, lock.database(), table.table()).nothing(2);
          case LockView.Target.OfKey key ->
              names
                  .relation(out, lock.database(), key.index())
                  .integer(LockRow.page(key.print()))
                  .integer(LockRow.place(key.print()));
          case LockView.Target.OfRange range -> {
            names.relation(out, lock.database(), range.index());
            (range.whole() ? out.nothing() : out.integer(LockRow.page(range.print()))).nothing();
          }
        }
        out.nothing(5);
      }
    }
    boolean known = lock.processId() != 0;
    out.text((known ? lock.processId() : -1) + "/" + lock.transaction());
    return (known ? out.integer(lock.processId()) : out.nothing())
        .text(lock.modeName())
        .bool(lock.granted())
        .bool(false)
        .moment(lock.waitingSinceMicros())
        .values();
  }

  /** Numbers of what is locked, as the statement sees the catalog. */
  private static final class Names {
    private final Map<String, Long> databases;
    private final String own;
    private final Map<Long, Long> relations = new HashMap<>();

    Names(Environment environment) {
      databases = environment.databases();
      own = environment.database();
      CatalogView catalog = environment.catalog();
      for (Table table : catalog.tables()) {
        relations.put(table.rows().value(), Oids.of(table));
        for (IndexDefinition index : table.indexes()) {
          relations.put(index.id().value(), Oids.of(index));
        }
      }
    }

    LiveRow database(LiveRow out, String name) {
      Long number = name == null ? null : databases.get(name);
      return number == null ? out.nothing() : out.oid(Oids.ofDatabase(number));
    }

    /** Database and number of a table. */
    LiveRow relation(LiveRow out, String database, TableId table) {
      return SystemRelation.is(table.value())
          ? system(out, table.value())
          : database(out, database).oid(Oids.of(table.value()));
    }

    /** Database and number of the table or index whose entries are in {@code index}. */
    LiveRow relation(LiveRow out, String database, IndexId index) {
      if (SystemRelation.is(index.value())) {
        return system(out, index.value());
      }
      Long known = own.equals(database) ? relations.get(index.value()) : null;
      database(out, database);
      return known == null ? out.nothing() : out.oid(known);
    }

    private static LiveRow system(LiveRow out, long id) {
      SystemRelation relation = SystemRelation.of(id);
      return out.oid(relation.database()).oid(relation.oid());
    }
  }
}
