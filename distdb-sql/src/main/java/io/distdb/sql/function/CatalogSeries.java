// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogObjects;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.TypeOids;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Functions over arrays and catalogs that return rows, of several columns some of them. */
final class CatalogSeries {
  /** Words that are no label without AS (PostgreSQL documentation, appendix C). */
  private static final Set<String> REQUIRES_AS =
      Set.of(
          "array",
          "as",
          "create",
          "except",
          "fetch",
          "filter",
          "for",
          "from",
          "grant",
          "group",
          "having",
          "intersect",
          "into",
          "isnull",
          "limit",
          "notnull",
          "offset",
          "on",
          "order",
          "over",
          "overlaps",
          "precision",
          "returning",
          "to",
          "union",
          "varying",
          "where",
          "window",
          "with",
          "within",
          "without");

  private CatalogSeries() {}

  static void addTo(FunctionTable table) {
    for (SqlType.Scalar element : SqlType.Scalar.values()) {
      if (element != SqlType.Scalar.ANYARRAY) {
        addOfArrays(table, SqlType.arrayOf(element), element);
      }
    }
    addOfArrays(table, SqlType.INT2VECTOR, SqlType.SMALLINT);
    addOfArrays(table, SqlType.OIDVECTOR, SqlType.OID);
    table.addRows(
        new TableFunction(
            "pg_options_to_table",
            List.of(SqlType.arrayOf(SqlType.TEXT)),
            row("option_name", SqlType.TEXT, "option_value", SqlType.TEXT)),
        (a, e) -> options((SqlArray) a[0].objects[0]));
    // a table is its own only ancestor, and PostgreSQL names none for what is no partition
    table.addRows("pg_partition_ancestors(regclass) regclass", (a, e) -> (target, at) -> false);
    table.addRows("pg_partition_root(regclass) regclass", (a, e) -> (target, at) -> false);
    RowType parameters =
        row(
            "start_value",
            SqlType.BIGINT,
            "minimum_value",
            SqlType.BIGINT,
            "maximum_value",
            SqlType.BIGINT,
            "increment",
            SqlType.BIGINT,
            "cycle_option",
            SqlType.BOOLEAN,
            "cache_size",
            SqlType.BIGINT,
            "data_type",
            SqlType.OID);
    table.addRows(
        new TableFunction("pg_sequence_parameters", List.of(SqlType.OID), parameters),
        (a, e) -> values(parameters(parameters, a[0].longs[0], e)));
    RowType keyword =
        row(
            "word",
            SqlType.TEXT,
            "catcode",
            SqlType.INTERNAL_CHAR,
            "barelabel",
            SqlType.BOOLEAN,
            "catdesc",
            SqlType.TEXT,
            "baredesc",
            SqlType.TEXT);
    table.addRows(
        new TableFunction("pg_get_keywords", List.of(), keyword),
        (a, e) -> values(keywords(keyword, e)));
    table.addRows(
        new TableFunction(
            "aclexplode",
            List.of(SqlType.arrayOf(SqlType.Scalar.ACLITEM)),
            row(
                "grantor",
                SqlType.OID,
                "grantee",
                SqlType.OID,
                "privilege_type",
                SqlType.TEXT,
                "is_grantable",
                SqlType.BOOLEAN)),
        (a, e) -> values(AclTexts.explode((SqlArray) a[0].objects[0], e)));
  }

  private static RowType row(Object... namesAndTypes) {
    List<RowType.Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      fields.add(new RowType.Field((String) namesAndTypes[i], (SqlType) namesAndTypes[i + 1]));
    }
    return new RowType(RowType.RECORD, fields);
  }

  private static void addOfArrays(FunctionTable table, SqlType array, SqlType element) {
    RowType expanded = row("x", element, "n", SqlType.INTEGER);
    table.addRows(
        new TableFunction("_pg_expandarray", List.of(array), expanded),
        (a, e) -> expand((SqlArray) a[0].objects[0], expanded));
    table.addRows(
        new TableFunction("generate_subscripts", List.of(array, SqlType.INTEGER), SqlType.INTEGER),
        (a, e) -> subscripts(a, false));
    table.addRows(
        new TableFunction(
            "generate_subscripts",
            List.of(array, SqlType.INTEGER, SqlType.BOOLEAN),
            SqlType.INTEGER),
        (a, e) -> subscripts(a, a[2].longs[0] != 0));
    if (!(table.rows.containsKey(new TableFunction("unnest", List.of(array), element)))) {
      table.addRows(
          new TableFunction("unnest", List.of(array), element),
          (a, e) -> values(((SqlArray) a[0].objects[0]).elements()));
    }
  }

  static Series values(List<Value> values) {
    Iterator<Value> left = values.iterator();
    return (target, at) -> {
      if (!left.hasNext()) {
        return false;
      }
      target.set(at, left.next());
      return true;
    };
  }

  /** Each element with its place, from 1, as {@code information_schema} uses it. */
  private static Series expand(SqlArray array, RowType type) {
    List<Value> rows = new ArrayList<>();
    for (Value element : array.elements()) {
      rows.add(new Value.RowValue(new SqlRow(type, List.of(element, Value.of(rows.size() + 1)))));
    }
    return values(rows);
  }

  private static Series subscripts(Vector[] arguments, boolean backward) {
    SqlArray array = (SqlArray) arguments[0].objects[0];
    long dimension = arguments[1].longs[0];
    List<Value> numbers = new ArrayList<>();
    if (dimension >= 1 && dimension <= array.dimensions().size()) {
      SqlArray.Dimension of = array.dimensions().get((int) dimension - 1);
      for (int i = 0; i < of.length(); i++) {
        numbers.add(Value.of(backward ? of.upper() - i : of.lower() + i));
      }
    }
    return values(numbers);
  }

  private static List<Value> parameters(RowType type, long oid, Environment environment) {
    if (!(environment.catalog().objects().relation(oid).orElse(null)
        instanceof CatalogObjects.OfSequence(Sequence sequence))) {
      throw new DistDbException(
          ErrorCode.WRONG_OBJECT_TYPE,
          environment.names().of(SqlType.Scalar.REGCLASS, oid).text() + " is not a sequence");
    }
    List<Value> fields =
        List.of(
            Value.of(sequence.start()),
            Value.of(sequence.minimum()),
            Value.of(sequence.maximum()),
            Value.of(sequence.increment()),
            Value.of(sequence.cycles()),
            Value.of(sequence.cache()),
            Value.oid(TypeOids.of(sequence.type())));
    return List.of(new Value.RowValue(new SqlRow(type, fields)));
  }

  /** The words of the language with their categories. */
  private static List<Value> keywords(RowType type, Environment environment) {
    List<Value> rows = new ArrayList<>();
    for (Definitions.Keyword keyword : environment.definitions().keywords()) {
      String description =
          switch (keyword.category()) {
            case "R" -> "reserved";
            case "T" -> "reserved (can be function or type name)";
            case "C" -> "unreserved (cannot be function or type name)";
            default -> "unreserved";
          };
      boolean bare = !REQUIRES_AS.contains(keyword.word());
      rows.add(
          new Value.RowValue(
              new SqlRow(
                  type,
                  List.of(
                      Value.of(keyword.word()),
                      Value.of(keyword.category()),
                      Value.of(bare),
                      Value.of(description),
                      Value.of(bare ? "can be bare label" : "requires AS")))));
    }
    return rows;
  }

  /** {@code name=value}. */
  private static Series options(SqlArray array) {
    RowType type = row("option_name", SqlType.TEXT, "option_value", SqlType.TEXT);
    List<Value> rows = new ArrayList<>();
    for (Value element : array.elements()) {
      if (element instanceof Value.TextValue(String text)) {
        int equals = text.indexOf('=');
        Value name = Value.of(equals < 0 ? text : text.substring(0, equals));
        Value value = equals < 0 ? Value.NULL : Value.of(text.substring(equals + 1));
        rows.add(new Value.RowValue(new SqlRow(type, List.of(name, value))));
      }
    }
    return values(rows);
  }

  static long oid(Vector vector, int row) {
    return ((CatalogReference) vector.objects[row]).oid();
  }
}
