// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Calls;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.directory.MemberIdentity;
import io.distdb.node.directory.MemberIdentity.Begins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How an empty node comes into a cluster. Only when all nodes of cluster_nodes answer that they are
 * empty, and know the same nodes, the lowest id begins the cluster; else an empty node waits until
 * a member lets it in. Until then it takes no part in consensus, so it votes for nobody and
 * acknowledges nothing.
 */
public final class Joining {
  private static final long ASK_NANOS = 500_000_000L;
  private static final long PAUSE_NANOS = 50_000_000L;

  private final MemberIdentity own;
  private final int knows;
  private final ClusterConfig config;
  private final Calls calls;
  private final ClockProbe clocks;
  private final Scheduler scheduler;
  private final Consumer<String> watch;

  /**
   * @param knows the newest {@link ClusterVersion} that it knows
   * @param watch told what this waits for, again and again; what it throws ends the wait
   */
  public Joining(
      MemberIdentity own,
      int knows,
      ClusterConfig config,
      Calls calls,
      ClockProbe clocks,
      Scheduler scheduler,
      Consumer<String> watch) {
    this.own = own;
    this.knows = knows;
    this.config = config;
    this.calls = calls;
    this.clocks = clocks;
    this.scheduler = scheduler;
    this.watch = watch;
  }

  /**
   * What came of it.
   *
   * @param identity to keep from now on
   * @param votersMin how many must vote before this node serves
   * @param votersWanted how many are waited for some seconds more
   */
  public record Joined(MemberIdentity identity, int votersMin, int votersWanted) {}

  /** How cluster_nodes reads on every node that has the same. */
  public static String nodes(ClusterConfig config) {
    return config.nodes().stream().map(Object::toString).sorted().collect(Collectors.joining(","));
  }

  /**
   * Waits until this node is a member.
   *
   * @param newCluster what a cluster is called that this node begins
   * @throws DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: it is refused; {@code
   *     CONFIGURATION_ERROR}: its nodes are of several clusters; what the watch throws
   */
  public Joined await(String newCluster) {
    while (true) {
      Map<NodeId, JoinMessage> answers = ask();
      for (JoinMessage answer : answers.values()) {
        if (answer instanceof JoinMessage.Refused refused) {
          throw new DistDbException(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, refused.why())
              .withHint(refused.hint());
        }
      }
      List<String> clusters = clusters(answers);
      for (JoinMessage answer : answers.values()) {
        if (answer instanceof JoinMessage.Welcome welcome) {
          return new Joined(own.in(welcome.cluster(), Begins.NOT), 1, 1);
        }
      }
      if (clusters.isEmpty() && mayBegin(answers)) {
        int voters = voters(answers);
        return new Joined(own.in(newCluster, Begins.WITH_ALL), voters / 2 + 1, voters);
      }
      watch.accept(obstacle(answers));
      scheduler.newWaiter().await(PAUSE_NANOS);
    }
  }

  /** All at a time, since those that are gone cost their whole time. */
  private Map<NodeId, JoinMessage> ask() {
    Map<NodeId, JoinMessage> answers = new ConcurrentHashMap<>();
    List<Scheduler.Task> asking = new ArrayList<>();
    for (NodeId other : others()) {
      asking.add(
          scheduler.startLight(
              "distdb-join " + other,
              () -> {
                Calls.Patience patience = Calls.Patience.of(scheduler.newWaiter());
                try {
                  Bytes question = question(clocks.measure(other, patience)).encode();
                  Bytes answer = calls.call(other, Door.SERVICE, question, ASK_NANOS, patience);
                  answers.put(other, JoinMessage.decode(answer));
                } catch (DistDbException silent) {
                  // Who does not answer is not among the answers.
                } catch (IllegalArgumentException newer) {
                  answers.put(other, new JoinMessage.Wait("", newer.getMessage()));
                }
              }));
    }
    asking.forEach(Scheduler.Task::join);
    return new TreeMap<>(answers);
  }

  /**
   * @param other the clock of the node that is asked
   */
  private JoinMessage question(Optional<ClockOffset> other) {
    return new JoinMessage.Ask(
        own.node(),
        own.directory(),
        nodes(config),
        isReplica(),
        knows,
        other.map(ClockOffset::ofThis));
  }

  private List<NodeId> others() {
    return config.nodes().stream()
        .map(ClusterConfig.Member::id)
        .filter(id -> !id.equals(config.nodeId()))
        .sorted()
        .toList();
  }

  private static List<String> clusters(Map<NodeId, JoinMessage> answers) {
    Map<String, NodeId> byCluster = new TreeMap<>();
    answers.forEach((node, answer) -> {
      switch (answer) {
        case JoinMessage.Welcome welcome -> byCluster.putIfAbsent(welcome.cluster(), node);
        case JoinMessage.Wait wait -> byCluster.putIfAbsent(wait.cluster(), node);
        case JoinMessage.Refused refused -> byCluster.putIfAbsent(refused.cluster(), node);
        case JoinMessage.Empty empty -> {}
        case JoinMessage.Ask ask -> {}
      }
    });
    if (byCluster.size() > 1) {
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "cluster_nodes has nodes of several clusters: "
                  + byCluster.entrySet().stream()
                      .map(each -> "node " + each.getValue() + " is of cluster " + each.getKey())
                      .collect(Collectors.joining(", ")))
          .withHint("Name the nodes of one cluster.");
    }
    return List.copyOf(byCluster.keySet());
  }

  private boolean mayBegin(Map<NodeId, JoinMessage> answers) {
    for (NodeId other : others()) {
      if (!(answers.get(other) instanceof JoinMessage.Empty empty)
          || !empty.nodes().equals(nodes(config))
          || !empty.replica() && other.compareTo(config.nodeId()) < 0) {
        return false;
      }
    }
    return !isReplica();
  }

  private boolean isReplica() {
    return config.role() == ClusterConfig.Role.READ_REPLICA;
  }

  /** Those that will vote, this one among them. */
  private static int voters(Map<NodeId, JoinMessage> answers) {
    int voters = 1;
    for (JoinMessage answer : answers.values()) {
      voters += answer instanceof JoinMessage.Empty empty && !empty.replica() ? 1 : 0;
    }
    return voters;
  }

  /** What a person can do something about comes first. */
  private String obstacle(Map<NodeId, JoinMessage> answers) {
    TreeSet<NodeId> silent = new TreeSet<>(others());
    silent.removeAll(answers.keySet());
    for (Map.Entry<NodeId, JoinMessage> each : answers.entrySet()) {
      if (each.getValue() instanceof JoinMessage.Wait wait) {
        return "cluster %s to let it in; node %s says: %s"
            .formatted(wait.cluster(), each.getKey(), wait.why());
      }
    }
    for (Map.Entry<NodeId, JoinMessage> each : answers.entrySet()) {
      if (each.getValue() instanceof JoinMessage.Empty empty
          && !empty.nodes().equals(nodes(config))) {
        return "the same cluster_nodes on all nodes; node %s has %s, here are %s"
            .formatted(each.getKey(), empty.nodes(), nodes(config));
      }
    }
    return silent.isEmpty()
        ? "node " + answers.keySet().iterator().next() + " to begin the cluster"
        : "all of cluster_nodes to begin a cluster, or a member to let it in; silent: "
            + silent.stream().map(NodeId::value).collect(Collectors.joining(", "))
            + " (members answer whom ./distdb cluster add has named)";
  }
}
