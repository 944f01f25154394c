// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import io.distdb.bench.cluster.door.Frames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Single requests to one node, over a connection that is kept. */
final class DoorClient implements AutoCloseable {
  private final SocketChannel socket;
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentHashMap<Long, CompletableFuture<byte[]>> asked =
      new ConcurrentHashMap<>();

  DoorClient(int port) throws IOException {
    socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Thread.ofPlatform().daemon().name("answers").start(this::read);
  }

  /** Ends with the answer, or in whatever way it fails. */
  synchronized CompletableFuture<byte[]> ask(byte kind, long key, byte[] value) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    long number = numbers.incrementAndGet();
    asked.put(number, answer);
    ByteBuffer out = ByteBuffer.allocate(Frames.REQUEST_HEADER + value.length);
    Frames.putRequest(out, number, kind, key, value);
    try {
      for (out.flip(); out.hasRemaining(); ) {
        socket.write(out);
      }
    } catch (IOException gone) {
      answer.completeExceptionally(gone);
    }
    return answer;
  }

  private void read() {
    ByteBuffer in = ByteBuffer.allocate(1 << 16);
    try {
      while (socket.read(in) >= 0) {
        in.flip();
        for (int length = Frames.next(in); length >= 0; length = Frames.next(in)) {
          in.getInt();
          CompletableFuture<byte[]> answer = asked.remove(in.getLong());
          boolean done = in.get() == Frames.DONE;
          byte[] content = new byte[length - (Frames.ANSWER_HEADER - 4)];
          in.get(content);
          if (done) {
            answer.complete(content);
          } else {
            answer.completeExceptionally(new IllegalStateException(new String(content)));
          }
        }
        in.compact();
      }
    } catch (IOException gone) {
      // Told to those who wait, below.
    }
    asked.values().forEach(each -> each.completeExceptionally(new IOException("it is gone")));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
