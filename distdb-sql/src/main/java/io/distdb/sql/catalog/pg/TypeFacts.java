// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.TypeOids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What PostgreSQL says of a type: {@code types.txt}, and the arrays of those in it.
 *
 * @param length in bytes; -1 when it varies, -2 for a C string
 * @param kind {@code b} or {@code p} for pseudo types
 * @param align c, s, i or d
 * @param storage p, x, m
 * @param functions input, output, receive, send, modifiers in and out, analyze: {@code -} for none
 * @param subscript the function that handles subscripts, {@code -} for none
 */
record TypeFacts(
    String name,
    long oid,
    long array,
    int length,
    boolean byValue,
    String kind,
    String category,
    boolean preferred,
    List<String> functions,
    String align,
    String storage,
    long collation,
    String subscript,
    long element) {
  private static final int FUNCTIONS = 7;

  /** What is known of a type that DistDB cannot have: nothing. */
  private static final TypeFacts NONE =
      new TypeFacts("-", 0, 0, -1, false, "b", "U", false, List.of(), "i", "x", 0, "-", 0);

  private static final Map<Long, TypeFacts> ALL = read();

  private static Map<Long, TypeFacts> read() {
    Map<Long, TypeFacts> all = new LinkedHashMap<>();
    for (String[] words : Facts.lines("types.txt")) {
      TypeFacts type = of(words);
      all.put(type.oid, type);
    }
    for (TypeFacts type : List.copyOf(all.values())) {
      if (type.array != 0) {
        all.put(type.array, type.arrayType());
      }
    }
    return all;
  }

  private static TypeFacts of(String[] words) {
    List<String> functions = new ArrayList<>();
    for (int i = 0; i < FUNCTIONS; i++) {
      functions.add(words[9 + i]);
    }
    return new TypeFacts(
        words[0],
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Integer.parseInt(words[3]),
        Facts.isTrue(words[4]),
        words[5],
        words[6],
        Facts.isTrue(words[7]),
        functions,
        words[16],
        words[17],
        Long.parseLong(words[18]),
        words[19],
        Long.parseLong(words[20]));
  }

  private TypeFacts arrayType() {
    String wide = align.equals("d") ? "d" : "i";
    return new TypeFacts(
        "_" + name,
        array,
        0,
        -1,
        false,
        "b",
        "A",
        false,
        List.of(
            "array_in",
            "array_out",
            "array_recv",
            "array_send",
            functions.get(4),
            functions.get(5),
            "array_typanalyze"),
        wide,
        "x",
        collation,
        "array_subscript_handler",
        oid);
  }

  static Iterable<TypeFacts> all() {
    return ALL.values();
  }

  static TypeFacts of(SqlType type) {
    return ALL.getOrDefault(TypeOids.of(type), NONE);
  }

  /** Absent: DistDB has no type of that name. */
  static Optional<TypeFacts> find(String name) {
    return ALL.values().stream().filter(type -> type.name.equals(name)).findFirst();
  }

  /** One of {@code types.txt}. */
  static TypeFacts named(String name) {
    return find(name).orElseThrow();
  }

  static TypeFacts of(long oid) {
    return ALL.getOrDefault(oid, NONE);
  }
}
