// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster.door;

import java.nio.ByteBuffer;

/**
 * Bytes of requests and answers, each behind its length (int32, without itself).
 *
 * <pre>
 * request: int64 number, int8 kind (PUT, GET, LEADER), int64 key, value
 * answer:  int64 number, int8 outcome (DONE, FAILED), value or text
 * </pre>
 */
public final class Frames {
  public static final byte PUT = 1;
  public static final byte GET = 2;
  public static final byte LEADER = 3;
  public static final byte DONE = 1;
  public static final byte FAILED = 2;

  public static final int REQUEST_HEADER = 4 + 8 + 1 + 8;
  public static final int ANSWER_HEADER = 4 + 8 + 1;

  private Frames() {}

  public static void putRequest(ByteBuffer out, long number, byte kind, long key, byte[] value) {
    out.putInt(REQUEST_HEADER - 4 + value.length).putLong(number).put(kind).putLong(key);
    out.put(value);
  }

  static void putAnswer(ByteBuffer out, long number, byte outcome, byte[] value) {
    out.putInt(ANSWER_HEADER - 4 + value.length).putLong(number).put(outcome).put(value);
  }

  /** The length of the next whole frame without its prefix, or -1. Reads nothing. */
  public static int next(ByteBuffer in) {
    if (in.remaining() < 4) {
      return -1;
    }
    int length = in.getInt(in.position());
    return in.remaining() >= 4 + length ? length : -1;
  }
}
