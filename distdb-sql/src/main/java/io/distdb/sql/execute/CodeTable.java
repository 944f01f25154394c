// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import io.distdb.sql.function.ScalarFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Code by signature, such as {@code lpad(text,int4)}. A family adds itself. */
final class CodeTable {
  /** Functions that see NULL among their arguments. */
  private static final Set<String> LENIENT =
      Set.of(
          "concat",
          "concat_ws",
          "format",
          "greatest",
          "least",
          "num_nulls",
          "num_nonnulls",
          "overlaps",
          "quote_nullable",
          "set_config");

  private static final CodeTable ALL = all();

  private final Map<String, FunctionCode> bySignature = new HashMap<>();

  /** Functions of any number of arguments of any type. */
  private final Map<String, FunctionCode> byName = new HashMap<>();

  private CodeTable() {}

  private static CodeTable all() {
    CodeTable table = new CodeTable();
    DateTimeOperatorCode.addTo(table);
    DateTimeCode.addTo(table);
    FieldCode.addTo(table);
    TemplateCode.addTo(table);
    OverlapsCode.addTo(table);
    TextCode.addTo(table);
    BytesCode.addTo(table);
    RegexCode.addTo(table);
    RegexSearchCode.addTo(table);
    MathCode.addTo(table);
    BitCode.addTo(table);
    SessionCode.addTo(table);
    VariadicCode.addTo(table);
    return table;
  }

  void add(String signature, FunctionCode code) {
    Invariant.check(bySignature.put(signature, code) == null, "two codes for %s", signature);
  }

  void addVariadic(String name, FunctionCode code) {
    Invariant.check(byName.put(name, code) == null, "two codes for %s", name);
  }

  /** The code, or null. */
  static FunctionCode find(ScalarFunction function) {
    FunctionCode code = ALL.byName.get(function.name());
    return code != null
        ? code
        : ALL.bySignature.get(signature(function.name(), function.argumentTypes()));
  }

  static boolean isStrict(ScalarFunction function) {
    return !LENIENT.contains(function.name());
  }

  private static String signature(String name, List<SqlType> types) {
    return types.stream()
        .map(type ->
            type instanceof SqlType.Array array
                ? array.element().shortName() + "[]"
                : type.shortName())
        .collect(Collectors.joining(",", name + "(", ")"));
  }
}
