// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code pg_opclass}: how types are ordered and hashed in indexes; {@code opclasses.txt}. */
final class PgOpclass {
  /** For types that PostgreSQL sorts as another one: its own class, or the other's. */
  private static final Map<String, String> SORTED_AS = Map.of("varchar", "text");

  private static final List<String[]> ALL = Facts.lines("opclasses.txt");
  private static final Map<String, Long> DEFAULTS = defaults();

  private PgOpclass() {}

  private static Map<String, Long> defaults() {
    Map<String, Long> defaults = new HashMap<>();
    for (String[] words : ALL) {
      if (Facts.isTrue(words[5])) {
        defaults.put(words[2] + " " + words[4], Long.parseLong(words[0]));
      }
    }
    return defaults;
  }

  /** The class that an index of {@code method} uses for {@code type}; 0 for none. */
  static long of(long method, TypeFacts type) {
    String name = type.category().equals("A") ? "anyarray" : type.name();
    String methodName = method == Oids.BTREE ? "btree" : "hash";
    Long own = DEFAULTS.get(methodName + " " + SORTED_AS.getOrDefault(name, name));
    return own == null ? 0 : own;
  }

  static void addTo(PgRows rows, Environment environment) {
    for (String[] words : ALL) {
      rows.add()
          .set("oid", Long.parseLong(words[0]))
          .set("opcmethod", words[2].equals("btree") ? Oids.BTREE : Oids.HASH)
          .set("opcname", words[1])
          .set("opcnamespace", Oids.PG_CATALOG)
          .set("opcowner", Oids.BOOTSTRAP_ROLE)
          .set("opcfamily", Long.parseLong(words[3]))
          .set("opcintype", TypeFacts.named(words[4]).oid())
          .set("opcdefault", Facts.isTrue(words[5]))
          .set("opckeytype", words[6].equals("-") ? 0 : TypeFacts.named(words[6]).oid());
    }
  }
}
