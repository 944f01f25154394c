// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.sql.catalog.TypeOids;
import io.distdb.sql.live.LiveTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code pg_catalog} against what PostgreSQL 15 says of its own. */
final class PgCatalogTest {
  static Stream<String> facts() throws IOException {
    String file = "columns-of-postgresql-15.txt";
    try (InputStream stream = PgCatalogTest.class.getResourceAsStream(file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("facts")
  void columnsAreThoseOfPostgresql(String fact) {
    String name = fact.substring(0, fact.indexOf(' '));
    LiveTable table = PgCatalog.find(Optional.of("pg_catalog"), name).orElseThrow();
    String columns =
        table.columns().stream()
            .map(column -> column.name() + ":" + column.type().sqlName().replace(' ', '_'))
            .collect(Collectors.joining(" "));
    assertThat(name + " " + columns).isEqualTo(fact);
  }

  @Test
  void everyTableIsAmongTheFacts() throws IOException {
    List<String> known = facts().map(fact -> fact.substring(0, fact.indexOf(' '))).toList();
    assertThat(Facts.lines("tables.txt")).allSatisfy(line -> assertThat(known).contains(line[0]));
  }

  @Test
  void systemTablesAndTypesHaveNumbersOfTheirOwn() {
    Set<Long> tables = new HashSet<>();
    assertThat(SystemRelations.shown()).allMatch(table -> tables.add(table.oid()));
    Set<Long> types = new HashSet<>();
    assertThat(TypeFacts.all()).allMatch(type -> types.add(type.oid()));
  }

  @Test
  void everyColumnsTypeIsInPgType() {
    for (SystemRelations.SystemRelation table : SystemRelations.shown()) {
      assertThat(table.columns())
          .as(table.name())
          .allMatch(column -> TypeFacts.of(column.type()).oid() == TypeOids.of(column.type()));
    }
  }

  @Test
  void whatOperatorsAndAggregatesCallIsWrittenByName() {
    assertThat(SystemRoutines.functionOf("lower(text)")).isEqualTo(870);
    assertThat(SystemRoutines.operatorOf("+(integer, integer)")).isEqualTo(551);
    assertThat(SystemRoutines.functionOf("pg_catalog.lower(text)")).isEqualTo(870);
  }
}
