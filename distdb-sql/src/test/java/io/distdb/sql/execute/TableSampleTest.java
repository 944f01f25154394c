// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogReader;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.fake.FakeTransactionManager;
import io.distdb.sql.session.Database;
import io.distdb.sql.session.DatabaseOptions;
import io.distdb.sql.session.Session;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sample that is smaller than its table says of it. */
class TableSampleTest {
  private static final int ROWS = 20_000;
  private static final int SAMPLE = 2_000;

  private final FakeTransactionManager manager = new FakeTransactionManager();

  /** Columns: a key, 100 even values, 5,000 even values, one in nine of ten and else 2,000. */
  @BeforeEach
  void fill() {
    Session session =
        Database.open(manager, Scheduler.threads(), Clock.system(), DatabaseOptions.DEFAULT)
            .newSession();
    session.execute(
        "CREATE TABLE t (id integer PRIMARY KEY, few integer, many integer, skewed integer,"
            + " long text)");
    session.execute(
        "INSERT INTO t SELECT i, i * 31 % 100, i * 17 % 5000,"
            + " CASE WHEN i % 10 > 0 THEN -1 ELSE i / 10 END, repeat('x', 200)"
            + " FROM generate_series(1, "
            + ROWS
            + ") AS s(i)");
  }

  private TableSample sample(int rowsMax, long bytesMax) {
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT)) {
      Table table = CatalogReader.read(transaction).table("t").orElseThrow();
      return TableSample.read(
          table,
          transaction,
          new Cancellation(Scheduler.threads(), Clock.system()),
          rowsMax,
          bytesMax);
    }
  }

  private ColumnStatistics column(int ordinal) {
    return sample(SAMPLE, Long.MAX_VALUE).statistics(ordinal).orElseThrow();
  }

  @Test
  void keyIsDistinctInEveryRow() {
    assertThat(column(0).distinct()).isEqualTo(-1);
    assertThat(column(0).common()).isEmpty();
  }

  @Test
  void numberOfValuesIsEstimatedWithinAFactor() {
    assertThat(column(1).distinctOf(ROWS)).isEqualTo(100);
    assertThat(column(2).distinctOf(ROWS)).isBetween(3_500.0, 7_000.0);
    assertThat(column(3).distinctOf(ROWS))
        .as("Duj1 says too little of many rare values beside a common one, as in PostgreSQL")
        .isBetween(150.0, 2_001.0);
  }

  @Test
  void onlyWhatStandsOutIsCommon() {
    assertThat(column(3).common()).isEqualTo(List.of(Value.of(-1)));
    assertThat(column(3).frequencies().getFirst()).isCloseTo(0.9, within(0.03));
    assertThat(column(2).commonShare()).as("even values have hardly any").isLessThan(0.05);
  }

  @Test
  void histogramDividesRowsEvenly() {
    List<Value> bounds = column(0).histogram();
    assertThat(bounds).hasSize(101);
    for (int i = 0; i < bounds.size(); i += 10) {
      int bound = ((Value.IntegerValue) bounds.get(i)).value();
      assertThat((double) bound).isCloseTo(i * ROWS / 100.0, within(ROWS * 0.04));
    }
  }

  @Test
  void longRowsMakeTheSampleSmallerAndLeaveItFair() {
    TableSample small = sample(SAMPLE, 100_000);
    assertThat(small.tableRows()).isEqualTo(ROWS);
    assertThat(small.heldBytes()).isLessThanOrEqualTo(100_000);
    assertThat(small.rows()).isBetween(100, 450);
    List<Value> bounds = small.statistics(0).orElseThrow().histogram();
    int middle = ((Value.IntegerValue) bounds.get(bounds.size() / 2)).value();
    assertThat((double) middle).isCloseTo(ROWS / 2.0, within(ROWS * 0.15));
  }

  @Test
  void equalTablesHaveEqualStatistics() {
    assertThat(column(2)).isEqualTo(column(2));
  }
}
