// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Chooses among functions or operators of one name by the types of the arguments, as PostgreSQL
 * does (documentation, 10.2 and 10.3).
 */
final class OverloadResolution<F> {
  private final Function<F, List<SqlType>> argumentTypes;
  private final List<Operand> operands;

  private OverloadResolution(Function<F, List<SqlType>> argumentTypes, List<Operand> operands) {
    this.argumentTypes = argumentTypes;
    this.operands = operands;
  }

  /** The candidates that are left: one is the choice, none fits, several are ambiguous. */
  static <F> List<F> choose(
      List<F> candidates, Function<F, List<SqlType>> argumentTypes, List<Operand> operands) {
    refuseNumeric(operands);
    return new OverloadResolution<>(argumentTypes, operands).choose(candidates);
  }

  /** A NUMERIC constant is wanted as DOUBLE PRECISION only beside a value of that type. */
  private static void refuseNumeric(List<Operand> operands) {
    boolean beside =
        operands.stream().anyMatch(operand -> SqlType.DOUBLE_PRECISION.equals(operand.type()));
    if (!beside) {
      operands.stream()
          .filter(Operand::isDecimal)
          .findFirst()
          .ifPresent(decimal -> {
            throw Coercion.numeric(decimal.span());
          });
    }
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
    return candidates.size() < 2 ? candidates : byUnknowns(candidates);
  }

  private boolean accepts(F candidate) {
    List<SqlType> types = argumentTypes.apply(candidate);
    if (types.size() != operands.size()) {
      return false;
    }
    for (int i = 0; i < types.size(); i++) {
      Operand operand = operands.get(i);
      boolean fits =
          operand.isDecimal()
              ? types.get(i).equals(SqlType.DOUBLE_PRECISION)
              : operand.type() == null
                  || CastStrength.of(operand.type(), types.get(i)) == CastStrength.IMPLICIT;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private boolean isExactWithUnknownAsOther(F candidate) {
    SqlType left = operands.getFirst().type();
    SqlType right = operands.getLast().type();
    if (left == null && right == null) {
      return false;
    }
    List<SqlType> types = argumentTypes.apply(candidate);
    return types.getFirst().equals(left == null ? right : left)
        && types.getLast().equals(right == null ? left : right);
  }

  private int exactMatches(F candidate) {
    return matches(candidate, (operand, type) -> type.equals(operand.type()));
  }

  /** Where a conversion is needed: whether it is to the preferred type of its category. */
  private int preferredMatches(F candidate) {
    return matches(
        candidate,
        (operand, type) ->
            operand.type() != null && (type.equals(operand.type()) || isPreferred(type)));
  }

  private int matches(F candidate, java.util.function.BiPredicate<Operand, SqlType> matches) {
    List<SqlType> types = argumentTypes.apply(candidate);
    int count = 0;
    for (int i = 0; i < types.size(); i++) {
      count += matches.test(operands.get(i), types.get(i)) ? 1 : 0;
    }
    return count;
  }

  private List<F> best(List<F> candidates, java.util.function.ToIntFunction<F> score) {
    int most = candidates.stream().mapToInt(score).max().orElse(0);
    return candidates.stream().filter(candidate -> score.applyAsInt(candidate) == most).toList();
  }

  /** Unknown arguments: text if any candidate takes it there, else the one category left. */
  private List<F> byUnknowns(List<F> candidates) {
    List<F> left = candidates;
    for (int i = 0; i < operands.size(); i++) {
      if (operands.get(i).type() != null) {
        continue;
      }
      int position = i;
      List<F> text =
          left.stream().filter(f -> argumentTypes.apply(f).get(position) == SqlType.TEXT).toList();
      if (!text.isEmpty()) {
        left = text;
      } else if (!isOneCategory(left, position)) {
        return left;
      } else {
        List<F> preferred =
            left.stream().filter(f -> isPreferred(argumentTypes.apply(f).get(position))).toList();
        left = preferred.isEmpty() ? left : preferred;
      }
    }
    return left;
  }

  private boolean isOneCategory(List<F> candidates, int position) {
    List<Boolean> numbers = new ArrayList<>();
    candidates.forEach(
        f -> numbers.add(CastStrength.isNumber(argumentTypes.apply(f).get(position))));
    return !numbers.contains(!numbers.getFirst());
  }

  private static boolean isPreferred(SqlType type) {
    return type == SqlType.DOUBLE_PRECISION || type == SqlType.TEXT || type == SqlType.BOOLEAN;
  }
}
