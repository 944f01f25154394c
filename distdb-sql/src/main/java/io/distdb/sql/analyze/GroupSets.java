// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The sets of keys that GROUP BY asks for: each item gives some, and the clause all their
 * combinations (PostgreSQL documentation, 7.2.4).
 *
 * @param keys every key, once
 * @param sets positions in {@code keys}, ascending; just one without ROLLUP and its like
 */
record GroupSets(List<Expression> keys, List<List<Integer>> sets) {
  /** As PostgreSQL has it. */
  private static final int SETS_MAX = 4_096;

  static final GroupSets NONE = new GroupSets(List.of(), List.of(List.of()));

  GroupSets {
    keys = List.copyOf(keys);
    sets = List.copyOf(sets);
  }

  /** Turns the items' expressions into keys. */
  interface Keys {
    Expression of(io.distdb.sql.ast.Expr item);
  }

  static GroupSets of(List<Query.GroupItem> items, boolean distinct, Keys expressions) {
    List<Expression> keys = new ArrayList<>();
    List<List<Integer>> all = List.of(List.of());
    for (Query.GroupItem item : items) {
      List<List<Integer>> more = sets(item, keys, expressions);
      List<List<Integer>> combined = new ArrayList<>();
      for (List<Integer> left : all) {
        for (List<Integer> right : more) {
          combined.add(union(left, right));
          check(combined.size(), items);
        }
      }
      all = combined;
    }
    return new GroupSets(keys, distinct ? all.stream().distinct().toList() : all);
  }

  private static void check(int size, List<Query.GroupItem> items) {
    if (size > SETS_MAX) {
      throw new DistDbException(
              ErrorCode.STATEMENT_TOO_COMPLEX,
              "too many grouping sets present (maximum " + SETS_MAX + ")")
          .at(span(items.getFirst()).position());
    }
  }

  private static io.distdb.sql.ast.SourceSpan span(Query.GroupItem item) {
    return switch (item) {
      case Query.GroupKeys keys -> keys.span();
      case Query.GroupSets sets -> sets.span();
    };
  }

  private static List<Integer> union(List<Integer> left, List<Integer> right) {
    TreeSet<Integer> both = new TreeSet<>(left);
    both.addAll(right);
    return List.copyOf(both);
  }

  private static List<List<Integer>> sets(
      Query.GroupItem item, List<Expression> keys, Keys expressions) {
    return switch (item) {
      case Query.GroupKeys group -> List.of(positions(group, keys, expressions));
      case Query.GroupSets sets -> sets(sets, keys, expressions);
    };
  }

  private static List<Integer> positions(
      Query.GroupKeys group, List<Expression> keys, Keys expressions) {
    List<Integer> positions = new ArrayList<>();
    for (io.distdb.sql.ast.Expr item : group.keys()) {
      Expression key = expressions.of(item);
      if (!keys.contains(key)) {
        keys.add(key);
      }
      positions.add(keys.indexOf(key));
    }
    return union(positions, List.of());
  }

  private static List<List<Integer>> sets(
      Query.GroupSets sets, List<Expression> keys, Keys expressions) {
    List<List<List<Integer>>> parts = new ArrayList<>();
    sets.items().forEach(item -> parts.add(sets(item, keys, expressions)));
    List<List<Integer>> result = new ArrayList<>();
    switch (sets.kind()) {
      case SETS -> parts.forEach(result::addAll);
      case ROLLUP -> {
        for (int length = parts.size(); length >= 0; length--) {
          List<Integer> prefix = List.of();
          for (List<List<Integer>> part : parts.subList(0, length)) {
            prefix = union(prefix, part.getFirst());
          }
          result.add(prefix);
        }
      }
      case CUBE -> {
        check(parts.size() > 12 ? Integer.MAX_VALUE : 1, List.of(sets));
        for (int mask = (1 << parts.size()) - 1; mask >= 0; mask--) {
          List<Integer> subset = List.of();
          for (int i = 0; i < parts.size(); i++) {
            boolean chosen = (mask >> (parts.size() - 1 - i) & 1) != 0;
            subset = chosen ? union(subset, parts.get(i).getFirst()) : subset;
          }
          result.add(subset);
        }
      }
    }
    check(result.size(), List.of(sets));
    return result;
  }
}
