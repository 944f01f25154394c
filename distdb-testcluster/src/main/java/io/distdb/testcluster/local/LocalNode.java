// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.journal.Journal;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.pgwire.PgServer;
import io.distdb.node.pgwire.ServerOptions;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.DiskCall;
import io.distdb.testkit.disk.DiskListener;
import io.distdb.testkit.disk.SimulatedDisk;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One node over all its lives. What stays from one to the next: its disk, its clock, and the port
 * that PostgreSQL's clients know. Methods that begin and end lives are for one thread at a time.
 */
final class LocalNode {
  final NodeId id;
  private final Config config;
  private final LocalNetwork network;
  private final boolean servesPostgres;
  private final AtomicLong skewMicros = new AtomicLong();
  private final AtomicInteger pauses = new AtomicInteger();
  private SimulatedDisk disk;
  private int port;
  private volatile Life life;

  LocalNode(NodeId id, Config config, LocalNetwork network, boolean servesPostgres, long seed) {
    this.id = id;
    this.config = config;
    this.network = network;
    this.servesPostgres = servesPostgres;
    disk = new SimulatedDisk(seed);
  }

  /** From a start to an end. */
  private static final class Life {
    private final Gate gate;
    private final GatedScheduler scheduler;
    private final LocalTransport transport;
    private final CompletableFuture<Client> served = new CompletableFuture<>();
    private volatile String waitsFor = "its own start";
    private volatile Node node;
    private volatile PgServer server;

    Life(Gate gate, GatedScheduler scheduler, LocalTransport transport) {
      this.gate = gate;
      this.scheduler = scheduler;
      this.transport = transport;
    }
  }

  /**
   * Begins a life, and waits for nothing.
   *
   * @return completed when it serves, with a client of this life
   */
  CompletableFuture<Client> start() {
    Gate gate = new Gate(id.value());
    GatedScheduler scheduler = new GatedScheduler(gate);
    Life begun = new Life(gate, scheduler, network.join(id, scheduler));
    disk.listen(
        new DiskListener() {
          @Override
          public void before(DiskCall call) {
            gate.pass();
          }
        });
    life = begun;
    Surroundings surroundings = surroundings(begun);
    scheduler.start("distdb-start-" + id, () -> open(begun, surroundings));
    return begun.served;
  }

  private Surroundings surroundings(Life begun) {
    return new Surroundings(
        new NodeClock(begun.gate, skewMicros),
        begun.scheduler,
        Optional.of(disk),
        Optional.empty(),
        "a cluster in one JVM",
        Journal.Progress.SILENT,
        Surroundings::place,
        Optional.of(begun.transport),
        what -> begun.waitsFor = what);
  }

  private void open(Life begun, Surroundings surroundings) {
    try {
      Node node = Node.start(config, surroundings);
      begun.node = node;
      if (servesPostgres) {
        node.databases().configure(Map.of("cluster_name", id.value()));
        begun.server =
            PgServer.start(
                node.databases(),
                surroundings.scheduler(),
                surroundings.clock(),
                ServerOptions.at(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), true));
        port = begun.server.address().getPort();
      }
      begun.served.complete(Client.of(node, surroundings));
    } catch (RuntimeException | Error refusal) {
      begun.served.completeExceptionally(refusal);
      if (begun.gate.isGone()) {
        throw refusal;
      }
    }
  }

  /** As {@code kill -9} ends a process: nothing is said, nothing written, nobody waited for. */
  void kill() {
    Life ended = life;
    if (ended == null) {
      return;
    }
    life = null;
    ended.transport.cut();
    ended.gate.vanish();
    if (ended.server != null) {
      ended.server.cut();
    }
    disk = disk.afterPowerLoss(CrashMode.KEPT);
  }

  /** Lets what runs end, and closes. */
  void stop() {
    Life ended = life;
    if (ended == null) {
      return;
    }
    ended.gate.open();
    if (ended.server != null) {
      ended.server.close();
    }
    if (ended.node != null) {
      ended.node.close();
    }
    kill();
  }

  /**
   * Stops all its threads.
   *
   * @return ends this pause, and no later one
   */
  Runnable pause() {
    int begun = pauses.incrementAndGet();
    Life paused = life;
    if (paused == null) {
      return () -> {};
    }
    paused.gate.shut();
    return () -> {
      if (pauses.get() == begun) {
        paused.gate.open();
      }
    };
  }

  void resume() {
    Life now = life;
    if (now != null) {
      now.gate.open();
    }
  }

  void skewMicros(long micros) {
    skewMicros.set(micros);
  }

  /** A life has begun and not ended; it may not serve yet. */
  boolean lives() {
    return life != null;
  }

  boolean isPaused() {
    Life now = life;
    return now != null && !now.gate.isOpen() && !now.gate.isGone();
  }

  /** Of the present life, or null: it does not serve. */
  Client client() {
    Life now = life;
    return now == null || now.served.isCompletedExceptionally() ? null : now.served.getNow(null);
  }

  /** Whether it says of itself that it leads. */
  boolean leads() {
    Life now = life;
    Node node = now == null ? null : now.node;
    return node != null && !isPaused() && node.leads();
  }

  /** Whether, as it sees it, as many nodes vote, and no change of that is under way. */
  boolean seesVoters(int count) {
    Life now = life;
    Node node = now == null ? null : now.node;
    return node != null
        && node.group()
            .map(ReplicatedGroup::status)
            .filter(status -> status.outgoing().isEmpty() && status.voters().size() == count)
            .isPresent();
  }

  /** What its start waits for. */
  String waitsFor() {
    Life now = life;
    return now == null ? "nothing: it is down" : now.waitsFor;
  }

  /** Of PostgreSQL's clients; 0 until it has served. */
  int port() {
    return port;
  }
}
