// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Calls;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls in real threads, over messages that go from hand to hand. */
final class MessageCallsTest {
  private static final NodeId A = new NodeId("a");
  private static final NodeId B = new NodeId("b");
  private static final long MINUTE = 60_000_000_000L;

  /** A peer whose threads the machine stalls is not given up. */
  private static final CallLimits PATIENT =
      new CallLimits(1 << 20, 4, 200_000_000, 1_000_000_000, 100, MINUTE);

  private final Scheduler scheduler = Scheduler.threads();
  private final Map<NodeId, Hands> hands = new HashMap<>();
  private MessageCalls a;
  private MessageCalls b;

  @BeforeEach
  void begin() {
    hands.put(A, new Hands(A));
    hands.put(B, new Hands(B));
    a = calls(A);
    b = calls(B);
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
  }

  private MessageCalls calls(NodeId self) {
    MessageCalls calls = new MessageCalls(hands.get(self), scheduler, Clock.system(), 1, PATIENT);
    calls.start();
    return calls;
  }

  @Test
  void requestsAndAnswersMayBeLongerThanAMessage() {
    b.serve("twice", (from, request) -> request.concat(request));
    byte[] content = new byte[9 << 20];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + (i >> 12));
    }
    Bytes request = Bytes.wrap(content);
    assertThat(a.call(B, "twice", request, MINUTE, patience())).isEqualTo(request.concat(request));
  }

  @Test
  void manyThreadsCallAtOnce() {
    b.serve("same", (from, request) -> request);
    ConcurrentLinkedQueue<Bytes> wrong = new ConcurrentLinkedQueue<>();
    Scheduler.Task[] callers = new Scheduler.Task[8];
    for (int caller = 0; caller < callers.length; caller++) {
      int first = caller;
      callers[caller] =
          scheduler.start(
              "caller",
              () -> {
                Calls.Patience patience = patience();
                for (int i = 0; i < 500; i++) {
                  Bytes request = Bytes.of(first, i & 0xff, i >> 8);
                  Bytes answer = a.call(B, "same", request, MINUTE, patience);
                  if (!answer.equals(request)) {
                    wrong.add(answer);
                  }
                }
              });
    }
    for (Scheduler.Task caller : callers) {
      caller.join();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aCallToOneselfRunsInTheCallersThread() {
    Thread caller = Thread.currentThread();
    a.serve(
        "self",
        (from, request) -> {
          assertThat(Thread.currentThread()).isSameAs(caller);
          return Bytes.utf8(from + " asks");
        });
    assertThat(a.call(A, "self", Bytes.EMPTY, MINUTE, patience())).isEqualTo(Bytes.utf8("a asks"));
  }

  @Test
  void whatNobodyServesIsRefusedByBothNames() {
    assertThatThrownBy(() -> a.call(B, "nothing", Bytes.EMPTY, MINUTE, patience()))
        .isInstanceOfSatisfying(
            DistDbException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW))
        .hasMessage("node b does not serve nothing now");
  }

  @Test
  void aServiceHasOneServer() {
    a.serve("one", (from, request) -> request);
    assertThatThrownBy(() -> a.serve("one", (from, request) -> request))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> a.serve("é", (from, request) -> request))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theCallersPatienceEndsTheWait() {
    Waiter never = scheduler.newWaiter();
    b.serve(
        "never",
        (from, request) -> {
          never.await(MINUTE);
          return request;
        });
    AtomicInteger looks = new AtomicInteger();
    Waiter waiter = scheduler.newWaiter();
    Calls.Patience cancelled =
        new Calls.Patience() {
          @Override
          public Waiter waiter() {
            return waiter;
          }

          @Override
          public void checkWait() {
            if (looks.incrementAndGet() > 1) {
              throw new DistDbException(ErrorCode.QUERY_CANCELED, "enough");
            }
            waiter.signal();
          }
        };
    assertThatThrownBy(() -> a.call(B, "never", Bytes.EMPTY, MINUTE, cancelled))
        .hasMessage("enough");
    never.signal();
  }

  @Test
  void anAnswerThatIsHereCountsThoughPatienceIsOver() {
    CallLimits limits = new CallLimits(1 << 20, 4, MINUTE, MINUTE, 4, MINUTE);
    AtomicBoolean answering = new AtomicBoolean();
    AtomicBoolean over = new AtomicBoolean();
    MessageCalls asks = new MessageCalls(hands.get(A), scheduler, Clock.system(), 2, limits);
    asks.start();
    b.serve(
        "last",
        (from, request) -> {
          answering.set(true);
          return request;
        });
    Waiter waiter = scheduler.newWaiter();
    Waiter ends =
        new Waiter() {
          @Override
          public boolean await(long timeoutNanos) {
            return waiter.await(timeoutNanos);
          }

          @Override
          public boolean awaitUninterruptibly(long timeoutNanos) {
            return waiter.awaitUninterruptibly(timeoutNanos);
          }

          @Override
          public void signal() {
            over.set(answering.get());
            waiter.signal();
          }
        };
    Calls.Patience patience =
        new Calls.Patience() {
          @Override
          public Waiter waiter() {
            return ends;
          }

          @Override
          public void checkWait() {
            if (over.get()) {
              throw new DistDbException(ErrorCode.QUERY_CANCELED, "enough");
            }
          }
        };
    assertThat(asks.call(B, "last", Bytes.of(1), MINUTE, patience)).isEqualTo(Bytes.of(1));
  }

  @Test
  void closingEndsWaitingCalls() {
    Waiter reached = scheduler.newWaiter();
    Waiter never = scheduler.newWaiter();
    b.serve(
        "never",
        (from, request) -> {
          reached.signal();
          never.await(MINUTE);
          return request;
        });
    ConcurrentLinkedQueue<DistDbException> ends = new ConcurrentLinkedQueue<>();
    Scheduler.Task caller =
        scheduler.start(
            "caller",
            () -> {
              try {
                a.call(B, "never", Bytes.EMPTY, MINUTE, patience());
              } catch (DistDbException end) {
                ends.add(end);
              }
            });
    assertThat(reached.await(MINUTE)).isTrue();
    a.close();
    caller.join();
    never.signal();
    assertThat(ends)
        .singleElement()
        .satisfies(end -> assertThat(end.code()).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN));
    assertThatThrownBy(() -> a.call(B, "never", Bytes.EMPTY, MINUTE, patience()))
        .isInstanceOfSatisfying(
            DistDbException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW));
  }

  @Test
  void aLongCallDoesNotKeepTheAnswersOfThoseBehindIt() {
    Waiter reached = scheduler.newWaiter();
    Waiter never = scheduler.newWaiter();
    b.serve(
        "long",
        (from, request) -> {
          reached.signal();
          never.await(MINUTE);
          return request;
        });
    b.serve("same", (from, request) -> request);
    ConcurrentLinkedQueue<Bytes> answers = new ConcurrentLinkedQueue<>();
    Scheduler.Task caller =
        scheduler.start(
            "caller", () -> answers.add(a.call(B, "long", Bytes.of(1), MINUTE, patience())));
    assertThat(reached.await(MINUTE)).isTrue();
    for (int i = 0; i < 5 * Peer.SETTLED_EVERY; i++) {
      a.call(B, "same", Bytes.of(i & 0xff), MINUTE, patience());
    }
    assertThat(b.remembered(A)).isLessThan(2 * Peer.SETTLED_EVERY);
    never.signal();
    caller.join();
    assertThat(answers).containsExactly(Bytes.of(1));
  }

  @Test
  void whatIsToldIsHeardByTheOtherAndByOneself() {
    Waiter heard = scheduler.newWaiter();
    ConcurrentLinkedQueue<String> news = new ConcurrentLinkedQueue<>();
    Calls.Handler listener =
        (from, message) -> {
          news.add(from + " " + message.toUtf8());
          heard.signal();
          return Bytes.EMPTY;
        };
    a.serve("news", listener);
    b.serve("news", listener);
    a.tell(B, "news", Bytes.utf8("one"));
    assertThat(heard.await(MINUTE)).isTrue();
    a.tell(A, "news", Bytes.utf8("two"));
    assertThat(heard.await(MINUTE)).isTrue();
    assertThat(news).containsExactly("a one", "a two");
    Bytes tooLong = Bytes.wrap(new byte[a.tellBytesMax() + 1]);
    assertThatThrownBy(() -> a.tell(B, "news", tooLong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Calls.Patience patience() {
    return Calls.Patience.of(scheduler.newWaiter());
  }

  /** A transport that gives each message to its receiver's handler. */
  private final class Hands implements Transport {
    private final NodeId self;
    private volatile Consumer<Envelope> handler;

    Hands(NodeId self) {
      this.self = self;
    }

    @Override
    public NodeId self() {
      return self;
    }

    @Override
    public void start(Consumer<Envelope> newHandler) {
      handler = newHandler;
    }

    @Override
    public void whenLost(Consumer<NodeId> listener) {
      // No connection breaks here.
    }

    @Override
    public void send(NodeId to, Envelope.Lane lane, Bytes payload) {
      Consumer<Envelope> receiver = hands.get(to).handler;
      if (receiver != null) {
        receiver.accept(new Envelope(self, to, lane, payload));
      }
    }

    @Override
    public int payloadBytesMax() {
      return 4 << 20;
    }

    @Override
    public void close() {
      handler = null;
    }
  }
}
