// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ByteOutputTest {
  @Property
  void decimalsAreThoseOfJava(@ForAll long value) {
    ByteOutput out = new ByteOutput(1);
    out.putDecimal(value);
    assertThat(ExternalForms.bytes(out)).asString().isEqualTo(Long.toString(value));
  }

  @Test
  void decimalsChangeLengthAtPowersOfTen() {
    ByteOutput out = new ByteOutput(1);
    StringBuilder expected = new StringBuilder();
    long power = 1;
    for (int i = 0; i < 19; i++) {
      for (long value : new long[] {power - 1, power, -power, 1 - power}) {
        out.putDecimal(value);
        expected.append(value);
      }
      power *= 10;
    }
    out.putDecimal(Long.MIN_VALUE);
    out.putDecimal(Long.MAX_VALUE);
    expected.append(Long.MIN_VALUE).append(Long.MAX_VALUE);
    assertThat(ExternalForms.bytes(out)).asString().isEqualTo(expected.toString());
  }

  @Property
  void digitsHaveZerosInFront(
      @ForAll @LongRange(max = 999_999_999_999_999_999L) long value,
      @ForAll @IntRange(min = 18, max = 25) int digits) {
    ByteOutput out = new ByteOutput(1);
    out.putDigits(value, digits);
    assertThat(ExternalForms.bytes(out))
        .asString()
        .isEqualTo("0".repeat(digits - Long.toString(value).length()) + value);
  }

  @Property
  void textsAreUtf8(@ForAll String text) {
    ByteOutput out = new ByteOutput(1);
    out.putByte('<');
    out.putUtf8(text);
    out.putByte('>');
    assertThat(ExternalForms.bytes(out))
        .isEqualTo(("<" + text + ">").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aShortTextMayEndInCharactersOfMoreBytes() {
    ByteOutput out = new ByteOutput(1);
    out.putUtf8("ascii until €");
    out.putInt(7);
    assertThat(out.size()).isEqualTo(15 + 4);
  }
}
