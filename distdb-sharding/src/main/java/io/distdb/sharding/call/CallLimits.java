// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

/**
 * How calls travel; all positive.
 *
 * @param pieceBytesMax of one message's content; the transport may allow less
 * @param windowPieces that are under way before the receiver has said that it has them
 * @param resendNanosMin until something is sent again for the first time; each time twice as long
 * @param resendNanosMax the longest such time
 * @param unansweredMax how often something is sent in vain before the peer is given up
 * @param abandonedNanos after which a request that stopped coming is forgotten
 */
public record CallLimits(
    int pieceBytesMax,
    int windowPieces,
    long resendNanosMin,
    long resendNanosMax,
    int unansweredMax,
    long abandonedNanos) {
  private static final long MILLISECOND = 1_000_000;

  /** A silent peer is given up after 2.4 seconds. */
  public static final CallLimits USUAL =
      new CallLimits(1 << 20, 4, 200 * MILLISECOND, 1_000 * MILLISECOND, 4, 60_000 * MILLISECOND);

  public CallLimits {
    if (pieceBytesMax <= 0 || windowPieces <= 0 || unansweredMax <= 0 || abandonedNanos <= 0) {
      throw new IllegalArgumentException("limits are positive");
    }
    if (resendNanosMin <= 0 || resendNanosMax < resendNanosMin) {
      throw new IllegalArgumentException("pauses are positive, and the longest is not the shorter");
    }
  }
}
