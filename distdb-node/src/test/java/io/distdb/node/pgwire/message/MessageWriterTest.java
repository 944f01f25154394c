// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class MessageWriterTest {
  private final MessageWriter out = new MessageWriter();

  private String written() {
    return HexFormat.of().formatHex(Arrays.copyOf(out.array(), out.size()));
  }

  @Test
  void aLengthCountsItselfAndNotTheType() {
    out.begin((byte) 'Z');
    out.putByte('I');
    out.end();
    out.begin((byte) 'C');
    out.putCString("BEGIN");
    out.end();
    assertThat(written()).isEqualTo("5a0000000549" + "430000000a424547494e00");
  }

  @Test
  void anAbandonedMessageLeavesThoseBeforeIt() {
    out.begin((byte) '1');
    out.end();
    out.begin((byte) 'D');
    out.putUtf8("half a row");
    out.abandon();
    assertThat(written()).isEqualTo("3100000004");
  }

  @Test
  void waitingCostsLittleAfterAGreatMessage() {
    out.begin((byte) 'D');
    out.putBytes(new byte[50_000]);
    out.end();
    out.reset();
    assertThat(out.capacity()).isGreaterThan(50_000);
    out.shrink();
    assertThat(out.capacity()).isLessThan(20_000);
  }

  @Test
  void aHugeMessageIsNotKept() {
    out.begin((byte) 'D');
    out.putBytes(new byte[1 << 20]);
    out.end();
    out.reset();
    assertThat(out.size()).isZero();
    assertThat(out.capacity()).isLessThan(5_000);
  }
}
