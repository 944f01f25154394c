// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import io.distdb.bench.cluster.door.Frames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * All clients in one thread over one connection: for each answer that has come the next request is
 * written, and what came together goes together. The least that clients can cost.
 */
final class DoorLoad implements Load {
  private static final int BUFFER_BYTES = 1 << 20;

  private final int port;
  private final SplittableRandom random = new SplittableRandom();
  private final byte[] value = new byte[VALUE_BYTES];
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);

  DoorLoad(int port) {
    this.port = port;
    random.nextBytes(value);
  }

  @Override
  public Sample run(Kind kind, int clients, long nanos) {
    in.clear();
    out.clear();
    try (SocketChannel socket =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return run(socket, kind, new long[clients], nanos);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /**
   * @param asked when each client asked
   */
  private Sample run(SocketChannel socket, Kind kind, long[] asked, long nanos) throws IOException {
    Notes notes = new Notes();
    for (int client = 0; client < asked.length; client++) {
      ask(kind, client, asked, notes.began());
    }
    int underWay = asked.length;
    while (underWay > 0) {
      flush(socket);
      if (socket.read(in) < 0) {
        throw new IllegalStateException("the node hung up");
      }
      long now = System.nanoTime();
      in.flip();
      for (int length = Frames.next(in); length >= 0; length = Frames.next(in)) {
        int client = answer(length);
        if (now - notes.began() < nanos) {
          notes.answered(asked[client], now);
          ask(kind, client, asked, now);
        } else {
          underWay--;
        }
      }
      in.compact();
    }
    return notes.sample();
  }

  private void ask(Kind kind, int client, long[] asked, long now) {
    asked[client] = now;
    byte[] content = kind == Kind.PUT ? value : new byte[0];
    byte what = kind == Kind.PUT ? Frames.PUT : Frames.GET;
    Frames.putRequest(out, client, what, random.nextInt(KEYS), content);
  }

  private void flush(SocketChannel socket) throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      socket.write(out);
    }
    out.clear();
  }

  /** Whose answer is next. */
  private int answer(int length) {
    int end = in.position() + 4 + length;
    in.getInt();
    int client = (int) in.getLong();
    byte outcome = in.get();
    if (outcome != Frames.DONE) {
      byte[] why = new byte[end - in.position()];
      in.get(why);
      throw new IllegalStateException("refused: " + new String(why, StandardCharsets.UTF_8));
    }
    in.position(end);
    return client;
  }
}
