// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Chooses among functions or operators of one name by the types of the arguments, as PostgreSQL
 * does (documentation, 10.2 and 10.3).
 */
final class OverloadResolution<F> {
  private final Function<F, List<SqlType>> argumentTypes;
  private final List<Operand> operands;

  /** Without modifiers; null for unknown. */
  private final List<SqlType> types;

  private OverloadResolution(Function<F, List<SqlType>> argumentTypes, List<Operand> operands) {
    this.argumentTypes = argumentTypes;
    this.operands = operands;
    types = new ArrayList<>();
    for (Operand operand : operands) {
      types.add(operand.type() == null ? null : operand.type().unmodified());
    }
  }

  /** The candidates that are left: one is the choice, none fits, several are ambiguous. */
  static <F> List<F> choose(
      List<F> candidates, Function<F, List<SqlType>> argumentTypes, List<Operand> operands) {
    return new OverloadResolution<>(argumentTypes, operands).choose(candidates);
  }

  private List<F> choose(List<F> all) {
    List<F> candidates = all.stream().filter(this::accepts).toList();
    if (operands.size() == 2) {
      // an unknown operand is first assumed to be of the other one's type
      List<F> same = candidates.stream().filter(this::isExactWithUnknownAsOther).toList();
      if (same.size() == 1) {
        return same;
      }
    }
    candidates = best(candidates, this::exactMatches);
    candidates = best(candidates, this::preferredMatches);
    if (candidates.size() < 2 || !types.contains(null)) {
      return candidates;
    }
    candidates = byUnknowns(candidates);
    return candidates.size() < 2 ? candidates : byKnowns(candidates);
  }

  private boolean accepts(F candidate) {
    List<SqlType> wanted = argumentTypes.apply(candidate);
    if (wanted.size() != operands.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      SqlType type = types.get(i);
      if (type != null && CastStrength.of(type, wanted.get(i)) != CastStrength.IMPLICIT) {
        return false;
      }
    }
    return true;
  }

  private boolean isExactWithUnknownAsOther(F candidate) {
    SqlType left = types.getFirst();
    SqlType right = types.getLast();
    if (left == null && right == null) {
      return false;
    }
    List<SqlType> wanted = argumentTypes.apply(candidate);
    return wanted.getFirst().equals(left == null ? right : left)
        && wanted.getLast().equals(right == null ? left : right);
  }

  private int exactMatches(F candidate) {
    return matches(candidate, (type, wanted) -> wanted.equals(type));
  }

  /** Where a conversion is needed: whether it is to the preferred type of its category. */
  private int preferredMatches(F candidate) {
    return matches(
        candidate,
        (type, wanted) ->
            type != null
                && (wanted.equals(type)
                    || TypeCategory.isPreferred(wanted)
                        && TypeCategory.of(wanted) == TypeCategory.of(type)));
  }

  private int matches(F candidate, BiPredicate<SqlType, SqlType> matches) {
    List<SqlType> wanted = argumentTypes.apply(candidate);
    int count = 0;
    for (int i = 0; i < wanted.size(); i++) {
      count += matches.test(types.get(i), wanted.get(i)) ? 1 : 0;
    }
    return count;
  }

  private List<F> best(List<F> candidates, ToIntFunction<F> score) {
    int most = candidates.stream().mapToInt(score).max().orElse(0);
    return candidates.stream().filter(candidate -> score.applyAsInt(candidate) == most).toList();
  }

  /**
   * Unknown arguments: strings if any candidate takes one there, else the one category that all
   * take; then the preferred type of it. All as they were when some argument has no such category.
   */
  private List<F> byUnknowns(List<F> candidates) {
    List<F> left = candidates;
    for (int i = 0; i < operands.size(); i++) {
      if (types.get(i) != null) {
        continue;
      }
      int position = i;
      Set<TypeCategory> categories = EnumSet.noneOf(TypeCategory.class);
      left.forEach(f -> categories.add(TypeCategory.of(argumentTypes.apply(f).get(position))));
      boolean strings = categories.contains(TypeCategory.STRING);
      if (!strings && categories.size() > 1) {
        return candidates;
      }
      TypeCategory category = strings ? TypeCategory.STRING : categories.iterator().next();
      left = at(left, position, type -> TypeCategory.of(type) == category);
      List<F> preferred = at(left, position, TypeCategory::isPreferred);
      left = preferred.isEmpty() ? left : preferred;
    }
    return left;
  }

  private List<F> at(List<F> candidates, int position, Predicate<SqlType> test) {
    return candidates.stream()
        .filter(candidate -> test.test(argumentTypes.apply(candidate).get(position)))
        .toList();
  }

  /** When the known arguments are of one type, the unknown ones are taken to be of it too. */
  private List<F> byKnowns(List<F> candidates) {
    List<SqlType> known = types.stream().filter(type -> type != null).distinct().toList();
    if (known.size() != 1) {
      return candidates;
    }
    List<F> fitting = candidates;
    for (int i = 0; i < operands.size(); i++) {
      fitting =
          at(fitting, i, type -> CastStrength.of(known.get(0), type) == CastStrength.IMPLICIT);
    }
    return fitting.size() == 1 ? fitting : candidates;
  }
}
