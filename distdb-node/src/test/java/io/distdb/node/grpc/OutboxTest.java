// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import org.junit.jupiter.api.Test;

class OutboxTest {
  @Test
  void dropsWhatComesWhenMessagesAreTooMany() {
    Outbox outbox = new Outbox(2, 100);
    outbox.add(Bytes.of(1));
    outbox.add(Bytes.of(2));
    outbox.add(Bytes.of(3));
    assertThat(outbox.dropped()).isEqualTo(1);
    assertThat(outbox.poll()).isEqualTo(Bytes.of(1));
    outbox.add(Bytes.of(4));
    assertThat(outbox.poll()).isEqualTo(Bytes.of(2));
    assertThat(outbox.poll()).isEqualTo(Bytes.of(4));
    assertThat(outbox.poll()).isNull();
  }

  @Test
  void dropsWhatComesWhenBytesAreTooMany() {
    Outbox outbox = new Outbox(100, 10);
    outbox.add(Bytes.wrap(new byte[6]));
    outbox.add(Bytes.wrap(new byte[5]));
    outbox.add(Bytes.wrap(new byte[4]));
    assertThat(outbox.dropped()).isEqualTo(1);
    assertThat(outbox.bytes()).isEqualTo(10);
    outbox.poll();
    assertThat(outbox.bytes()).isEqualTo(4);
  }

  @Test
  void whatIsClearedCountsAsDropped() {
    Outbox outbox = new Outbox(100, 10);
    outbox.add(Bytes.of(1, 2));
    outbox.add(Bytes.of(3));
    outbox.clear();
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.bytes()).isZero();
    assertThat(outbox.messages()).isZero();
    assertThat(outbox.dropped()).isEqualTo(2);
  }
}
