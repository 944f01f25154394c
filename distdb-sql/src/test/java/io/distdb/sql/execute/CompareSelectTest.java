// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.type.SqlType;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The comparison that a filter makes, arithmetic on longs, against the one of values. */
class CompareSelectTest {
  @Provide
  Arbitrary<Long[]> numbers() {
    return Arbitraries.oneOf(
            Arbitraries.longs(),
            Arbitraries.longs().between(-2, 2),
            Arbitraries.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, -1L << 62, 1L << 62))
        .injectNull(0.1)
        .array(Long[].class)
        .ofMinSize(2)
        .ofMaxSize(20);
  }

  @Property
  void selectsWhatEvaluatesToTrue(
      @ForAll("numbers") Long[] numbers, @ForAll Comparison comparison, @ForAll boolean everyRow) {
    Vector left = vector(numbers, 0);
    Vector right = vector(numbers, 1);
    CompareKernel kernel =
        new CompareKernel(
            0,
            comparison,
            SqlType.BIGINT,
            (frame, rows, count) -> left,
            (frame, rows, count) -> right);
    int step = everyRow ? 1 : 2;
    int[] rows = IntStream.range(0, numbers.length).filter(i -> i % step == 0).toArray();
    int[] expected =
        Arrays.stream(rows)
            .filter(row -> holds(comparison, numbers[row], numbers[(row + 1) % numbers.length]))
            .toArray();
    int[] target = new int[numbers.length];
    Frame frame = new Frame(1, null, null);
    frame.begin(new Vector[] {left, right}, numbers.length);
    int kept = kernel.select(frame, everyRow ? null : rows, rows.length, target);
    assertThat(Arrays.copyOf(target, kept)).containsExactly(expected);
  }

  private static boolean holds(Comparison comparison, Long left, Long right) {
    if (comparison == Comparison.DISTINCT_FROM || comparison == Comparison.NOT_DISTINCT_FROM) {
      boolean same = left == null ? right == null : left.equals(right);
      return same == (comparison == Comparison.NOT_DISTINCT_FROM);
    }
    if (left == null || right == null) {
      return false;
    }
    int order = left.compareTo(right);
    return switch (comparison) {
      case EQUAL, NOT_DISTINCT_FROM -> order == 0;
      case NOT_EQUAL, DISTINCT_FROM -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  private static Vector vector(Long[] numbers, int shift) {
    Vector vector = new Vector(SqlType.BIGINT, numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      Long number = numbers[(i + shift) % numbers.length];
      vector.nulls[i] = number == null;
      vector.longs[i] = number == null ? i : number;
    }
    return vector;
  }
}
