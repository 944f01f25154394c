// SPDX-License-Identifier: MIT
package io.distdb.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Transport} keeps. Extend it in the adapter's tests. Messages may be lost, so
 * the tests send again until one comes.
 */
public abstract class TransportContract {
  private static final long RESEND_NANOS = 20_000_000;
  private static final int ATTEMPTS = 3_000;

  /** Runs {@code body} in a thread that may wait, with two nodes that can reach each other. */
  protected abstract void run(Body body);

  /** Something to do with two transports that were not started. */
  @FunctionalInterface
  public interface Body {
    void run(Transport one, Transport other, Scheduler scheduler);
  }

  @Test
  void aMessageComesWholeWithItsLabels() {
    run((one, other, scheduler) -> {
      Inbox inbox = new Inbox(scheduler);
      other.start(inbox::put);
      one.start(envelope -> {});
      for (Envelope.Lane lane : Envelope.Lane.values()) {
        Bytes payload = Bytes.utf8("hello " + lane.name());
        Envelope expected = new Envelope(one.self(), other.self(), lane, payload);
        inbox.awaitMatch(() -> one.send(other.self(), lane, payload), expected::equals);
      }
    });
  }

  @Test
  void bothDirectionsWork() {
    run((one, other, scheduler) -> {
      Inbox ones = new Inbox(scheduler);
      Inbox others = new Inbox(scheduler);
      one.start(ones::put);
      other.start(others::put);
      others.awaitMatch(
          () -> one.send(other.self(), Envelope.Lane.REQUEST, Bytes.of(1)),
          envelope -> envelope.from().equals(one.self()));
      ones.awaitMatch(
          () -> other.send(one.self(), Envelope.Lane.REQUEST, Bytes.of(2)),
          envelope -> envelope.from().equals(other.self()));
    });
  }

  @Test
  void theLargestAndTheEmptyPayloadGoAndALargerIsRefused() {
    run((one, other, scheduler) -> {
      Inbox inbox = new Inbox(scheduler);
      one.start(envelope -> {});
      other.start(inbox::put);
      byte[] content = new byte[one.payloadBytesMax()];
      for (int i = 0; i < content.length; i++) {
        content[i] = (byte) (i * 31);
      }
      Bytes largest = Bytes.wrap(content);
      for (Bytes payload : List.of(Bytes.EMPTY, largest)) {
        inbox.awaitMatch(
            () -> one.send(other.self(), Envelope.Lane.SNAPSHOT, payload),
            envelope -> envelope.payload().equals(payload));
      }
      assertThatThrownBy(() ->
              one.send(
                  other.self(), Envelope.Lane.SNAPSHOT, Bytes.wrap(new byte[content.length + 1])))
          .isInstanceOf(IllegalArgumentException.class);
    });
  }

  @Test
  void sendingToNobodyIsNoError() {
    run((one, other, scheduler) -> {
      Inbox inbox = new Inbox(scheduler);
      one.start(envelope -> {});
      other.start(inbox::put);
      one.send(new NodeId("nobody"), Envelope.Lane.REQUEST, Bytes.of(1));
      inbox.awaitMatch(
          () -> one.send(other.self(), Envelope.Lane.REQUEST, Bytes.of(2)),
          envelope -> envelope.payload().equals(Bytes.of(2)));
    });
  }

  @Test
  void startingTwiceIsRefused() {
    run((one, other, scheduler) -> {
      one.start(envelope -> {});
      assertThatThrownBy(() -> one.start(envelope -> {})).isInstanceOf(IllegalStateException.class);
    });
  }

  @Test
  void nothingIsHandedOutAfterClose() {
    run((one, other, scheduler) -> {
      Inbox inbox = new Inbox(scheduler);
      one.start(envelope -> {});
      other.start(inbox::put);
      inbox.awaitMatch(
          () -> one.send(other.self(), Envelope.Lane.REQUEST, Bytes.of(1)), envelope -> true);
      other.close();
      other.close();
      int before = inbox.size();
      one.send(other.self(), Envelope.Lane.REQUEST, Bytes.of(2));
      scheduler.newWaiter().await(RESEND_NANOS * 3);
      assertThat(inbox.size()).isEqualTo(before);
      other.send(one.self(), Envelope.Lane.REQUEST, Bytes.of(3));
    });
  }

  /** What came, and a place to wait for more. */
  private static final class Inbox {
    private final List<Envelope> received = Collections.synchronizedList(new ArrayList<>());
    private final Waiter waiter;

    Inbox(Scheduler scheduler) {
      waiter = scheduler.newWaiter();
    }

    void put(Envelope envelope) {
      received.add(envelope);
      waiter.signal();
    }

    int size() {
      return received.size();
    }

    void awaitMatch(Runnable send, Predicate<Envelope> match) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        send.run();
        waiter.await(RESEND_NANOS);
        if (List.copyOf(received).stream().anyMatch(match)) {
          return;
        }
      }
      throw new AssertionError("no such message came in " + ATTEMPTS + " attempts");
    }
  }
}
