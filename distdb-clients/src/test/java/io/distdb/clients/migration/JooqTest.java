// SPDX-License-Identifier: MIT
package io.distdb.clients.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.distdb.clients.ClientNode;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JooqTest {
  private static final Table<Record> ITEM = table(name("item"));
  private static final Field<Integer> ID = field(name("item", "id"), SQLDataType.INTEGER);
  private static final Field<String> KIND = field(name("item", "kind"), SQLDataType.VARCHAR);
  private static final Field<BigDecimal> PRICE =
      field(name("item", "price"), SQLDataType.NUMERIC(8, 2));

  private ClientNode node;
  private Connection connection;
  private DSLContext dsl;

  @BeforeEach
  void start() throws SQLException {
    node = new ClientNode();
    connection = node.connect("");
    dsl = DSL.using(connection, SQLDialect.POSTGRES);
    dsl.createTable("kind").column("name", SQLDataType.VARCHAR(20)).primaryKey("name").execute();
    dsl.createTable(ITEM)
        .column(ID)
        .column(KIND)
        .column(PRICE)
        .constraints(
            DSL.constraint("item_key").primaryKey(ID),
            DSL.constraint("item_kind").foreignKey(KIND).references("kind", "name"))
        .execute();
    dsl.createIndex("item_price").on(ITEM, PRICE).execute();
    dsl.insertInto(table("kind"), field("name")).values("tool").values("toy").execute();
    dsl.insertInto(ITEM, ID, KIND, PRICE)
        .values(1, "tool", new BigDecimal("5.00"))
        .values(2, "tool", new BigDecimal("7.50"))
        .values(3, "toy", new BigDecimal("1.25"))
        .execute();
  }

  @AfterEach
  void stop() throws SQLException {
    connection.close();
    node.close();
  }

  @Test
  void itReadsTablesAndKeys() {
    Table<?> item = dsl.meta().getTables(name("public", "item")).getFirst();
    assertThat(item.fields()).extracting(Field::getName).containsExactly("id", "kind", "price");
    assertThat(item.field("price").getDataType().scale()).isEqualTo(2);
    assertThat(item.getPrimaryKey().getName()).isEqualTo("item_key");
    assertThat(item.getReferences())
        .singleElement()
        .satisfies(key -> assertThat(key.getKey().getTable().getName()).isEqualTo("kind"));
    assertThat(item.getIndexes()).extracting(index -> index.getName()).contains("item_price");
  }

  @Test
  void queriesAreAnswered() {
    assertThat(
            dsl.select(KIND, sum(PRICE), count())
                .from(ITEM)
                .groupBy(KIND)
                .having(count().gt(1))
                .fetchOne()
                .intoArray())
        .containsExactly("tool", new BigDecimal("12.50"), 2);
    Table<?> numbered =
        dsl.select(ID, rowNumber().over().partitionBy(KIND).orderBy(PRICE.desc()).as("place"))
            .from(ITEM)
            .asTable("numbered");
    assertThat(
            dsl.select(numbered.field("id", Integer.class))
                .from(numbered)
                .where(numbered.field("place", Integer.class).eq(1))
                .orderBy(1)
                .fetch(0, Integer.class))
        .containsExactly(2, 3);
  }

  @Test
  void changesGiveTheirRowsBack() {
    assertThat(
            dsl.insertInto(ITEM, ID, KIND, PRICE)
                .values(1, "toy", BigDecimal.TEN)
                .onConflict(field(name("id")))
                .doUpdate()
                .set(PRICE, PRICE.plus(val(BigDecimal.ONE)))
                .returning(ID, PRICE)
                .fetchOne()
                .get(PRICE))
        .isEqualTo(new BigDecimal("6.00"));
    assertThat(dsl.deleteFrom(ITEM).where(KIND.like("to%l")).execute()).isEqualTo(2);
  }

  @Test
  void aFailedTransactionLeavesNothing() {
    try {
      dsl.transaction(inner -> {
        inner.dsl().deleteFrom(ITEM).execute();
        throw new IllegalStateException("on purpose");
      });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("on purpose");
    }
    assertThat(dsl.fetchCount(ITEM)).isEqualTo(3);
  }
}
