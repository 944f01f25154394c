// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.ReadConfirmation;
import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.bench.cluster.door.Door;
import io.distdb.bench.cluster.door.NodeArguments;
import io.distdb.bench.cluster.door.Register;
import io.distdb.bench.cluster.door.Table;
import io.distdb.node.grpc.GrpcTransport;
import io.distdb.node.grpc.TransportIdentity;
import io.distdb.node.grpc.TransportLimits;
import io.distdb.node.grpc.TransportOptions;
import io.distdb.node.grpc.VersionRange;
import io.distdb.raft.core.Membership;
import io.distdb.raft.host.RaftConsensus;
import io.distdb.raft.host.RaftOptions;
import io.distdb.storage.memory.disk.FileDisk;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process of DistDB's side: consensus, journal and transport as shipped, behind the door. */
final class DistDbNode implements Register {
  /** Of clocks, which leases assume. */
  private static final int DRIFT_PER_MILLE = 10;

  private final ConsensusGroup group;
  private final RegisterMachine machine;
  private final Scheduler scheduler;

  private DistDbNode(ConsensusGroup group, RegisterMachine machine, Scheduler scheduler) {
    this.group = group;
    this.machine = machine;
    this.scheduler = scheduler;
  }

  public static void main(String[] words) throws IOException {
    NodeArguments arguments = NodeArguments.read(words);
    Door.serve(arguments.doorPort(), open(arguments));
  }

  private static DistDbNode open(NodeArguments arguments) throws IOException {
    Files.createDirectories(arguments.directory().resolve("journal"));
    Scheduler scheduler = Scheduler.threads();
    Clock clock = Clock.system();
    Journal journal =
        new SegmentedJournal(
            new FileDisk(arguments.directory().resolve("journal"), clock),
            scheduler,
            clock,
            JournalOptions.DEFAULT);
    List<NodeId> founders = arguments.peers().keySet().stream().map(NodeId::new).toList();
    NodeId self = new NodeId(arguments.self());
    RaftOptions options =
        RaftOptions.founding(
            Membership.of(founders, List.of()), System.nanoTime() ^ self.hashCode());
    RaftConsensus consensus =
        new RaftConsensus(
            self,
            journal,
            transport(arguments, scheduler),
            scheduler,
            clock,
            arguments.leases() ? options.withLeases(DRIFT_PER_MILLE) : options);
    RegisterMachine machine = new RegisterMachine(arguments.directory().resolve("table"));
    ConsensusGroup group = consensus.open(ShardId.SYSTEM, machine);
    machine.belongsTo(group);
    consensus.start(Journal.Progress.SILENT);
    return new DistDbNode(group, machine, scheduler);
  }

  static GrpcTransport transport(NodeArguments arguments, Scheduler scheduler) {
    Map<String, Integer> peers = arguments.peers();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new GrpcTransport(
        new TransportOptions(
            new TransportIdentity(
                "bench",
                new NodeId(arguments.self()),
                System.currentTimeMillis(),
                VersionRange.CURRENT),
            new InetSocketAddress(loopback, arguments.port()),
            Optional.empty(),
            TransportLimits.USUAL,
            System.nanoTime()),
        node ->
            Optional.ofNullable(peers.get(node.value()))
                .map(port -> new InetSocketAddress(loopback, port)),
        scheduler);
  }

  /** The port waits in its caller's thread, as a session does: a light thread for each request. */
  @Override
  public void put(Table.Put put, boolean alone, Answer answer) {
    Runnable body = () -> put(put, answer);
    if (alone) {
      body.run();
    } else {
      scheduler.startLight("put", body);
    }
  }

  private void put(Table.Put put, Answer answer) {
    try {
      group.propose(group.leadingTerm(), new RegisterMachine.PutCommand(put));
    } catch (DistDbException refusal) {
      answer.failed(refusal.getMessage());
      return;
    }
    answer.done(null);
  }

  @Override
  public void get(long key, boolean alone, Answer answer) {
    group.confirmRead(group.leadingTerm(), new Get(machine, key, answer));
  }

  private record Get(RegisterMachine machine, long key, Answer answer) implements ReadConfirmation {
    @Override
    public void confirmed() {
      answer.done(machine.value(key));
    }

    @Override
    public void refused(DistDbException why) {
      answer.failed(why.getMessage());
    }
  }

  @Override
  public String leader() {
    return group.leader().map(NodeId::value).orElse("");
  }
}
