// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
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

  private static RaftConsensus open(SimulatedWorld world, SimulatedNode node) {
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
    consensus.open(ShardId.SYSTEM, new RegistersMachine(new RegistersMachine.Saved()));
    consensus.start(Journal.Progress.SILENT);
    return consensus;
  }
}
