// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.StorageEngine;
import io.distdb.node.config.Config;
import io.distdb.node.config.StorageProviders;
import io.distdb.node.directory.DataDirectory;
import io.distdb.node.directory.DirectoryLayout;
import io.distdb.node.directory.MemberIdentity;
import io.distdb.raft.core.Membership;
import io.distdb.raft.host.LostQuorum;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the directory of a member, most of whose fellow voters are lost for good, the first node of
 * a new cluster. What was acknowledged and had not come here is lost; what had come here and was
 * never acknowledged counts from now on. The old cluster's nodes are strangers to the new one.
 *
 * <p>First it is written down that this was done, then whose directory it is now, then the entry
 * that makes this node the only voter. Interrupted in between, the directory is that of a member of
 * a cluster in which nobody else answers: it leads nothing, and this can be done again.
 */
public final class ClusterRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterRecovery.class);

  private final Config config;
  private final Surroundings surroundings;

  /**
   * @param config names the directory, its engine and its journal; of the cluster nothing is read
   */
  public ClusterRecovery(Config config, Surroundings surroundings) {
    this.config = config;
    this.surroundings = surroundings;
  }

  /**
   * What there is, and what becomes of it.
   *
   * @param after the new cluster; empty: nothing was changed
   * @param last the end of the node's log
   */
  public record Report(
      String node,
      String before,
      Optional<String> after,
      LogPosition last,
      List<NodeId> voters,
      List<NodeId> learners) {}

  /** Only looks. */
  public Report survey() {
    return run("", false);
  }

  /**
   * Does it.
   *
   * @param by who asks for it, to be written down
   * @throws DistDbException {@code DATABASE_IN_USE}; {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: it
   *     is no member's directory, or the node is the only voter; {@code DATA_CORRUPTED}. Nothing
   *     was changed
   */
  public Report recover(String by) {
    return run(by, true);
  }

  private Report run(String by, boolean changes) {
    DirectoryLayout layout =
        new DirectoryLayout(
            config.storage(),
            surroundings.journal(),
            Long.toHexString(surroundings.clock().wallMicros()));
    try (DataDirectory directory =
        DataDirectory.open(surroundings.disk().orElseThrow(), layout, surroundings.holder())) {
      MemberIdentity member =
          directory
              .member()
              .filter(identity -> identity.cluster().isPresent())
              .orElseThrow(() ->
                  refused(
                      "the data directory " + directory.location() + " is no member's of a cluster",
                      "It opens as it is."));
      LogPosition applied = applied(directory);
      try (Journal journal = journal(directory)) {
        LostQuorum group = LostQuorum.survey(journal, ShardId.SYSTEM, applied);
        NodeId self = new NodeId(member.node());
        Membership members = group.membership();
        if (members.voters().equals(List.of(self)) && members.outgoing().isEmpty()) {
          throw refused(
              "node " + self + " is the only voter of its cluster: no quorum is lost",
              "Start it with node_id and cluster_nodes.");
        }
        Optional<String> after =
            changes ? Optional.of(goOn(directory, member, group, journal, by)) : Optional.empty();
        return new Report(
            member.node(),
            member.cluster().orElseThrow(),
            after,
            group.last(),
            members.voters(),
            members.learners());
      }
    }
  }

  private String goOn(
      DataDirectory directory,
      MemberIdentity member,
      LostQuorum group,
      Journal journal,
      String by) {
    long now = Math.max(1, surroundings.clock().wallMicros());
    String cluster = MemberModule.newCluster(member.node(), now);
    String how =
        "%s node %s of cluster %s goes on as cluster %s, from index %d, term %d; voters were %s; by %s"
            .formatted(
                Timestamp.toInstant(now),
                member.node(),
                member.cluster().orElseThrow(),
                cluster,
                group.last().index(),
                group.last().term(),
                group.membership().voters().stream()
                    .map(NodeId::value)
                    .collect(Collectors.joining(", ")),
                by);
    directory.recovered(how);
    directory.member(member.in(cluster, MemberIdentity.Begins.ALONE));
    group.goOnAlone(journal, ShardId.SYSTEM, new NodeId(member.node()));
    LOG.warn("{}", how);
    return cluster;
  }

  private LogPosition applied(DataDirectory directory) {
    StorageResources resources =
        new StorageResources(
            Optional.of(directory.engine()),
            config.memoryBudgetBytes(),
            surroundings.scheduler(),
            surroundings.clock(),
            surroundings.progress());
    try (StorageEngine engine =
        StorageProviders.installed().named(config.storage()).open(resources)) {
      return engine.store(ShardId.SYSTEM).applied();
    }
  }

  private Journal journal(DataDirectory directory) {
    return new SegmentedJournal(
        directory.journal(),
        surroundings.scheduler(),
        surroundings.clock(),
        JournalOptions.DEFAULT.withSegmentBytes(config.journalSegmentBytes()));
  }

  private static DistDbException refused(String what, String hint) {
    return new DistDbException(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, what).withHint(hint);
  }
}
