// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.transport.Transport;
import io.distdb.raft.host.RaftOptions;

/** A bug, planted around the ports of a node; what it leaves alone is as shipped. */
interface Planted {
  Planted NOTHING = new Planted() {};

  /** What consensus writes to, and is told of by. */
  default Journal journal(Journal journal) {
    return journal;
  }

  /** How consensus is set up. */
  default RaftOptions options(RaftOptions options) {
    return options;
  }

  default Transport transport(Transport transport) {
    return transport;
  }

  /** What transactions propose to. */
  default ConsensusGroup group(ConsensusGroup group) {
    return group;
  }

  /** What the log is applied to. */
  default StateMachine machine(StateMachine machine) {
    return machine;
  }

  /** The clock of transactions. */
  default Clock clock(Clock clock) {
    return clock;
  }
}
