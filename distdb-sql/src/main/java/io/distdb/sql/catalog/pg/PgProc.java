// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code pg_proc}: the functions of PostgreSQL that DistDB has too; {@code functions.txt}. */
final class PgProc {
  private static final List<String[]> ALL = Facts.lines("functions.txt");
  private static final Map<String, Long> OIDS = oids();

  private PgProc() {}

  static List<String[]> all() {
    return ALL;
  }

  private static Map<String, Long> oids() {
    Map<String, Long> oids = new HashMap<>();
    ALL.forEach(words -> oids.putIfAbsent(words[1], Long.parseLong(words[0])));
    return oids;
  }

  /** The number of the first function of that name; 0 when there is none. */
  static long oidOf(String name) {
    return OIDS.getOrDefault(name, 0L);
  }
}
