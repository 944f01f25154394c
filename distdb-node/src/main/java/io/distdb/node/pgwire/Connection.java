// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.message.ProtocolException;
import io.distdb.node.pgwire.protocol.Conversation;
import io.distdb.node.pgwire.protocol.Replies;
import io.distdb.sql.session.ServerSession;
import io.distdb.sql.session.TransactionStatus;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, from its first byte to its last, in a thread of its own that waits for it.
 *
 * <p>{@link #working} is held while messages are answered and is free while the next one is waited
 * for: who holds it may write to the client, and knows that no statement runs.
 */
final class Connection implements Cancellable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** How many looks a client has to hear its last words: about a second. */
  private static final int LOOKS_ENDING_MAX = 4;

  private final PgServer server;
  private final SocketChannel channel;
  private final String peer;
  private final int secret;
  private final MessageInput in;
  private final Replies replies;
  private final ReentrantLock working = new ReentrantLock();
  private final long began;
  private volatile ServerSession session;

  /** Whether a thread is on its way to tell notifications. */
  private final AtomicBoolean telling = new AtomicBoolean();

  /** Whether the last words were said. Guarded by {@link #working}. */
  private boolean said;

  /** Whether a thread is on its way to say them. */
  private final AtomicBoolean leaving = new AtomicBoolean();

  /** What the client is to be told when nothing more is answered; null while it is. */
  private volatile DistDbException ending;

  /** How often the client was waited for; written by its thread alone. */
  private volatile long waits;

  /** What {@link #waits} was at the last look, for {@link #look}. */
  private long waitsSeen;

  /** How often it was looked at while it was to end. */
  private int looksEnding;

  Connection(PgServer server, SocketChannel channel, String peer, int secret) {
    this.server = server;
    this.channel = channel;
    this.peer = peer;
    this.secret = secret;
    began = server.clock().nanoTime();
    in = new MessageInput(channel, server.options().messageBytesMax());
    replies = new Replies(channel);
  }

  /** Serves the client until it leaves. */
  void run() {
    try {
      serve();
    } catch (ProtocolException wrong) {
      LOG.info("{}: {}", peer, wrong.getMessage());
      say(wrong.error());
    } catch (DistDbException refused) {
      say(refused);
    } catch (SocketTimeoutException late) {
      LOG.info("{}: gave up waiting for its start", peer);
    } catch (IOException gone) {
      LOG.debug("{}: connection lost: {}", peer, gone.toString());
    } catch (RuntimeException | Error fault) {
      LOG.error("{}: its connection ends by a fault of the server", peer, fault);
      say(new DistDbException(ErrorCode.INTERNAL_ERROR, "fault of the server: " + fault, fault));
    } finally {
      close();
    }
  }

  private void serve() throws IOException {
    channel.timeout(server.options().startMillis());
    ServerSession opened = new Startup(server, in, replies, channel, peer, secret).run();
    if (opened == null) {
      return;
    }
    working.lock();
    try {
      session = opened;
      server.connections().admitted(opened.processId(), this);
      opened.onTermination(this::terminated);
      channel.timeout(0);
      Conversation conversation = new Conversation(opened, in, replies);
      opened.onNotification(() -> notified(conversation));
      conversation.begin();
      replies.flush();
      converse(conversation, opened);
    } finally {
      working.unlock();
    }
  }

  /** One thread for all that come until it has begun: a busy client may hear of many. */
  private void notified(Conversation conversation) {
    if (telling.compareAndSet(false, true)) {
      server.scheduler().startLight("distdb-notify", () -> deliver(conversation));
    }
  }

  private void converse(Conversation conversation, ServerSession opened) throws IOException {
    while (ending == null) {
      if (!in.hasNext()) {
        replies.flush();
        if (!awaitInput(opened)) {
          return;
        }
        if (ending != null) {
          break; // perhaps nothing has come that could be read
        }
      }
      if (!conversation.handle()) {
        return;
      }
    }
    throw ending;
  }

  /**
   * Lets others in while the client says nothing. It gives way before it looks for input: a busy
   * client has mostly answered by the time that the thread is on again, which saves the system
   * calls of a look in vain and of a wait.
   */
  private boolean awaitInput(ServerSession opened) throws IOException {
    opened.beginIdle();
    replies.shrink();
    waits++;
    working.unlock();
    boolean goesOn;
    try {
      server.scheduler().giveWay();
      // Whoever ends the connection from now on finds the lock free; who did before was seen.
      goesOn = ending != null || in.await();
    } finally {
      working.lock();
    }
    if (ending == null) {
      opened.endIdle();
    }
    return goesOn;
  }

  /** Tells the client what it listens for; in a thread that may wait for it. */
  private void deliver(Conversation conversation) {
    working.lock();
    try {
      telling.set(false);
      if (ending == null) {
        conversation.tellNotifications();
        replies.flush();
      }
    } catch (IOException gone) {
      LOG.debug("{}: connection lost: {}", peer, gone.toString());
    } finally {
      working.unlock();
    }
  }

  /** The last words to a client that may not listen any more; may wait for it. */
  private void say(DistDbException error) {
    working.lock();
    try {
      if (!said) {
        said = true;
        replies.fatal(error);
        replies.flush();
      }
    } catch (IOException gone) {
      LOG.debug("{}: connection lost: {}", peer, gone.toString());
    } finally {
      working.unlock();
    }
  }

  @Override
  public void cancel(int given) {
    ServerSession running = session;
    if (given == secret && running != null) {
      running.cancel();
    }
  }

  /** Ends the connection if it is between transactions. Any thread. */
  void endIfIdle(DistDbException why) {
    ServerSession idle = session;
    if (idle == null) {
      channel.cut();
      return;
    }
    if (!working.tryLock()) {
      return;
    }
    try {
      if (idle.transactionStatus() == TransactionStatus.IDLE) {
        end(why);
      }
    } finally {
      working.unlock();
    }
  }

  /** Ends what runs, and the connection. Any thread. */
  void abort(DistDbException why) {
    ServerSession running = session;
    if (running == null) {
      channel.cut();
      return;
    }
    ending = why;
    running.cancel();
    if (working.tryLock()) {
      try {
        end(why);
      } finally {
        working.unlock();
      }
    }
  }

  /** Closes without a word what did not end. Any thread. */
  void cut() {
    channel.cut();
  }

  /** The session was ended from outside: by a time-out, or by somebody who may. */
  private void terminated(DistDbException why) {
    ending = why;
    if (working.tryLock()) {
      try {
        end(why);
      } finally {
        working.unlock();
      }
    }
  }

  /**
   * In a thread of its own: a client that does not read what it is told must not hold up others.
   */
  private void end(DistDbException why) {
    ending = why;
    if (leaving.compareAndSet(false, true)) {
      server
          .scheduler()
          .startLight(
              "distdb-leave",
              () -> {
                say(why);
                channel.close();
              });
    }
  }

  /**
   * Ends the statement of a client that is gone, so that it holds no locks for nobody; and the
   * connection of one that takes too long to come in, or to hear that it is to go. To be called
   * from time to time, by one thread: a statement is looked at that has run since the last time.
   */
  void look() {
    ServerSession running = session;
    if (running == null) {
      long nanos = server.clock().nanoTime() - began;
      if (nanos > TimeUnit.MILLISECONDS.toNanos(server.options().startMillis())) {
        LOG.info("{}: gave up waiting for its start", peer);
        channel.cut();
      }
      return;
    }
    if (ending != null) {
      looksEnding++;
      // Again: a statement that had not begun when it was to end has begun since.
      running.cancel();
      if (looksEnding > LOOKS_ENDING_MAX) {
        channel.cut();
      }
      return;
    }
    long now = waits;
    if (now != waitsSeen || !working.isLocked()) {
      waitsSeen = now;
      return;
    }
    if (channel.isGone()) {
      LOG.info("{}: the client is gone: its statement ends", peer);
      abort(new DistDbException(ErrorCode.CONNECTION_FAILURE, "connection to client lost"));
    }
  }

  private void close() {
    try {
      ServerSession opened = session;
      if (opened != null) {
        server.connections().left(opened.processId(), this);
        opened.close();
      }
    } finally {
      server.connections().remove(this);
      channel.close();
    }
  }
}
