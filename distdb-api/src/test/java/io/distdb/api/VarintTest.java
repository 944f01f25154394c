// SPDX-License-Identifier: MIT
package io.distdb.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VarintTest {
  @Property
  void whatIsWrittenIsReadInTheSizeThatWasPromised(@ForAll long value) {
    ByteBuffer buffer = ByteBuffer.allocate(10);
    Varint.put(buffer, value);
    assertThat(buffer.position()).isEqualTo(Varint.size(value));
    assertThat(Varint.get(buffer.flip())).isEqualTo(value);
  }

  @Test
  void aLengthBeyondTheBufferIsRefused() {
    ByteBuffer buffer = ByteBuffer.allocate(10);
    Varint.put(buffer, 1_000_000_000);
    assertThatThrownBy(() -> Varint.getBytes(buffer.flip()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000000000");
  }

  @Test
  void elevenBytesAreRefused() {
    byte[] endless = new byte[11];
    java.util.Arrays.fill(endless, (byte) 0x80);
    assertThatThrownBy(() -> Varint.get(ByteBuffer.wrap(endless)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
