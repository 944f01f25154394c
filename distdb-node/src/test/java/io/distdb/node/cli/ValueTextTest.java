// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.type.Value;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueTextTest {
  /** Each as PostgreSQL 16 prints {@code SELECT x::float8}. */
  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "-2.5, -2.5",
    "0.1, 0.1",
    "100000000000000, 100000000000000",
    "1e15, 1e+15",
    "1.5e300, 1.5e+300",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-0.0, -0",
    "NaN, NaN",
    "Infinity, Infinity",
    "123456789.125, 123456789.125"
  })
  void doublesLookAsInPostgres(double number, String text) {
    assertThat(ValueText.of(number)).isEqualTo(text);
  }

  @Property
  void doublesReadBackAsThemselves(@ForAll double number) {
    assertThat(Double.parseDouble(ValueText.of(number))).isEqualTo(number);
  }

  @Test
  void theOtherTypes() {
    assertThat(ValueText.of(Value.TRUE)).isEqualTo("t");
    assertThat(ValueText.of(Value.NULL)).isEmpty();
    assertThat(ValueText.of(Value.of(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
    assertThat(ValueText.of(Value.of("a b"))).isEqualTo("a b");
  }
}
