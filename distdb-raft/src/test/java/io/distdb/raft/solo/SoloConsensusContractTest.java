// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testkit.consensus.DurableConsensusContract;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SoloConsensusContractTest extends DurableConsensusContract {
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
    return new SoloConsensus(new NodeId("n1"), Optional.of(journal), scheduler);
  }

  @Test
  void aNodeThatIsAloneHasNoMembersToChange() {
    Consensus consensus = make(new SimulatedDisk(1), Scheduler.threads());
    assertThat(
            catchThrowableOfType(DistDbException.class, () -> consensus.replicated(ShardId.SYSTEM)))
        .extracting(DistDbException::code)
        .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
  }
}
