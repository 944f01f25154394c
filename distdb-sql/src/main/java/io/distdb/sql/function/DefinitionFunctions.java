// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.TypeOids;
import io.distdb.sql.vector.Vector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code pg_get_…def} and {@code format_type} say (PostgreSQL documentation, 9.26.3). */
final class DefinitionFunctions {
  private DefinitionFunctions() {}

  /** A definition, or nothing. */
  private interface Text {
    Optional<String> of(Definitions definitions, Vector[] arguments, int row);
  }

  static void addTo(FunctionTable table) {
    add(table, "pg_get_indexdef(oid) text", (d, a, i) -> d.index(a[0].longs[i], 0, false));
    add(
        table,
        "pg_get_indexdef(oid,int4,bool) text",
        (d, a, i) -> d.index(a[0].longs[i], (int) a[1].longs[i], a[2].longs[i] != 0));
    add(table, "pg_get_constraintdef(oid) text", (d, a, i) -> d.constraint(a[0].longs[i], false));
    add(
        table,
        "pg_get_constraintdef(oid,bool) text",
        (d, a, i) -> d.constraint(a[0].longs[i], a[1].longs[i] != 0));
    for (String more : List.of("", ",bool", ",int4")) {
      add(table, "pg_get_viewdef(oid" + more + ") text", (d, a, i) -> d.view(a[0].longs[i]));
    }
    for (String more : List.of("", ",bool")) {
      add(table, "pg_get_viewdef(text" + more + ") text", (d, a, i) -> d.view(a[0].texts[i]));
    }
    add(
        table,
        "pg_get_expr(pg_node_tree,oid) text",
        (d, a, i) -> Optional.of(d.expression(a[0].texts[i], a[1].longs[i], false)));
    add(
        table,
        "pg_get_expr(pg_node_tree,oid,bool) text",
        (d, a, i) -> Optional.of(d.expression(a[0].texts[i], a[1].longs[i], a[2].longs[i] != 0)));
    add(
        table,
        "pg_get_serial_sequence(text,text) text",
        (d, a, i) -> d.serialSequence(a[0].texts[i], a[1].texts[i]));
    add(
        table,
        "pg_get_function_arguments(oid) text",
        (d, a, i) -> d.functionArguments(a[0].longs[i]));
    add(
        table,
        "pg_get_function_identity_arguments(oid) text",
        (d, a, i) -> d.functionArguments(a[0].longs[i]));
    add(table, "pg_get_function_result(oid) text", (d, a, i) -> d.functionResult(a[0].longs[i]));
    addOfNone(table);
    table.addStable(
        "oidvectortypes(oidvector) text",
        (x, r, i, a) ->
            r.texts[i] =
                ((SqlArray) a[0].objects[i])
                    .elements().stream()
                        .map(type -> type(((Value.OidValue) type).value(), null, x.environment()))
                        .collect(Collectors.joining(", ")));
    table.addLenient(
        "format_type(oid,int4) text",
        Volatility.STABLE,
        (x, r, i, a) -> {
          r.nulls[i] = a[0].nulls[i];
          if (!r.nulls[i]) {
            Integer modifier = a[1].nulls[i] ? null : (int) a[1].longs[i];
            r.texts[i] = type(a[0].longs[i], modifier, x.environment());
          }
        });
  }

  private static void add(FunctionTable table, String signature, Text text) {
    table.addStable(
        signature,
        (x, r, i, a) -> {
          Optional<String> found = text.of(x.environment().definitions(), a, i);
          r.nulls[i] = found.isEmpty();
          r.texts[i] = found.orElse(null);
        });
  }

  /** Of kinds of objects of which there are none: NULL, as PostgreSQL says of what is not there. */
  private static void addOfNone(FunctionTable table) {
    for (String signature :
        List.of(
            "pg_get_triggerdef(oid)",
            "pg_get_triggerdef(oid,bool)",
            "pg_get_ruledef(oid)",
            "pg_get_ruledef(oid,bool)",
            "pg_get_partkeydef(oid)",
            "pg_get_partition_constraintdef(oid)",
            "pg_get_statisticsobjdef(oid)",
            "pg_get_statisticsobjdef_columns(oid)",
            "pg_get_functiondef(oid)",
            "pg_get_function_sqlbody(oid)",
            "pg_get_function_arg_default(oid,int4)")) {
      table.addStable(signature + " text", (x, r, i, a) -> r.nulls[i] = true);
    }
    table.addStable(
        "pg_get_statisticsobjdef_expressions(oid) text[]", (x, r, i, a) -> r.nulls[i] = true);
  }

  /**
   * @param modifier null for a type whose modifier does not matter
   */
  private static String type(long oid, Integer modifier, Environment environment) {
    if (oid == 0) {
      return "-";
    }
    if (oid == TypeOids.RECORD) {
      return RowType.RECORD;
    }
    Optional<SqlType> type = TypeOids.type(oid, modifier == null ? -1 : modifier);
    if (type.isPresent()) {
      boolean unbounded = type.get() == SqlType.CHAR && modifier != null;
      return unbounded ? "bpchar" : type.get().sqlName();
    }
    CatalogReference other = environment.names().of(SqlType.Scalar.REGTYPE, oid);
    return other.text().equals(Long.toString(oid)) ? "???" : other.text();
  }
}
