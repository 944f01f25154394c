// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

/**
 * How much the transport holds and how long it waits; all positive.
 *
 * @param payloadBytesMax of one message, sent or received
 * @param queueMessagesMax that wait for one lane of one peer; more are dropped
 * @param queueBytesMax that wait for one lane of one peer; at least {@code payloadBytesMax}
 * @param helloNanosMax from a connection's begin until both have said who they are
 * @param pingNanos until the peer is asked whether it has what was sent
 * @param silenceNanosMax for its answer, after which the connection is given up
 * @param backoffNanosMin the first pause before connecting again
 * @param backoffNanosMax the longest such pause
 */
public record TransportLimits(
    int payloadBytesMax,
    int queueMessagesMax,
    long queueBytesMax,
    long helloNanosMax,
    long pingNanos,
    long silenceNanosMax,
    long backoffNanosMin,
    long backoffNanosMax) {
  private static final long MILLISECOND = 1_000_000;

  /** Gives a peer up after three seconds of silence, and tries it again every second at least. */
  public static final TransportLimits USUAL =
      new TransportLimits(
          4 << 20,
          4096,
          16 << 20,
          2_000 * MILLISECOND,
          1_000 * MILLISECOND,
          2_000 * MILLISECOND,
          50 * MILLISECOND,
          1_000 * MILLISECOND);

  public TransportLimits {
    if (payloadBytesMax <= 0 || queueMessagesMax <= 0 || queueBytesMax < payloadBytesMax) {
      throw new IllegalArgumentException("a queue holds one message of the largest size at least");
    }
    if (helloNanosMax <= 0 || pingNanos <= 0 || silenceNanosMax <= 0) {
      throw new IllegalArgumentException("waits are positive");
    }
    if (backoffNanosMin <= 0 || backoffNanosMax < backoffNanosMin) {
      throw new IllegalArgumentException("pauses are positive, and the longest is not the shorter");
    }
  }
}
