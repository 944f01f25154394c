// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Numeric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** NUMERIC against BigDecimal, whose sums and products are exact, and against its own inverses. */
class NumericMathTest {
  @Provide
  Arbitrary<BigDecimal> decimals() {
    Arbitrary<BigDecimal> large =
        Combinators.combine(Arbitraries.bigIntegers(), Arbitraries.integers().between(0, 25))
            .as(BigDecimal::new);
    Arbitrary<BigDecimal> small =
        Combinators.combine(
                Arbitraries.longs().between(-5_000, 5_000), Arbitraries.integers().between(0, 6))
            .as((unscaled, scale) -> BigDecimal.valueOf(unscaled, scale));
    return Arbitraries.oneOf(large, small);
  }

  @Property(tries = 1_000)
  void sumsAndProductsAreExact(
      @ForAll("decimals") BigDecimal left, @ForAll("decimals") BigDecimal right) {
    Numeric a = Numeric.of(left);
    Numeric b = Numeric.of(right);
    assertThat(NumericMath.add(a, b).decimal()).isEqualTo(left.add(right));
    assertThat(NumericMath.subtract(a, b).decimal()).isEqualTo(left.subtract(right));
    assertThat(NumericMath.multiply(a, b).decimal()).isEqualTo(left.multiply(right));
  }

  @Property(tries = 1_000)
  void quotientsHaveSixteenDigitsAndAreNearest(
      @ForAll("decimals") BigDecimal left, @ForAll("decimals") BigDecimal right) {
    if (right.signum() == 0) {
      return;
    }
    BigDecimal quotient = NumericMath.divide(Numeric.of(left), Numeric.of(right)).decimal();
    BigDecimal halfUnit = BigDecimal.ONE.movePointLeft(quotient.scale()).divide(new BigDecimal(2));
    BigDecimal error = quotient.multiply(right).subtract(left).abs();
    assertThat(error).isLessThanOrEqualTo(halfUnit.multiply(right.abs()));
    assertThat(quotient.scale()).isGreaterThanOrEqualTo(Math.max(left.scale(), right.scale()));
    boolean exact = error.signum() == 0;
    assertThat(exact || quotient.signum() == 0 || quotient.precision() >= 16)
        .as("%s / %s = %s", left, right, quotient)
        .isTrue();
  }

  @Property(tries = 1_000)
  void aQuotientAndItsRemainderMakeTheNumber(
      @ForAll("decimals") BigDecimal left, @ForAll("decimals") BigDecimal right) {
    if (right.signum() == 0) {
      return;
    }
    Numeric a = Numeric.of(left);
    Numeric b = Numeric.of(right);
    BigDecimal whole = NumericMath.div(a, b).decimal();
    BigDecimal remainder = NumericMath.remainder(a, b).decimal();
    assertThat(whole.multiply(right).add(remainder)).isEqualByComparingTo(left);
    assertThat(remainder.abs()).isLessThan(right.abs());
    assertThat(remainder.signum() * left.signum()).isNotNegative();
  }

  @Property(tries = 300)
  void rootsAreNearest(@ForAll("decimals") BigDecimal number) {
    Numeric root = NumericMath.sqrt(Numeric.of(number.abs()));
    BigDecimal precise = number.abs().sqrt(new MathContext(80));
    assertThat(root.decimal())
        .isEqualByComparingTo(precise.setScale(root.scale(), RoundingMode.HALF_UP));
  }

  @Property(tries = 300)
  void wholePowersAreRepeatedProducts(
      @ForAll("decimals") BigDecimal base,
      @net.jqwik.api.constraints.IntRange(max = 9) @ForAll int exponent) {
    BigDecimal exact = base.pow(exponent);
    Numeric power = NumericPower.power(Numeric.of(base), Numeric.of(exponent));
    assertThat(power.decimal())
        .isEqualByComparingTo(exact.setScale(power.scale(), RoundingMode.HALF_UP));
  }

  @Property(tries = 100)
  void halfPowersAreRoots(@ForAll("decimals") BigDecimal base) {
    Numeric power = NumericPower.power(Numeric.of(base.abs()), Numeric.of(new BigDecimal("0.5")));
    BigDecimal precise = base.abs().sqrt(new MathContext(80));
    assertThat(power.decimal())
        .isEqualByComparingTo(precise.setScale(power.scale(), RoundingMode.HALF_UP));
  }

  @Test
  void divisionByZeroIsRefusedUnlessTheNumberIsNaN() {
    assertThatThrownBy(() -> NumericMath.divide(Numeric.POSITIVE_INFINITY, Numeric.ZERO))
        .isInstanceOfSatisfying(
            DistDbException.class, e -> assertThat(e.sqlState()).isEqualTo("22012"));
    assertThat(NumericMath.divide(Numeric.NAN, Numeric.ZERO)).isEqualTo(Numeric.NAN);
  }

  @Test
  void infinitiesThatCancelAreNaN() {
    assertThat(NumericMath.subtract(Numeric.POSITIVE_INFINITY, Numeric.POSITIVE_INFINITY))
        .isEqualTo(Numeric.NAN);
    assertThat(NumericMath.multiply(Numeric.ZERO, Numeric.NEGATIVE_INFINITY))
        .isEqualTo(Numeric.NAN);
  }
}
