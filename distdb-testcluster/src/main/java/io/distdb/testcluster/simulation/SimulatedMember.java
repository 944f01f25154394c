// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Build;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.StartWatch;
import io.distdb.node.wiring.Surroundings;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** One machine of a simulated cluster over all the lives of its node. */
final class SimulatedMember {
  final NodeId id;
  final SimulatedNode node;
  private final Config config;
  private Build build = Build.CURRENT;
  private Life life;

  SimulatedMember(NodeId id, SimulatedNode node, Config config) {
    this.id = id;
    this.node = node;
    this.config = config;
  }

  /** From a start to an end; the rest is null until it serves. */
  private static final class Life {
    private Node parts;
    private Client client;
    private DistDbException refusal;
  }

  /** Begins a life, unless one goes on, and waits for nothing. */
  void start(SimulatedNetwork network) {
    if (life != null) {
      return;
    }
    Life begun = new Life();
    life = begun;
    node.scheduler().start("start", () -> open(begun, network));
  }

  private void open(Life begun, SimulatedNetwork network) {
    Surroundings surroundings =
        new Surroundings(
            node.clock(),
            node.scheduler(),
            Optional.of(node.disk()),
            Optional.empty(),
            "a simulation",
            Journal.Progress.SILENT,
            path -> SimulatedDatabase.place(node, Path.of(path).getFileName().toString()),
            Optional.of(network.join(node)),
            StartWatch.SILENT);
    try {
      Node parts = Node.start(config, surroundings.withBuild(build));
      begun.client = Client.of(parts, surroundings);
      begun.parts = parts;
    } catch (DistDbException refused) {
      begun.refusal = refused;
    }
  }

  /** From its next start on. */
  void install(Build another) {
    build = another;
  }

  /** What its cluster is at, as it knows; empty: it does not serve. */
  OptionalInt clusterVersion() {
    return isUp() ? life.parts.clusterVersion() : OptionalInt.empty();
  }

  /**
   * @throws DistDbException why it did not start
   */
  boolean hasStarted() {
    if (life != null && life.refusal != null) {
      DistDbException refusal = life.refusal;
      kill();
      throw refusal;
    }
    return isUp();
  }

  void kill() {
    if (life != null) {
      life = null;
      node.kill();
    }
  }

  boolean isUp() {
    return life != null && life.parts != null && node.isAlive();
  }

  boolean leads() {
    return isUp() && life.parts.leads();
  }

  /** Whether, as it sees it, as many nodes vote, and no change of that is under way. */
  boolean seesVoters(int count) {
    return isUp()
        && life.parts
            .group()
            .map(ReplicatedGroup::status)
            .filter(status -> status.outgoing().isEmpty() && status.voters().size() == count)
            .isPresent();
  }

  /** In a thread of the node, which dies with it. */
  <T> T call(Function<? super Client, T> work) {
    if (!isUp()) {
      throw new DistDbException(ErrorCode.CANNOT_CONNECT, id + " is down");
    }
    Client client = life.client;
    Answer<T> answer = new Answer<>();
    int lives = node.lives();
    node.scheduler().start("client", () -> answer.take(work, client)).join();
    return answer.get(id, node.isAlive() && node.lives() == lives);
  }

  @Override
  public String toString() {
    return id + (isUp() ? leads() ? " leads" : " is up" : " is down");
  }

  /** What became of a call. */
  private static final class Answer<T> {
    private boolean done;
    private T value;
    private RuntimeException failure;
    private AssertionError broken;

    void take(Function<? super Client, T> work, Client client) {
      try {
        value = work.apply(client);
      } catch (RuntimeException thrown) {
        failure = thrown;
      } catch (AssertionError thrown) {
        broken = thrown;
      }
      done = true;
    }

    /**
     * @param alive what a dead node's threads threw while they ended is no answer
     */
    T get(NodeId node, boolean alive) {
      boolean threw = failure != null || broken != null;
      if (!done || (threw && !alive)) {
        throw new DistDbException(
            ErrorCode.COMMIT_OUTCOME_UNKNOWN,
            node + " was killed while it ran this: what was to be changed may or may not be");
      }
      if (failure != null) {
        throw failure;
      }
      if (broken != null) {
        throw broken;
      }
      return value;
    }
  }
}
