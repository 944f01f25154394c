// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Comment;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names, visibility and comments of objects (PostgreSQL documentation, 9.26.3, 9.26.5). */
public final class ObjectFunctions {
  /** Of kinds whose objects are all in {@code pg_catalog}, which every path has. */
  private static final List<String> ALWAYS_VISIBLE =
      List.of(
          "type",
          "function",
          "operator",
          "opclass",
          "opfamily",
          "collation",
          "conversion",
          "ts_config",
          "ts_dict",
          "ts_parser",
          "ts_template",
          "statistics_obj");

  private static final Set<Long> COMMENTED_KINDS = Set.of(1259L, 2615L, 2606L);

  /** Not to be written in a statement: {@code name[i]}, counted from 0. */
  static final String CHARACTER = "name's character";

  private ObjectFunctions() {}

  /** {@code name[i]}: a NAME is an array of "char" that counts from 0. */
  public static ScalarFunction character() {
    return FunctionRegistry.functions(CHARACTER).getFirst();
  }

  static void addTo(FunctionTable table) {
    table.addStable(
        "pg_table_is_visible(oid) bool",
        (x, r, i, a) -> {
          Optional<Boolean> visible = x.environment().definitions().isVisible(a[0].longs[i]);
          r.nulls[i] = visible.isEmpty();
          r.longs[i] = visible.orElse(false) ? 1 : 0;
        });
    for (String kind : ALWAYS_VISIBLE) {
      table.addStable("pg_" + kind + "_is_visible(oid) bool", (x, r, i, a) -> r.longs[i] = 1);
    }
    table.add(
        CHARACTER + "(name,int4) char",
        (r, i, a) -> {
          String name = a[0].texts[i];
          long at = a[1].longs[i];
          boolean within = at >= 0 && at < name.length();
          r.texts[i] = within ? name.substring((int) at, (int) at + 1) : "";
        });
    addComments(table);
    addReferences(table);
    table.addStable(
        "current_schemas(bool) name[]",
        (x, r, i, a) -> r.objects[i] = schemas(x.environment(), a[0].longs[i] != 0));
    table.addStable(
        "pg_my_temp_schema() oid",
        (x, r, i, a) ->
            r.longs[i] =
                x.environment().searchPath().stream()
                    .filter(Schema::isTemporary)
                    .findFirst()
                    .flatMap(name -> x.environment().catalog().schema(name))
                    .map(Oids::of)
                    .orElse(0L));
    table.addStable("pg_is_other_temp_schema(oid) bool", (x, r, i, a) -> r.longs[i] = 0);
    table.addStable(
        "pg_relation_is_publishable(regclass) bool",
        (x, r, i, a) -> r.longs[i] = isTable(x.environment(), reference(a[0], i)) ? 1 : 0);
  }

  private static long reference(Vector vector, int row) {
    return ((CatalogReference) vector.objects[row]).oid();
  }

  private static boolean isTable(Environment environment, long oid) {
    return environment.catalog().objects().relation(oid).orElse(null)
        instanceof CatalogObjects.OfTable;
  }

  // --- comments ---

  private static void addComments(FunctionTable table) {
    table.addStable(
        "obj_description(oid) text",
        (x, r, i, a) -> set(r, i, comment(x.environment().catalog(), a[0].longs[i])));
    table.addStable(
        "obj_description(oid,name) text",
        (x, r, i, a) -> {
          long kind =
              x.environment()
                  .names()
                  .read(SqlType.Scalar.REGCLASS, "pg_catalog." + a[1].texts[i])
                  .oid();
          set(
              r,
              i,
              COMMENTED_KINDS.contains(kind)
                  ? comment(x.environment().catalog(), a[0].longs[i])
                  : Optional.empty());
        });
    table.addStable(
        "col_description(oid,int4) text",
        (x, r, i, a) ->
            set(r, i, ofColumn(x.environment().catalog(), a[0].longs[i], (int) a[1].longs[i])));
    table.addStable("shobj_description(oid,name) text", (x, r, i, a) -> r.nulls[i] = true);
  }

  private static void set(Vector result, int row, Optional<String> text) {
    result.nulls[row] = text.isEmpty();
    result.texts[row] = text.orElse(null);
  }

  private static Optional<String> comment(CatalogView catalog, long oid) {
    Optional<CatalogObjects.OfConstraint> constraint = catalog.objects().constraint(oid);
    if (constraint.isPresent()) {
      long table = constraint.get().table().id().value();
      String member = Comment.constraint(constraint.get().constraint().name());
      return text(catalog, Oids.of(table), member);
    }
    if (oid == Oids.PUBLIC && catalog.schema(Table.PUBLIC).isPresent()) {
      return text(catalog, publicSchema(catalog), Comment.ITSELF)
          .or(() -> Optional.of("standard public schema"));
    }
    return text(catalog, oid, Comment.ITSELF);
  }

  private static long publicSchema(CatalogView catalog) {
    return catalog.schema(Table.PUBLIC).map(schema -> Oids.of(schema.id())).orElse(0L);
  }

  private static Optional<String> ofColumn(CatalogView catalog, long oid, int number) {
    return text(catalog, oid, Comment.column(number - 1));
  }

  private static Optional<String> text(CatalogView catalog, long oid, String member) {
    return catalog.comments().stream()
        .filter(comment -> Oids.of(comment.object()) == oid && comment.member().equals(member))
        .map(Comment::text)
        .findFirst();
  }

  // --- to_regclass and its kin: NULL where a cast would fail ---

  private static void addReferences(FunctionTable table) {
    for (SqlType.Scalar type : SqlType.Scalar.values()) {
      if (type.isReference()) {
        table.addStable(
            "to_" + type.shortName() + "(text) " + type.shortName(),
            (x, r, i, a) -> {
              Optional<CatalogReference> found = read(x.environment(), type, a[0].texts[i]);
              r.nulls[i] = found.isEmpty();
              r.objects[i] = found.orElse(null);
            });
      }
    }
  }

  private static Optional<CatalogReference> read(
      Environment environment, SqlType.Scalar type, String text) {
    if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
      return Optional.empty();
    }
    try {
      return Optional.of(environment.names().read(type, text));
    } catch (DistDbException none) {
      if (none.code() == ErrorCode.INVALID_NAME || none.code() == ErrorCode.SYNTAX_ERROR) {
        throw none;
      }
      return Optional.empty();
    }
  }

  /** The schemas of the path that are there. */
  private static SqlArray schemas(Environment environment, boolean implicit) {
    List<Value> names = new ArrayList<>();
    if (implicit) {
      environment.searchPath().stream()
          .filter(Schema::isTemporary)
          .map(Value::of)
          .forEach(names::add);
      names.add(Value.of("pg_catalog"));
    }
    for (String schema : environment.searchPath()) {
      boolean exists =
          schema.equals("pg_catalog") || environment.catalog().schema(schema).isPresent();
      if (exists && !Schema.isTemporary(schema) && !(implicit && schema.equals("pg_catalog"))) {
        names.add(Value.of(schema));
      }
    }
    return SqlArray.of(SqlType.NAME, names);
  }
}
