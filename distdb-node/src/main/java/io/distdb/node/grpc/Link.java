// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Envelope;
import io.distdb.node.grpc.message.Frame;
import io.grpc.ManagedChannel;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The sending to one peer on one lane: its queue, and its connection if there is one.
 *
 * <pre>
 *   IDLE --message--> PAUSING --pause over, message waits--> CONNECTING --hello--> OPEN
 *    ^                 |   ^                                     |                   |
 *    +---- no message -+   +------------ it failed --------------+------ it ended ---+
 * </pre>
 *
 * <p>Whoever finds something to write, a sender or gRPC's thread, writes it, one thread at a time,
 * and only while gRPC holds little back: so what waits is in the bounded queue. Nobody waits for
 * the peer. When a connection fails, what waits is dropped.
 *
 * <p>A peer that is gone without a word (a cable, a paused process) is found out by a ping, sent a
 * while after a message: no pong, no connection. A link that is not used sends nothing.
 */
final class Link {
  private enum State {
    IDLE,
    PAUSING,
    CONNECTING,
    OPEN,
    CLOSED
  }

  private final Dialer dialer;
  private final Supplier<TransportIdentity> own;
  private final NodeId peer;
  private final Envelope.Lane lane;
  private final TransportLimits limits;
  private final Scheduler scheduler;
  private final Notices notices;

  private final ReentrantLock lock = new ReentrantLock();
  private final Outbox outbox;
  private final Backoff backoff;
  private State state = State.IDLE;
  private Conversation current;
  private int version;
  private String place = "";
  private Scheduler.Timer timer;
  private boolean writing;

  /** Something was written since the last ping. */
  private boolean unasked;

  private boolean pingDue;
  private boolean pingTimerSet;
  private int pings;
  private long connects;
  private long sentMessages;
  private long sentBytes;

  /** Opens connections; they are not made before a call is. */
  interface Dialer {
    Optional<InetSocketAddress> addressOf(NodeId peer);

    ManagedChannel dial(InetSocketAddress address);

    /** A connection that was open has ended, which nobody here asked for. */
    void lost(NodeId peer);
  }

  Link(
      Dialer dialer,
      Supplier<TransportIdentity> own,
      NodeId peer,
      Envelope.Lane lane,
      TransportLimits limits,
      Scheduler scheduler,
      Notices notices,
      SplittableRandom random) {
    this.dialer = dialer;
    this.own = own;
    this.peer = peer;
    this.lane = lane;
    this.limits = limits;
    this.scheduler = scheduler;
    this.notices = notices;
    this.outbox = new Outbox(limits.queueMessagesMax(), limits.queueBytesMax());
    this.backoff = new Backoff(limits.backoffNanosMin(), limits.backoffNanosMax(), random);
  }

  void send(Bytes payload) {
    lock.lock();
    try {
      if (state == State.CLOSED) {
        return;
      }
      outbox.add(payload);
      if (state == State.IDLE) {
        pause(0);
      }
    } finally {
      lock.unlock();
    }
    drain();
  }

  private void pause(long nanos) {
    state = State.PAUSING;
    timer = scheduler.after(nanos, "connect to " + peer, this::connect);
  }

  private void connect() {
    Conversation attempt;
    lock.lock();
    try {
      if (state != State.PAUSING) {
        return;
      }
      Optional<InetSocketAddress> address = dialer.addressOf(peer);
      if (outbox.isEmpty() || address.isEmpty()) {
        outbox.clear();
        state = State.IDLE;
        return;
      }
      place = address.get().getHostString() + ":" + address.get().getPort();
      attempt = dial(address.get());
    } finally {
      lock.unlock();
    }
    if (attempt != null) {
      attempt.begin(Handshake.hello(own.get(), peer, lane));
    }
  }

  private Conversation dial(InetSocketAddress address) {
    Conversation attempt;
    try {
      attempt = new Conversation(own.get(), peer, dialer.dial(address), this);
    } catch (IllegalArgumentException noAddress) {
      notices.warn(about(), "node " + peer + " has no address: " + noAddress.getMessage());
      outbox.clear();
      pause(backoff.nextNanos());
      return null;
    }
    current = attempt;
    state = State.CONNECTING;
    timer =
        scheduler.after(
            limits.helloNanosMax(), "hello of " + peer, () -> endedWithoutHello(attempt));
    return attempt;
  }

  void opened(Conversation conversation, Handshake.Verdict.Agreed agreed) {
    lock.lock();
    try {
      if (conversation != current || state != State.CONNECTING) {
        return;
      }
      timer.cancel();
      state = State.OPEN;
      version = agreed.version();
      connects++;
      backoff.reset();
    } finally {
      lock.unlock();
    }
    notices.inform(about(), "node " + peer + " is connected, protocol version " + agreed.version());
    drain();
  }

  private void endedWithoutHello(Conversation conversation) {
    lock.lock();
    try {
      if (conversation == current && state == State.OPEN) {
        return;
      }
    } finally {
      lock.unlock();
    }
    ended(conversation, false, "no hello within the time for it");
  }

  /** Ends the connection, if it is still this link's, and pauses before the next. */
  void ended(Conversation conversation, boolean refused, String why) {
    boolean wasOpen;
    lock.lock();
    try {
      if (conversation != current || state == State.CLOSED) {
        return;
      }
      wasOpen = state == State.OPEN;
      forget();
      outbox.clear();
      pause(backoff.nextNanos());
    } finally {
      lock.unlock();
    }
    conversation.giveUp();
    if (wasOpen) {
      dialer.lost(peer);
    }
    if (refused) {
      notices.warn(about(), "node " + peer + " at " + place + " and this node part: " + why);
    } else {
      notices.inform(about(), "node " + peer + " at " + place + " is not connected: " + why);
    }
  }

  private void forget() {
    if (timer != null) {
      timer.cancel();
    }
    current = null;
    version = 0;
    unasked = false;
    pingDue = false;
    pingTimerSet = false;
  }

  private String about() {
    return "to " + peer;
  }

  /** Writes what waits, for as long as the connection takes it, unless a thread is at it. */
  void drain() {
    lock.lock();
    try {
      if (writing) {
        return;
      }
      writing = true;
    } finally {
      lock.unlock();
    }
    boolean inOrder = false;
    try {
      while (writeOne()) {
        // Until nothing is left, or the connection has enough.
      }
      inOrder = true;
    } finally {
      if (!inOrder) {
        letOthersWrite();
      }
    }
  }

  private void letOthersWrite() {
    lock.lock();
    try {
      writing = false;
    } finally {
      lock.unlock();
    }
  }

  private boolean writeOne() {
    Conversation conversation;
    Bytes payload = null;
    int ping = 0;
    lock.lock();
    try {
      conversation = state == State.OPEN ? current : null;
      if (conversation != null && pingDue) {
        pingDue = false;
        ping = pings;
      } else if (conversation != null && conversation.isReady()) {
        payload = outbox.poll();
      }
      if (payload == null && ping == 0) {
        writing = false; // Under the lock of what was just looked at: no wake-up is lost.
        return false;
      }
      if (payload != null) {
        sentMessages++;
        sentBytes += payload.length();
        askLater(conversation);
      }
    } finally {
      lock.unlock();
    }
    Frame.Builder frame = Frame.newBuilder();
    conversation.write(
        payload == null
            ? frame.setPing(ping).build()
            : frame.setPayload(UnsafeByteOperations.unsafeWrap(payload.array())).build());
    return true;
  }

  private void askLater(Conversation conversation) {
    unasked = true;
    if (!pingTimerSet) {
      pingTimerSet = true;
      timer = scheduler.after(limits.pingNanos(), "ping " + peer, () -> ask(conversation));
    }
  }

  private void ask(Conversation conversation) {
    lock.lock();
    try {
      if (conversation != current) {
        return;
      }
      unasked = false;
      pingDue = true;
      pings = pings == Integer.MAX_VALUE ? 1 : pings + 1;
      timer =
          scheduler.after(
              limits.silenceNanosMax(),
              "pong of " + peer,
              () -> ended(conversation, false, "it answers nothing any more"));
    } finally {
      lock.unlock();
    }
    drain();
  }

  /** The peer has handed out all that was sent before ping {@code number}. */
  void answered(Conversation conversation, int number) {
    lock.lock();
    try {
      if (conversation != current || state != State.OPEN || number != pings || !pingTimerSet) {
        return;
      }
      timer.cancel();
      pingTimerSet = false;
      if (unasked) {
        askLater(conversation);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    Conversation last;
    lock.lock();
    try {
      last = current;
      forget();
      outbox.clear();
      state = State.CLOSED;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.giveUp();
    }
  }

  LinkReport report() {
    lock.lock();
    try {
      return new LinkReport(
          peer,
          lane,
          version,
          connects,
          sentMessages,
          sentBytes,
          outbox.messages(),
          outbox.bytes(),
          outbox.dropped());
    } finally {
      lock.unlock();
    }
  }
}
