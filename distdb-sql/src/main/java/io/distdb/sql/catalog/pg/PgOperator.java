// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.type.SqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code pg_operator}: the operators of PostgreSQL that DistDB has too; {@code operators.txt}. */
final class PgOperator {
  private static final List<String[]> ALL = Facts.lines("operators.txt");
  private static final Map<String, Long> EQUALITIES = equalities();

  private PgOperator() {}

  static List<String[]> all() {
    return ALL;
  }

  private static Map<String, Long> equalities() {
    Map<String, Long> equalities = new HashMap<>();
    for (String[] words : ALL) {
      if (words[1].equals("=") && words[2].equals(words[3])) {
        equalities.put(words[2], Long.parseLong(words[0]));
      }
    }
    return equalities;
  }

  /** The operator {@code =} between two of {@code type}; 0 when there is none. */
  static long equality(SqlType type) {
    TypeFacts facts = TypeFacts.of(type);
    String name = facts.category().equals("A") ? "anyarray" : facts.name();
    return EQUALITIES.getOrDefault(name.equals("varchar") ? "text" : name, 0L);
  }
}
