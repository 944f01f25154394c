// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.disk.Disk;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.consensus.ConsensusContract;
import java.util.Optional;

class SoloWithoutJournalContractTest extends ConsensusContract {
  @Override
  protected Consensus make(Disk disk, Scheduler scheduler) {
    return new SoloConsensus(new NodeId("n1"), Optional.empty(), scheduler);
  }
}
