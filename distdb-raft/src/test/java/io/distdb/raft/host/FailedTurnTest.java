// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.ReadConfirmation;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Waiter;
import io.distdb.raft.core.Membership;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.transport.NetworkFaults;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A turn in which the disk refuses: nobody who asked for something is left waiting. */
class FailedTurnTest {
  private static final NodeId SELF = new NodeId("a");

  @Test
  void whatWasAskedForBehindAFailureHasAnAnswer() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      List<String> done = new ArrayList<>();
      world.run(() -> {
        SimulatedNode node = world.node(SELF.value());
        RaftConsensus consensus = open(world, node);
        Waiter begun = node.scheduler().newWaiter();
        Waiter goesOn = node.scheduler().newWaiter();
        consensus.execute(() -> {
          begun.signal();
          goesOn.awaitUninterruptibly(Waiter.FOREVER);
        });
        begun.awaitUninterruptibly(Waiter.FOREVER);
        // These are done together, in the next turn.
        consensus.execute(() -> {
          throw new DistDbException(ErrorCode.IO_ERROR, "the disk refuses");
        });
        consensus.execute(() -> done.add("behind"));
        goesOn.signal();
        consensus.close();
      });
      assertThat(done).containsExactly("behind");
    }
  }

  @Test
  void whoAskedForAReadIsRefusedEvenByAMachineWithADefect() {
    try (SimulatedWorld world = new SimulatedWorld(2)) {
      List<ErrorCode> told = new ArrayList<>();
      world.run(() -> {
        SimulatedNode node = world.node(SELF.value());
        RaftConsensus consensus = open(world, node, new Stubborn());
        ReplicatedGroup group = consensus.replicated(ShardId.SYSTEM);
        Waiter looks = node.scheduler().newWaiter();
        while (group.leadingTerm() < 0) {
          looks.awaitUninterruptibly(1_000_000);
        }
        // These are done together, in one turn.
        consensus.execute(() -> {
          group.confirmRead(group.leadingTerm(), noting(told));
          consensus.execute(() -> group.confirmRead(group.leadingTerm(), noting(told)));
          looks.signal();
          throw new DistDbException(ErrorCode.IO_ERROR, "the disk refuses");
        });
        looks.awaitUninterruptibly(Waiter.FOREVER);
        consensus.close();
        group.confirmRead(1, noting(told));
      });
      assertThat(told)
          .containsExactlyInAnyOrder(
              ErrorCode.CANNOT_CONNECT_NOW, ErrorCode.IO_ERROR, ErrorCode.IO_ERROR);
    }
  }

  private static ReadConfirmation noting(List<ErrorCode> told) {
    return new ReadConfirmation() {
      @Override
      public void confirmed() {
        told.add(null);
      }

      @Override
      public void refused(DistDbException why) {
        told.add(why.code());
      }
    };
  }

  /** Does not take it that it no longer leads. */
  private static final class Stubborn extends RegistersMachine {
    Stubborn() {
      super(new Saved());
    }

    @Override
    public void following(long term) {
      throw new IllegalStateException("it leads for ever");
    }
  }

  private static RaftConsensus open(SimulatedWorld world, SimulatedNode node) {
    return open(world, node, new RegistersMachine(new RegistersMachine.Saved()));
  }

  private static RaftConsensus open(
      SimulatedWorld world, SimulatedNode node, StateMachine machine) {
    Journal journal =
        new SegmentedJournal(
            node.disk(),
            node.scheduler(),
            node.clock(),
            JournalOptions.DEFAULT
                .withSegmentBytes(4 << 10)
                .withReserveBytes(0)
                .withIdleMarkNanos(Long.MAX_VALUE));
    RaftConsensus consensus =
        new RaftConsensus(
            SELF,
            journal,
            new SimulatedNetwork(world, NetworkFaults.NONE).join(node),
            node.scheduler(),
            node.clock(),
            RaftOptions.founding(Membership.of(List.of(SELF), List.of()), 1));
    consensus.open(ShardId.SYSTEM, machine);
    consensus.start(Journal.Progress.SILENT);
    return consensus;
  }
}
