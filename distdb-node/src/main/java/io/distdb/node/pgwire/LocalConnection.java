// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.node.pgwire.message.Channel;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.message.ProtocolException;
import io.distdb.node.pgwire.protocol.Conversation;
import io.distdb.node.pgwire.protocol.Replies;
import io.distdb.sql.session.ServerSession;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A driver's connection within the process.
 *
 * <p>The client's own thread answers its messages: whoever reads, and finds nothing there to read,
 * first handles what was written before. So a statement passes no other thread, as it would not
 * through the embedded API. Only what asks the client for more in the midst of a statement, COPY
 * FROM STDIN, gets a thread of its own, since then two are needed.
 *
 * <p>Design: the client's side takes one thread to read and one to write, as a socket does. {@link
 * #lock} guards both queues; it is not held while a message is handled.
 */
public final class LocalConnection implements Cancellable, AutoCloseable {
  private static final byte[] COPY = "copy".getBytes(StandardCharsets.US_ASCII);

  /** What COPY may be ahead of its statement. */
  private static final int AHEAD_BYTES = 1 << 20;

  private static final int MESSAGE_BYTES_MAX = 1 << 30;
  private static final int MESSAGE_HEADER_BYTES = 5;

  private final LocalServer server;
  private final Scheduler scheduler;
  private final int secret;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteQueue toServer = new ByteQueue();
  private final ByteQueue toClient = new ByteQueue();
  private final Waiter clientReads;
  private final Waiter clientWrites;
  private final Waiter serverReads;
  private final MessageInput in;
  private final Replies replies;
  private Conversation conversation;
  private volatile ServerSession session;

  // Guarded by the lock.
  private int whole;
  private boolean begun;
  private boolean handled;
  private boolean inThread;
  private boolean mentionsCopy;
  private boolean ended;

  LocalConnection(LocalServer server, Scheduler scheduler, int secret) {
    this.server = server;
    this.scheduler = scheduler;
    this.secret = secret;
    clientReads = scheduler.newWaiter();
    clientWrites = scheduler.newWaiter();
    serverReads = scheduler.newWaiter();
    ServerSide channel = new ServerSide();
    in = new MessageInput(channel, MESSAGE_BYTES_MAX);
    replies = new Replies(channel);
  }

  @Override
  public void cancel(int given) {
    ServerSession running = session;
    if (given == secret && running != null) {
      running.cancel();
    }
  }

  // --- the client's side ---

  /** What the client sends. */
  public void write(byte[] source, int offset, int length) throws IOException {
    while (true) {
      lock.lock();
      try {
        requireOpen();
        if (!inThread || toServer.size() < AHEAD_BYTES) {
          int start = toServer.size();
          toServer.add(source, offset, length);
          mentionsCopy |= toServer.mentions(COPY, Math.max(0, start - COPY.length));
          break;
        }
      } finally {
        lock.unlock();
      }
      clientWrites.awaitUninterruptibly(Waiter.FOREVER);
    }
    serverReads.signal();
  }

  private void requireOpen() throws IOException {
    if (ended) {
      throw new IOException("the connection is closed");
    }
  }

  /**
   * Handles what was sent, if that is to be done first, and waits for something to read.
   *
   * @param timeoutMillis longest wait; 0 is no limit
   * @return how many bytes were read; -1: the server has ended
   * @throws SocketTimeoutException the time ran out
   */
  public int read(byte[] target, int offset, int length, int timeoutMillis) throws IOException {
    long wait = timeoutMillis == 0 ? Waiter.FOREVER : TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (true) {
      boolean handles;
      lock.lock();
      try {
        if (toClient.size() > 0) {
          return toClient.take(target, offset, length);
        }
        if (ended) {
          return -1;
        }
        measure();
        handles = !inThread && !handled && whole > 0;
        handled |= handles;
        if (handles && mentionsCopy) {
          handles = false;
          inThread = true;
          scheduler.startLight("distdb-copy", this::handleAll);
        }
      } finally {
        lock.unlock();
      }
      if (handles) {
        handleAll();
      } else if (!clientReads.await(wait)) {
        throw new SocketTimeoutException("no answer within " + timeoutMillis + " ms");
      }
    }
  }

  /** How many bytes can be read without waiting. */
  public int available() {
    lock.lock();
    try {
      return toClient.size();
    } finally {
      lock.unlock();
    }
  }

  /** Within the lock: how many bytes of {@link #toServer} are whole messages. */
  private void measure() {
    int header = begun || whole > 0 ? MESSAGE_HEADER_BYTES : MESSAGE_HEADER_BYTES - 1;
    while (toServer.size() - whole >= header) {
      int length = toServer.intAt(whole + header - 4);
      long end = whole + header - 4L + Integer.toUnsignedLong(length);
      if (end > toServer.size()) {
        break;
      }
      whole = (int) Math.max(end, whole + header);
      header = MESSAGE_HEADER_BYTES;
    }
  }

  /** Ends the connection, and what it runs. Any thread. */
  @Override
  public void close() {
    ServerSession running = session;
    boolean idle;
    lock.lock();
    try {
      ended = true;
      idle = !handled;
      handled = true;
    } finally {
      lock.unlock();
    }
    server.connections().remove(this);
    if (idle) {
      closeSession();
    } else if (running != null) {
      running.cancel();
    }
    clientReads.signal();
    clientWrites.signal();
    serverReads.signal();
  }

  private void closeSession() {
    ServerSession opened = session;
    if (opened != null) {
      server.connections().left(opened.processId(), this);
      opened.close();
    }
  }

  // --- the server's side ---

  /** Handles the messages that are there, in the thread of whoever calls. */
  private void handleAll() {
    boolean goesOn = false;
    try {
      goesOn = start();
      while (goesOn && (in.hasBytes() || hasWhole())) {
        goesOn = conversation.handle();
      }
      replies.flush();
    } catch (ProtocolException wrong) {
      goesOn = false;
      say(wrong.error());
    } catch (DistDbException refused) {
      goesOn = false;
      say(refused);
    } catch (IOException gone) {
      goesOn = false;
    } finally {
      handedBack(goesOn);
    }
  }

  /** The first packet, once. */
  private boolean start() throws IOException {
    if (conversation != null) {
      return true;
    }
    session = new Startup(server, in, replies, new ServerSide(), "this process", secret).run();
    if (session == null) {
      return false;
    }
    server.connections().admitted(session.processId(), this);
    conversation = new Conversation(session, in, replies);
    session.onNotification(() -> scheduler.startLight("distdb-notify", this::deliver));
    conversation.begin();
    return true;
  }

  /** Adds what the client listens for to what it can read, unless its messages are handled now. */
  private void deliver() {
    lock.lock();
    try {
      if (handled || ended || toClient.size() > AHEAD_BYTES) {
        return;
      }
      handled = true;
    } finally {
      lock.unlock();
    }
    boolean goesOn = false;
    try {
      conversation.tellNotifications();
      replies.flush();
      goesOn = true;
    } catch (IOException gone) {
      goesOn = false;
    } finally {
      handedBack(goesOn);
    }
  }

  private void say(DistDbException error) {
    try {
      replies.fatal(error);
      replies.flush();
    } catch (IOException gone) {
      // The client will find out.
    }
  }

  private boolean hasWhole() {
    lock.lock();
    try {
      measure();
      return whole > 0;
    } finally {
      lock.unlock();
    }
  }

  private void handedBack(boolean goesOn) {
    boolean over;
    lock.lock();
    try {
      inThread = false;
      mentionsCopy = false;
      ended |= !goesOn;
      over = ended;
      handled = over;
    } finally {
      lock.unlock();
    }
    if (over) {
      closeSession();
      server.connections().remove(this);
    }
    clientReads.signal();
    clientWrites.signal();
  }

  /** Bytes as the conversation sees them. */
  private final class ServerSide implements Channel {
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count;
      while (true) {
        lock.lock();
        try {
          int there = inThread ? toServer.size() : whole;
          if (there > 0) {
            count = toServer.take(target, offset, Math.min(length, there));
            whole = Math.max(0, whole - count);
            begun = true;
            break;
          }
          if (ended) {
            return -1;
          }
          if (!inThread) {
            throw new DistDbException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "a prepared COPY FROM STDIN is not supported within the process");
          }
        } finally {
          lock.unlock();
        }
        serverReads.awaitUninterruptibly(Waiter.FOREVER);
      }
      clientWrites.signal();
      return count;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      lock.lock();
      try {
        requireOpen();
        toClient.add(source, offset, length);
      } finally {
        lock.unlock();
      }
      clientReads.signal();
    }

    @Override
    public void timeout(int millis) {
      // The client is in the same process: nobody waits for it.
    }

    @Override
    public void close() {
      LocalConnection.this.close();
    }
  }
}
