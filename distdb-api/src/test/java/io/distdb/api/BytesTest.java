// SPDX-License-Identifier: MIT
package io.distdb.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Property
  void orderIsThatOfUnsignedBytes(@ForAll byte[] left, @ForAll byte[] right) {
    assertThat(Integer.signum(Bytes.wrap(left).compareTo(Bytes.wrap(right))))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(left, right)));
  }

  @Property
  void prefixEndIsAboveEveryExtensionAndNothingElseBelowIt(
      @ForAll byte[] prefix, @ForAll byte[] tail, @ForAll byte[] other) {
    Bytes start = Bytes.wrap(prefix);
    Bytes end = start.prefixEnd();
    Bytes extension = start.concat(Bytes.wrap(tail));
    assertThat(end == null || extension.compareTo(end) < 0).isTrue();
    Bytes any = Bytes.wrap(other);
    boolean within = any.compareTo(start) >= 0 && (end == null || any.compareTo(end) < 0);
    assertThat(within).isEqualTo(any.startsWith(start));
  }

  @Property
  void nothingLiesBetweenAKeyAndItsSuccessor(@ForAll byte[] key, @ForAll byte[] other) {
    Bytes bytes = Bytes.wrap(key);
    Bytes any = Bytes.wrap(other);
    assertThat(any.compareTo(bytes) > 0 && any.compareTo(bytes.successor()) < 0).isFalse();
    assertThat(bytes.successor()).isGreaterThan(bytes);
  }

  @Test
  void allOnesHaveNoPrefixEnd() {
    assertThat(Bytes.of(0xff, 0xff).prefixEnd()).isNull();
    assertThat(Bytes.EMPTY.prefixEnd()).isNull();
    assertThat(Bytes.of(1, 0xff).prefixEnd()).isEqualTo(Bytes.of(2));
  }
}
