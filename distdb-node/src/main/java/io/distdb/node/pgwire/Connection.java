// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.pgwire.message.Channel;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.message.ProtocolException;
import io.distdb.node.pgwire.protocol.Conversation;
import io.distdb.node.pgwire.protocol.Replies;
import io.distdb.sql.session.ServerSession;
import java.io.IOException;
import java.net.SocketTimeoutException;
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

  private final PgServer server;
  private final Channel channel;
  private final String peer;
  private final int process;
  private final int secret;
  private final MessageInput in;
  private final Replies replies;
  private final ReentrantLock working = new ReentrantLock();
  private volatile ServerSession session;
  private volatile boolean ending;

  Connection(PgServer server, Channel channel, String peer, int process, int secret) {
    this.server = server;
    this.channel = channel;
    this.peer = peer;
    this.process = process;
    this.secret = secret;
    in = new MessageInput(channel, server.options().messageBytesMax());
    replies = new Replies(channel);
  }

  @Override
  public int process() {
    return process;
  }

  /** Serves the client until it leaves. */
  void run() {
    try {
      serve();
    } catch (ProtocolException wrong) {
      say(wrong.error());
    } catch (DistDbException refused) {
      say(refused);
    } catch (SocketTimeoutException late) {
      LOG.info("{}: gave up waiting for its start", peer);
    } catch (IOException gone) {
      LOG.debug("{}: connection lost: {}", peer, gone.toString());
    } finally {
      close();
    }
  }

  private void serve() throws IOException {
    channel.timeout(server.options().startMillis());
    Startup startup = new Startup(server, in, replies, channel, process, secret);
    session = startup.run();
    if (session == null) {
      return;
    }
    channel.timeout(0);
    Conversation conversation = new Conversation(session, in, replies);
    conversation.begin();
    replies.flush();
    working.lock();
    try {
      while (!ending) {
        if (!in.hasNext()) {
          replies.flush();
          if (!awaitInput()) {
            return;
          }
        }
        if (!conversation.handle()) {
          return;
        }
      }
      throw new DistDbException(
          ErrorCode.SHUTTING_DOWN, "terminating connection due to administrator command");
    } finally {
      working.unlock();
    }
  }

  /** Lets others in while the client says nothing. */
  private boolean awaitInput() throws IOException {
    working.unlock();
    try {
      return in.await();
    } finally {
      working.lock();
    }
  }

  /** The last words to a client that may not listen any more. */
  private void say(DistDbException error) {
    try {
      replies.fatal(error);
      replies.flush();
    } catch (IOException gone) {
      LOG.debug("{}: connection lost: {}", peer, gone.toString());
    }
  }

  @Override
  public void cancel(int given) {
    ServerSession running = session;
    if (given == secret && running != null) {
      running.cancel();
    }
  }

  /**
   * Ends the connection when it is between transactions. Any thread.
   *
   * @return whether it is about to end
   */
  boolean endIfIdle() {
    if (!working.tryLock()) {
      return false;
    }
    try {
      ServerSession idle = session;
      if (idle != null
          && idle.transactionStatus() != io.distdb.sql.session.TransactionStatus.IDLE) {
        return false;
      }
      end();
      return true;
    } finally {
      working.unlock();
    }
  }

  /** Ends what runs and the connection. Any thread. */
  void abort() {
    ending = true;
    ServerSession running = session;
    if (running != null) {
      running.cancel();
    }
    if (working.tryLock()) {
      try {
        end();
      } finally {
        working.unlock();
      }
    }
  }

  private void end() {
    ending = true;
    say(
        new DistDbException(
            ErrorCode.SHUTTING_DOWN, "terminating connection due to administrator command"));
    channel.close();
  }

  private void close() {
    try {
      ServerSession opened = session;
      if (opened != null) {
        opened.close();
      }
    } finally {
      server.connections().remove(this);
      channel.close();
    }
  }
}
