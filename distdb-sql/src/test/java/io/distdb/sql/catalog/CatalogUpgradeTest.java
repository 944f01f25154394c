// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.type.SqlType;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store with a catalog of version 1, byte for byte as that version wrote it. */
class CatalogUpgradeTest {
  private static final RowLayout TABLES =
      new RowLayout(List.of(SqlType.BIGINT, SqlType.TEXT, SqlType.BIGINT));
  private static final RowLayout COLUMNS =
      new RowLayout(
          List.of(
              SqlType.BIGINT,
              SqlType.INTEGER,
              SqlType.TEXT,
              SqlType.TEXT,
              SqlType.BOOLEAN,
              SqlType.INTEGER));
  private static final RowLayout INDEXES =
      new RowLayout(
          List.of(SqlType.BIGINT, SqlType.BIGINT, SqlType.TEXT, SqlType.INTEGER, SqlType.BOOLEAN));
  private static final RowLayout INDEX_COLUMNS =
      new RowLayout(
          List.of(
              SqlType.BIGINT, SqlType.INTEGER, SqlType.INTEGER, SqlType.BOOLEAN, SqlType.BOOLEAN));
  private static final RowLayout NAMES =
      new RowLayout(List.of(SqlType.TEXT, SqlType.TEXT, SqlType.BIGINT, SqlType.BIGINT));

  private final FakeTransactionManager manager = new FakeTransactionManager();

  private Transaction begin() {
    return manager.begin(TransactionOptions.DEFAULT);
  }

  /** CREATE TABLE t (b TEXT, a INTEGER PRIMARY KEY); CREATE INDEX i ON t (b DESC). */
  private void versionOne(String version) {
    try (Transaction transaction = begin()) {
      transaction.lockTable(SystemTables.SYSTEM, LockStrength.EXCLUSIVE, 0);
      SystemTables.FIRST.forEach(index -> transaction.createIndex(index, IndexKind.BTREE));
      put(
          transaction,
          SystemTables.PROPERTIES,
          SystemTables.key("catalog_version"),
          SystemRows.row(SystemTables.PROPERTIES_ROW, "catalog_version", version));
      put(
          transaction,
          SystemTables.TABLES,
          SystemTables.key(500),
          SystemRows.row(TABLES, 500, "t", 500));
      put(
          transaction,
          SystemTables.COLUMNS,
          SystemTables.key(500, 0),
          SystemRows.row(COLUMNS, 500, 0, "b", "text", false, 0));
      put(
          transaction,
          SystemTables.COLUMNS,
          SystemTables.key(500, 1),
          SystemRows.row(COLUMNS, 500, 1, "a", "integer", true, 1));
      put(
          transaction,
          SystemTables.INDEXES,
          SystemTables.key(500L, 501L),
          SystemRows.row(INDEXES, 500, 501, "i", IndexKind.BTREE.code(), false));
      put(
          transaction,
          SystemTables.INDEX_COLUMNS,
          SystemTables.key(501, 0),
          SystemRows.row(INDEX_COLUMNS, 501, 0, 0, true, true));
      put(
          transaction,
          SystemTables.NAMES,
          SystemTables.key("t"),
          SystemRows.row(NAMES, "t", "table", 500, 500));
      put(
          transaction,
          SystemTables.NAMES,
          SystemTables.key("i"),
          SystemRows.row(NAMES, "i", "index", 501, 500));
      transaction.changeSchema(SystemTables.SYSTEM);
      transaction.commit();
    }
  }

  private static void put(Transaction transaction, IndexId index, Bytes key, Bytes row) {
    transaction.put(index, key, row);
  }

  private boolean upgrade() {
    try (Transaction transaction = begin()) {
      boolean changed = new CatalogVersion(transaction).upgrade();
      new DatabaseList(transaction).bootstrap();
      new RoleStore(transaction).bootstrap();
      transaction.commit();
      return changed;
    }
  }

  @Test
  void versionOneIsUpgradedOnce() {
    versionOne("1");
    assertThat(upgrade()).isTrue();
    assertThat(upgrade()).isFalse();
    CatalogView view = CatalogReader.read(begin());
    Table table = view.table("t").orElseThrow();
    assertThat(table.schema()).isEqualTo("public");
    assertThat(table.columns())
        .containsExactly(
            new TableColumn("b", SqlType.TEXT, false), new TableColumn("a", SqlType.INTEGER, true));
    assertThat(table.primaryKey()).containsExactly(1);
    assertThat(table.constraints())
        .containsExactly(new Constraint.PrimaryKey("t_pkey", List.of(1)));
    assertThat(table.indexes().getFirst().parts())
        .containsExactly(new IndexDefinition.Part(0, true, true));
    assertThat(view.authority().of(table.id().value())).isEqualTo(ObjectAccess.FIRST);
    assertThat(view.schemas()).extracting(Schema::name).containsExactly("public");
  }

  @Test
  void upgradedNamesAreTaken() {
    versionOne("1");
    upgrade();
    CatalogWriter writer = new CatalogWriter(begin());
    assertThat(writer.nameTaken("public", "t")).isTrue();
    assertThat(writer.nameTaken("public", "t_pkey")).isTrue();
    assertThat(writer.nameTaken("public", "i")).isTrue();
    assertThat(writer.nameTaken("public", "t_key")).isFalse();
  }

  @Test
  void newerVersionIsRefused() {
    versionOne("5");
    assertThatThrownBy(this::upgrade)
        .isInstanceOfSatisfying(
            DistDbException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT));
  }
}
