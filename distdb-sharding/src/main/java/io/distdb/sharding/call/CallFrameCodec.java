// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import io.distdb.api.Bytes;
import io.distdb.api.Varint;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames as bytes; docs/formats/calls.md.
 *
 * <pre>
 * version   1 byte, 1
 * kind      1 byte
 * sender    number: its incarnation
 * receiver  number: the incarnation it is for, 0 any
 * ...       of the kind
 * </pre>
 */
final class CallFrameCodec {
  /** Of a frame, besides its content; generous. */
  static final int OVERHEAD_MAX = 192;

  static final int SERVICE_LENGTH_MAX = 64;

  private static final byte VERSION = 1;
  private static final byte HELLO = 1;
  private static final byte REQUEST = 2;
  private static final byte RECEIVED = 3;
  private static final byte ANSWER = 4;
  private static final byte WANT = 5;
  private static final byte OVER = 6;
  private static final byte TELL = 7;
  private static final byte SETTLED = 8;

  /** Of a number. */
  private static final int NUMBER_BYTES_MAX = 9;

  private CallFrameCodec() {}

  /** A frame that was read. */
  record Read(CallFrame.Lives lives, CallFrame frame) {}

  static Bytes encode(CallFrame.Lives lives, CallFrame frame) {
    ByteBuffer target = ByteBuffer.allocate(OVERHEAD_MAX + contentLength(frame));
    target.put(VERSION).put(kind(frame));
    Varint.put(target, lives.sender());
    Varint.put(target, lives.receiver());
    switch (frame) {
      case CallFrame.Hello hello -> target.put((byte) (hello.asks() ? 1 : 0));
      case CallFrame.Request request -> put(target, request);
      case CallFrame.Received received -> put(target, received.call(), received.through());
      case CallFrame.Answer answer -> {
        Varint.put(target, answer.call());
        target.put((byte) (answer.failed() ? 1 : 0));
        put(target, answer.length(), answer.offset());
        answer.content().put(target);
      }
      case CallFrame.Want want -> put(target, want.call(), want.offset());
      case CallFrame.Over over -> Varint.put(target, over.over());
      case CallFrame.Settled settled -> {
        put(target, settled.below(), settled.open().size());
        settled.open().forEach(call -> Varint.put(target, call));
      }
      case CallFrame.Tell tell -> {
        Varint.putBytes(target, Bytes.utf8(tell.service()));
        target.put(tell.content().array());
      }
    }
    return Bytes.copyOf(target.array(), 0, target.position());
  }

  private static void put(ByteBuffer target, CallFrame.Request request) {
    put(target, request.call(), request.over());
    Varint.putBytes(target, Bytes.utf8(request.service()));
    put(target, request.length(), request.offset());
    request.content().put(target);
  }

  private static void put(ByteBuffer target, long first, long second) {
    Varint.put(target, first);
    Varint.put(target, second);
  }

  private static int contentLength(CallFrame frame) {
    return switch (frame) {
      case CallFrame.Request request -> request.content().length();
      case CallFrame.Answer answer -> answer.content().length();
      case CallFrame.Tell tell -> tell.content().length();
      case CallFrame.Settled settled -> settled.open().size() * NUMBER_BYTES_MAX;
      case CallFrame.Hello hello -> 0;
      case CallFrame.Received received -> 0;
      case CallFrame.Want want -> 0;
      case CallFrame.Over over -> 0;
    };
  }

  private static byte kind(CallFrame frame) {
    return switch (frame) {
      case CallFrame.Hello hello -> HELLO;
      case CallFrame.Request request -> REQUEST;
      case CallFrame.Received received -> RECEIVED;
      case CallFrame.Answer answer -> ANSWER;
      case CallFrame.Want want -> WANT;
      case CallFrame.Over over -> OVER;
      case CallFrame.Tell tell -> TELL;
      case CallFrame.Settled settled -> SETTLED;
    };
  }

  /**
   * @throws IllegalArgumentException nobody of this version writes such bytes
   */
  static Read decode(Bytes payload) {
    ByteBuffer source = ByteBuffer.wrap(payload.array());
    try {
      byte version = source.get();
      if (version != VERSION) {
        throw new IllegalArgumentException("calls of version " + version);
      }
      byte kind = source.get();
      CallFrame.Lives lives = new CallFrame.Lives(number(source), number(source));
      CallFrame frame = read(kind, source);
      boolean forAny = frame instanceof CallFrame.Hello || frame instanceof CallFrame.Tell;
      if (source.hasRemaining() || lives.sender() == 0 || lives.receiver() == 0 && !forAny) {
        throw new IllegalArgumentException("a frame that makes no sense");
      }
      return new Read(lives, frame);
    } catch (BufferUnderflowException cut) {
      throw new IllegalArgumentException("a frame that was cut off", cut);
    }
  }

  private static CallFrame read(byte kind, ByteBuffer source) {
    return switch (kind) {
      case HELLO -> new CallFrame.Hello(flag(source));
      case REQUEST -> request(source);
      case RECEIVED -> new CallFrame.Received(number(source), Varint.getInt(source));
      case ANSWER -> answer(source);
      case WANT -> new CallFrame.Want(number(source), Varint.getInt(source));
      case OVER -> new CallFrame.Over(number(source));
      case TELL -> new CallFrame.Tell(service(source), Bytes.read(source, source.remaining()));
      case SETTLED -> settled(source);
      default -> throw new IllegalArgumentException("a frame of kind " + kind);
    };
  }

  private static CallFrame.Settled settled(ByteBuffer source) {
    long below = number(source);
    int count = Varint.getInt(source);
    if (count > source.remaining()) {
      throw new IllegalArgumentException(count + " calls that are not over");
    }
    List<Long> open = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      open.add(number(source));
    }
    return new CallFrame.Settled(below, open);
  }

  private static CallFrame.Request request(ByteBuffer source) {
    long call = number(source);
    long over = number(source);
    String service = service(source);
    int length = Varint.getInt(source);
    int offset = Varint.getInt(source);
    if (over > call) {
      throw new IllegalArgumentException("a call that is over already");
    }
    return new CallFrame.Request(call, over, service, length, offset, rest(source, length, offset));
  }

  private static CallFrame.Answer answer(ByteBuffer source) {
    long call = number(source);
    boolean failed = flag(source);
    int length = Varint.getInt(source);
    int offset = Varint.getInt(source);
    return new CallFrame.Answer(call, failed, length, offset, rest(source, length, offset));
  }

  /** A piece is never empty, unless the whole is. */
  private static CallFrame.Slice rest(ByteBuffer source, int length, int offset) {
    Bytes content = Bytes.read(source, source.remaining());
    if ((long) offset + content.length() > length || content.isEmpty() && length > 0) {
      throw new IllegalArgumentException("a piece that does not fit its whole");
    }
    return new CallFrame.Slice(content, 0, content.length());
  }

  private static String service(ByteBuffer source) {
    Bytes name = Varint.getBytes(source);
    if (name.isEmpty() || name.length() > SERVICE_LENGTH_MAX) {
      throw new IllegalArgumentException("a service with a name of " + name.length() + " bytes");
    }
    return name.toUtf8();
  }

  private static long number(ByteBuffer source) {
    long value = Varint.get(source);
    if (value < 0) {
      throw new IllegalArgumentException("a number of " + Long.toUnsignedString(value));
    }
    return value;
  }

  private static boolean flag(ByteBuffer source) {
    byte value = source.get();
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException("a flag of " + value);
    }
    return value == 1;
  }
}
