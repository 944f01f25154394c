// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldTextTest {
  @Test
  void fieldsBecomeValuesOfTheirColumn() {
    assertThat(FieldText.parse(null, SqlType.TEXT)).isEqualTo(Value.NULL);
    assertThat(FieldText.parse("", SqlType.TEXT)).isEqualTo(Value.of(""));
    assertThat(FieldText.parse(" 7 ", SqlType.INTEGER)).isEqualTo(Value.of(7));
    assertThat(FieldText.parse("-9223372036854775808", SqlType.BIGINT))
        .isEqualTo(Value.of(Long.MIN_VALUE));
    assertThat(FieldText.parse("1e3", SqlType.DOUBLE_PRECISION)).isEqualTo(Value.of(1000.0));
    assertThat(FieldText.parse("-Infinity", SqlType.DOUBLE_PRECISION))
        .isEqualTo(Value.of(Double.NEGATIVE_INFINITY));
    assertThat(FieldText.parse("yes", SqlType.BOOLEAN)).isEqualTo(Value.TRUE);
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 2147483648, out of range for type integer",
    "INTEGER, 1.5, invalid input syntax for type integer",
    "BIGINT, 9223372036854775808, out of range for type bigint",
    "BIGINT, '', invalid input syntax for type bigint",
    "DOUBLE_PRECISION, 1e999, out of range for type double precision",
    "DOUBLE_PRECISION, 0x1p3, invalid input syntax for type double precision",
    "BOOLEAN, maybe, invalid input syntax for type boolean"
  })
  void whatDoesNotFitIsNamed(SqlType.Scalar type, String field, String message) {
    assertThatThrownBy(() -> FieldText.parse(field, type))
        .hasMessageContaining(message)
        .hasMessageContaining("\"" + field + "\"");
  }
}
