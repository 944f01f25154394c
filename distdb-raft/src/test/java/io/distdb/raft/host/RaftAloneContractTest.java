// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import io.distdb.raft.core.Membership;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testkit.SimulatedCrash;
import io.distdb.testkit.consensus.DurableConsensusContract;
import java.util.List;
import java.util.function.Consumer;

/** A group of one under Raft keeps what a group of one keeps. */
class RaftAloneContractTest extends DurableConsensusContract {
  private static final NodeId SELF = new NodeId("n1");

  @Override
  protected Consensus make(Disk disk, Scheduler scheduler) {
    Journal journal =
        new SegmentedJournal(
            disk,
            scheduler,
            Clock.system(),
            JournalOptions.DEFAULT
                .withSegmentBytes(16 << 10)
                .withReserveBytes(0)
                .withIdleMarkNanos(Long.MAX_VALUE));
    return new RaftConsensus(
        SELF,
        journal,
        new Nobody(),
        new EndsWithThePower(scheduler),
        Clock.system(),
        RaftOptions.founding(Membership.of(List.of(SELF), List.of()), 1).withTickNanos(1_000_000));
  }

  /** The host's thread ends without a word when the simulated power goes. */
  private record EndsWithThePower(Scheduler real) implements Scheduler {
    @Override
    public Waiter newWaiter() {
      return real.newWaiter();
    }

    @Override
    public Task start(String name, Runnable body) {
      return real.start(
          name,
          () -> {
            try {
              body.run();
            } catch (SimulatedCrash crash) {
              // Who waits is told by the host, or is gone too.
            }
          });
    }

    @Override
    public Timer after(long delayNanos, String name, Runnable action) {
      return real.after(delayNanos, name, action);
    }
  }

  /** There is nobody to hear and nobody to tell. */
  private record Nobody() implements Transport {
    @Override
    public NodeId self() {
      return SELF;
    }

    @Override
    public void start(Consumer<Envelope> handler) {
      // Nobody calls.
    }

    @Override
    public void whenLost(Consumer<NodeId> listener) {
      // No connection breaks here.
    }

    @Override
    public void send(NodeId to, Envelope.Lane lane, Bytes payload) {
      throw new AssertionError("a group of one says something to " + to);
    }

    @Override
    public int payloadBytesMax() {
      return 1 << 20;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
