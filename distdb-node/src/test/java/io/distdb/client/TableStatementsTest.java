// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexKind;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements about one table without SQL, and rows as records. */
class TableStatementsTest {
  private final ClientPlace place = newPlace();
  private final Client client = place.open();

  ClientPlace newPlace() {
    return new ClientPlace.Embedded();
  }

  /** As the table has them. */
  record Product(long id, String name, BigDecimal unitPrice) {}

  @BeforeEach
  void fill() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("id", "BIGINT PRIMARY KEY");
    columns.put("name", "TEXT");
    columns.put("unit_price", "NUMERIC(9, 2)");
    client.createTable("product", columns);
    client.createIndex("by_name", "product", List.of("name"), IndexKind.HASH);
    client.insert("product", Map.of("id", 1, "name", "lamp", "unit_price", new BigDecimal("9.50")));
    client.insert("product", Map.of("id", 2, "name", "desk", "unit_price", new BigDecimal("120")));
    client.insert("product", Map.of("id", 3));
  }

  @AfterEach
  void close() {
    place.close();
  }

  private List<Long> ids(Where where) {
    return client.select("product", where).toList(row -> row.getLong("id")).stream()
        .sorted()
        .toList();
  }

  @Test
  void rowsAreFoundByValues() {
    assertThat(client.select("product", Map.of("name", "desk")).toList(Product.class))
        .containsExactly(new Product(2, "desk", new BigDecimal("120.00")));
    assertThat(ids(Where.equal("name", null))).containsExactly(3L);
    assertThat(ids(Where.EVERYTHING)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void rowsAreFoundByPredicates() {
    assertThat(ids(Where.atLeast("unit_price", new BigDecimal("100")))).containsExactly(2L);
    assertThat(ids(Where.all(Where.greater("id", 1), Where.less("id", 3)))).containsExactly(2L);
    assertThat(ids(Where.any(Where.atMost("id", 1), Where.isNull("name")))).containsExactly(1L, 3L);
    assertThat(ids(Where.not(Where.like("name", "l%")))).containsExactly(2L);
    assertThat(ids(Where.among("id", List.of(1, 3, 9)))).containsExactly(1L, 3L);
    assertThat(ids(Where.among("id", List.of()))).isEmpty();
    assertThat(ids(Where.any())).isEmpty();
  }

  @Test
  void rowsAreChangedAndDeleted() {
    assertThat(client.update("product", Map.of("name", "sofa"), Map.of("id", 3))).isEqualTo(1);
    assertThat(ids(Where.equal("name", "sofa"))).containsExactly(3L);
    client.transaction(tx -> tx.delete("product", Where.less("id", 3)));
    assertThat(ids(Where.EVERYTHING)).containsExactly(3L);
    assertThat(client.delete("product", Map.of())).isEqualTo(1);
  }

  @Test
  void neitherNamesNorValuesAreReadAsSql() {
    String hostile = "x\"; DROP TABLE product; --'";
    client.createTable(hostile, Map.of(hostile, "TEXT"));
    client.insert(hostile, Map.of(hostile, hostile));
    assertThat(client.select(hostile, Map.of(hostile, hostile)).toList(row -> row.getString(0)))
        .containsExactly(hostile);
    assertThat(ids(Where.EVERYTHING)).hasSize(3);
  }

  @Test
  void aRowWithoutValuesHasTheDefaults() {
    client.createTable("note", Map.of("text", "TEXT DEFAULT 'empty'"));
    client.insert("note", Map.of());
    assertThat(client.select("note", Map.of()).toList(row -> row.getString("text")))
        .containsExactly("empty");
  }

  @Test
  void valuesAreReadAsTheTypeAskedFor() {
    Result row = client.query("SELECT 7 AS small, 3000000000 AS large, 'x' AS text");
    assertThat(row.next()).isTrue();
    assertThat(row.getObject("small", Long.class)).isEqualTo(7L);
    assertThat(row.getObject("small", BigDecimal.class)).isEqualTo(new BigDecimal("7"));
    assertThat(refusal(() -> row.getObject("large", Integer.class)))
        .isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
    assertThat(refusal(() -> row.getObject("text", Integer.class)))
        .isEqualTo(ErrorCode.CANNOT_COERCE);
    row.close();
  }

  /** Has a component that the table lacks. */
  record Unknown(long id, String colour) {}

  /** Has no place for NULL. */
  record Strict(long id, double unitPrice) {}

  @Test
  void recordsThatDoNotFitAreRefused() {
    assertThat(refusal(() -> client.select("product", Map.of()).toList(Unknown.class)))
        .isEqualTo(ErrorCode.UNDEFINED_COLUMN);
    assertThat(refusal(() -> client.select("product", Map.of()).toList(Strict.class)))
        .isEqualTo(ErrorCode.CANNOT_COERCE);
    assertThat(client.select("product", Map.of("id", 2)).toList(Strict.class))
        .containsExactly(new Strict(2, 120.0));
    assertThat(refusal(() -> client.update("product", Map.of(), Map.of("id", 1))))
        .isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE);
  }

  private static ErrorCode refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(DistDbException.class, call).code();
  }
}
