// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import java.util.concurrent.atomic.LongAdder;

/** What has come from one peer on one lane. Thread-safe. */
final class Received {
  final LongAdder messages = new LongAdder();
  final LongAdder bytes = new LongAdder();

  void count(int length) {
    messages.increment();
    bytes.add(length);
  }
}
