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
  /** What COPY's sides may be ahead of each other. */
  private static final int AHEAD_BYTES = 1 << 20;

  private static final int MESSAGE_BYTES_MAX = 1 << 30;

  /** What an answer may have when nobody can read it before its end. */
  private static final int ANSWER_BYTES_MAX = 1 << 30;

  /** What comes before reading. */
  private enum Turn {
    MESSAGES,
    NOTIFICATIONS,
    WAIT
  }

  private final LocalServer server;
  private final Scheduler scheduler;
  private final int secret;
  private final ReentrantLock lock = new ReentrantLock();
  private final ClientMessages toServer = new ClientMessages();
  private final ByteQueue toClient = new ByteQueue();
  private final Waiter clientReads;
  private final Waiter clientWrites;
  private final Waiter serverReads;
  private final Waiter serverWrites;
  private final MessageInput in;
  private final Replies replies;
  private Conversation conversation;
  private volatile ServerSession session;
  private volatile boolean notified;

  /** Why the session was ended from outside; else null. */
  private volatile DistDbException termination;

  // Guarded by the lock.
  private boolean handled;
  private boolean inThread;
  private boolean ended;

  LocalConnection(LocalServer server, Scheduler scheduler, int secret) {
    this.server = server;
    this.scheduler = scheduler;
    this.secret = secret;
    clientReads = scheduler.newWaiter();
    clientWrites = scheduler.newWaiter();
    serverReads = scheduler.newWaiter();
    serverWrites = scheduler.newWaiter();
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

  /** What the client sends. */
  public void write(byte[] source, int offset, int length) throws IOException {
    while (true) {
      lock.lock();
      try {
        requireOpen();
        if (!inThread || toServer.size() < AHEAD_BYTES) {
          toServer.add(source, offset, length);
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
   * Handles what was sent, if that is to be done first, and waits for something to read. An
   * interrupt ends a statement that is handled; it does not end the wait, as with a socket.
   *
   * @param timeoutMillis longest wait, without what the thread handles itself; 0 is no limit
   * @return how many bytes were read; -1: the server has ended
   * @throws SocketTimeoutException the time ran out
   */
  public int read(byte[] target, int offset, int length, int timeoutMillis) throws IOException {
    long wait = timeoutMillis == 0 ? Waiter.FOREVER : TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (true) {
      Turn turn;
      lock.lock();
      try {
        if (toClient.size() > 0) {
          serverWrites.signal();
          return toClient.take(target, offset, length);
        }
        if (ended) {
          return -1;
        }
        turn = turn();
      } finally {
        lock.unlock();
      }
      switch (turn) {
        case MESSAGES -> handleAll();
        case NOTIFICATIONS -> deliver();
        case WAIT -> {
          if (!clientReads.awaitUninterruptibly(wait)) {
            throw new SocketTimeoutException("no answer within " + timeoutMillis + " ms");
          }
        }
      }
    }
  }

  /** Within the lock: what a client that reads is to do first. */
  private Turn turn() {
    if (handled) {
      return Turn.WAIT;
    }
    if (toServer.whole() > 0) {
      handled = true;
      if (!toServer.mentionsCopy()) {
        return Turn.MESSAGES;
      }
      inThread = true;
      scheduler.startLight("distdb-copy", this::handleAll);
    } else if (notified) {
      handled = true;
      return Turn.NOTIFICATIONS;
    }
    return Turn.WAIT;
  }

  /** How many bytes can be read without waiting; the reader's, who is told what it listens for. */
  public int available() {
    lock.lock();
    try {
      if (toClient.size() > 0 || ended || handled || !notified) {
        return toClient.size();
      }
      handled = true;
    } finally {
      lock.unlock();
    }
    deliver();
    return available();
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
    serverWrites.signal();
  }

  private void closeSession() {
    ServerSession opened = session;
    if (opened != null) {
      server.connections().left(opened.processId(), this);
      opened.close();
    }
  }

  /** Handles the messages that are there, in the thread of whoever calls. */
  private void handleAll() {
    boolean goesOn = false;
    try {
      goesOn = start();
      while (goesOn && termination == null && (in.hasBytes() || hasWhole())) {
        goesOn = conversation.handle();
      }
      if (goesOn && termination != null) {
        throw termination;
      }
      if (goesOn) {
        session.beginIdle();
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

  /** The first packet, once; then the end of the session's rest. */
  private boolean start() throws IOException {
    if (conversation != null) {
      session.endIdle();
      return true;
    }
    session = new Startup(server, in, replies, new ServerSide(), "this process", secret).run();
    if (session == null) {
      return false;
    }
    server.connections().admitted(session.processId(), this);
    session.onTermination(this::terminated);
    conversation = new Conversation(session, in, replies);
    session.onNotification(() -> {
      notified = true;
      clientReads.signal();
    });
    conversation.begin();
    return true;
  }

  /** Adds what the client listens for to what it can read. */
  private void deliver() {
    notified = false;
    boolean goesOn = false;
    try {
      conversation.tellNotifications();
      replies.flush();
      goesOn = true;
    } catch (IOException gone) {
      // The client will find out.
    } finally {
      handedBack(goesOn);
    }
  }

  /** The session was ended from outside. Any thread. */
  private void terminated(DistDbException why) {
    boolean idle;
    lock.lock();
    try {
      termination = why;
      idle = !handled;
      handled = true;
    } finally {
      lock.unlock();
    }
    if (idle) {
      say(why);
      handedBack(false);
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
      return toServer.whole() > 0;
    } finally {
      lock.unlock();
    }
  }

  private void handedBack(boolean goesOn) {
    boolean over;
    lock.lock();
    try {
      inThread = false;
      toServer.handled();
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
          count = toServer.take(target, offset, length, inThread);
          if (count > 0) {
            break;
          }
          if (ended) {
            return -1;
          }
          if (!inThread) {
            throw new DistDbException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                conversation == null
                    ? "encryption is not supported within the process"
                    : "a prepared COPY FROM STDIN is not supported within the process");
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
      while (true) {
        lock.lock();
        try {
          requireOpen();
          if (!inThread || toClient.size() < AHEAD_BYTES) {
            if (toClient.size() > ANSWER_BYTES_MAX - length) {
              throw new IOException("an answer of more than 1 GiB: set a fetch size");
            }
            toClient.add(source, offset, length);
            break;
          }
        } finally {
          lock.unlock();
        }
        serverWrites.awaitUninterruptibly(Waiter.FOREVER);
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
