// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.CatalogReference;
import io.distdb.sql.access.Role;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.vector.Vector;
import java.util.List;
import java.util.Locale;

/** What clients ask of the server (PostgreSQL documentation, 9.26.1, 9.27). */
final class ServerFunctions {
  /** The number of UTF8 among PostgreSQL's encodings. */
  private static final int UTF8 = 6;

  private static final List<String> ENCODINGS =
      List.of("SQL_ASCII", "EUC_JP", "EUC_CN", "EUC_KR", "EUC_TW", "EUC_JIS_2004", "UTF8");

  private ServerFunctions() {}

  static void addTo(FunctionTable table) {
    table.add(
        "pg_encoding_to_char(int4) name",
        (r, i, a) -> {
          long number = a[0].longs[i];
          r.texts[i] = number >= 0 && number <= UTF8 ? ENCODINGS.get((int) number) : "";
        });
    table.add(
        "pg_char_to_encoding(name) int4",
        (r, i, a) -> {
          String name = a[0].texts[i].toUpperCase(Locale.ROOT).replace("-", "");
          r.longs[i] = ENCODINGS.indexOf(name);
        });
    for (String name : List.of("pg_client_encoding", "getdatabaseencoding")) {
      table.addStable(name + "() name", (x, r, i, a) -> r.texts[i] = ENCODINGS.get(UTF8));
    }
    // nobody replays a log behind a leader here
    table.addVolatile("pg_is_in_recovery() bool", (x, r, i, a) -> r.longs[i] = 0);
    table.addStable(
        "pg_get_userbyid(oid) name",
        (x, r, i, a) -> r.texts[i] = user(a[0].longs[i], x.environment()));
    table.addStable(
        "pg_tablespace_location(oid) text",
        (x, r, i, a) -> {
          r.nulls[i] = a[0].longs[i] != Oids.DEFAULT_TABLESPACE && a[0].longs[i] != 1664;
          r.texts[i] = "";
        });
    // as PostgreSQL says of a connection that has no address: a session does not know its socket's
    table.addStable("inet_server_addr() inet", (x, r, i, a) -> r.nulls[i] = true);
    table.addStable("inet_server_port() int4", (x, r, i, a) -> r.nulls[i] = true);
    addIndexProperties(table);
    table.addStable("pg_jit_available() bool", (x, r, i, a) -> r.longs[i] = 0);
  }

  /** The name of a role. */
  static String user(long oid, Environment environment) {
    return environment.catalog().authority().roles().all().stream()
        .filter(role -> Oids.ofRole(role.id()) == oid)
        .map(Role::name)
        .findFirst()
        .orElse("unknown (OID=" + oid + ")");
  }

  // --- what indexes can (9.26.3, tables 9.73 to 9.75) ---

  private static void addIndexProperties(FunctionTable table) {
    table.addStable(
        "pg_indexam_has_property(oid,text) bool",
        (x, r, i, a) -> property(r, i, ofMethod(a[0].longs[i], a[1].texts[i])));
    table.addStable(
        "pg_index_has_property(regclass,text) bool",
        (x, r, i, a) ->
            property(
                r,
                i,
                switch (a[1].texts[i].toLowerCase(Locale.ROOT)) {
                  case "clusterable", "bitmap_scan" -> false;
                  case "index_scan", "backward_scan" -> true;
                  default -> null;
                }));
    table.addStable(
        "pg_index_column_has_property(regclass,int4,text) bool",
        (x, r, i, a) -> property(r, i, ofColumn(x.environment(), a, i)));
  }

  /**
   * @param answer null for NULL
   */
  private static void property(Vector result, int row, Boolean answer) {
    result.nulls[row] = answer == null;
    result.longs[row] = Boolean.TRUE.equals(answer) ? 1 : 0;
  }

  private static Boolean ofMethod(long method, String property) {
    if (method != Oids.BTREE && method != Oids.HASH) {
      return null;
    }
    return switch (property.toLowerCase(Locale.ROOT)) {
      case "can_order" -> method == Oids.BTREE;
      case "can_unique", "can_multi_col" -> true;
      case "can_exclude", "can_include" -> false;
      default -> null;
    };
  }

  private static Boolean ofColumn(Environment environment, Vector[] arguments, int row) {
    long index = ((CatalogReference) arguments[0].objects[row]).oid();
    String text = environment.definitions().index(index, 0, false).orElse("");
    int column = (int) arguments[1].longs[row];
    if (text.isEmpty()
        || environment
            .definitions()
            .index(index, column, false)
            .filter(c -> !c.isEmpty())
            .isEmpty()) {
      return null;
    }
    boolean ordered = text.contains(" USING btree (");
    String part = text.substring(text.indexOf('(') + 1, text.length() - 1).split(", ")[column - 1];
    boolean descending = part.contains(" DESC");
    boolean nullsFirst = descending ? !part.endsWith("NULLS LAST") : part.endsWith("NULLS FIRST");
    return switch (arguments[2].texts[row].toLowerCase(Locale.ROOT)) {
      case "asc" -> ordered && !descending;
      case "desc" -> ordered && descending;
      case "nulls_first" -> ordered && nullsFirst;
      case "nulls_last" -> ordered && !nullsFirst;
      case "orderable" -> ordered;
      case "distance_orderable" -> false;
      case "returnable" -> true;
      case "search_array", "search_nulls" -> ordered;
      default -> null;
    };
  }
}
