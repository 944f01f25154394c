// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code pg_operator}: the operators of PostgreSQL that DistDB has too, under their numbers ({@code
 * operators.txt}: number, symbol, left, right, result, kind, merges, hashes, commutator, negator,
 * function's number and name).
 */
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

  static void addTo(PgRows rows, Environment environment) {
    for (String[] words : ALL) {
      rows.add()
          .set("oid", Long.parseLong(words[0]))
          .set("oprname", words[1])
          .set("oprnamespace", Oids.PG_CATALOG)
          .set("oprowner", Oids.BOOTSTRAP_ROLE)
          .set("oprleft", type(words[2]))
          .set("oprright", type(words[3]))
          .set("oprresult", type(words[4]))
          .set("oprkind", words[5])
          .set("oprcanmerge", Facts.isTrue(words[6]))
          .set("oprcanhash", Facts.isTrue(words[7]))
          .set("oprcom", Long.parseLong(words[8]))
          .set("oprnegate", Long.parseLong(words[9]))
          .set("oprcode", Long.parseLong(words[10]), words[11]);
    }
  }

  private static long type(String name) {
    return TypeFacts.find(name).map(TypeFacts::oid).orElse(0L);
  }
}
