// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.transport.Calls;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks another node for its wall clock. The question is empty, the answer 8 bytes, big-endian:
 * microseconds since 1970. docs/formats/calls.md.
 */
public final class ClockProbe {
  static final String SERVICE = "cluster.clock";

  /** The longer it takes, the less the answer says. */
  private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Calls calls;
  private final Clock clock;

  public ClockProbe(Calls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /** Answers those that ask this node, from now on. */
  public void serve() {
    calls.serve(
        SERVICE,
        (from, nothing) ->
            Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(clock.wallMicros()).array()));
  }

  /** Empty: it did not answer, or does not know the question. */
  Optional<ClockOffset> measure(NodeId other, Calls.Patience patience) {
    long began = clock.nanoTime();
    long asked = clock.wallMicros();
    try {
      Bytes answer = calls.call(other, SERVICE, Bytes.EMPTY, ASK_NANOS, patience);
      long round = clock.nanoTime() - began;
      return answer.length() == Long.BYTES
          ? Optional.of(ClockOffset.of(asked, round, ByteBuffer.wrap(answer.array()).getLong()))
          : Optional.empty();
    } catch (DistDbException silent) {
      return Optional.empty();
    }
  }
}
