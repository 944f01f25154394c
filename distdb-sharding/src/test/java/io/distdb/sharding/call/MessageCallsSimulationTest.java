// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Calls;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.simulation.SeedRunner;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.transport.NetworkFaults;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls over a network that loses, doubles, delays and reorders, between nodes that die. */
final class MessageCallsSimulationTest {
  private static final NodeId A = new NodeId("a");
  private static final NodeId B = new NodeId("b");
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  /** Pieces so short that most requests and answers have several. */
  private static final CallLimits LIMITS =
      new CallLimits(100, 3, 50 * MILLI, 400 * MILLI, 12, 60 * SECOND);

  @Test
  void whatIsAskedIsDoneOnce() {
    SeedRunner.of(getClass(), "whatIsAskedIsDoneOnce").run(60, this::askMany);
  }

  private long askMany(long seed) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      SeededRandom random = world.random("calls");
      SimulatedNetwork network = new SimulatedNetwork(world, NetworkFaults.of(random));
      Map<Integer, Integer> done = new HashMap<>();
      world.run(() -> {
        Calls a = calls(world.node("a"), network);
        Calls b = calls(world.node("b"), network);
        b.serve(
            "echo",
            (from, request) -> {
              assertThat(from).isEqualTo(A);
              done.merge(request.at(0), 1, Integer::sum);
              world.sleep(random.between(0, 300 * MILLI));
              if (request.at(0) % 5 == 0) {
                throw new DistDbException(ErrorCode.DATA_EXCEPTION, "five").withHint("Take four.");
              }
              return request.concat(request);
            });
        a.serve("back", (from, request) -> Bytes.EMPTY);
        List<Scheduler.Task> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
          int first = caller * 10;
          callers.add(
              world
                  .node("a")
                  .scheduler()
                  .start(
                      "caller",
                      () -> {
                        for (int number = first; number < first + 10; number++) {
                          ask(
                              a,
                              world.node("a").scheduler(),
                              number,
                              (int) random.between(1, 1_500));
                        }
                      }));
        }
        Scheduler other = world.node("b").scheduler();
        assertThat(b.call(A, "back", Bytes.of(1), 60 * SECOND, patience(other)))
            .isEqualTo(Bytes.EMPTY);
        callers.forEach(Scheduler.Task::join);
      });
      assertThat(done).hasSize(40).allSatisfy((number, times) -> assertThat(times).isEqualTo(1));
      return world.traceHash();
    }
  }

  @Test
  void whatIsSettledBehindALongCallIsDoneOnce() {
    SeedRunner.of(getClass(), "whatIsSettledBehindALongCallIsDoneOnce").run(5, this::askBehind);
  }

  private long askBehind(long seed) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      SimulatedNetwork network = new SimulatedNetwork(world, NetworkFaults.of(world.random("net")));
      Map<Bytes, Integer> done = new HashMap<>();
      world.run(() -> {
        MessageCalls a = calls(world.node("a"), network);
        MessageCalls b = calls(world.node("b"), network);
        Scheduler scheduler = world.node("a").scheduler();
        b.serve(
            "count",
            (from, request) -> {
              done.merge(request, 1, Integer::sum);
              if (request.length() == 1) {
                world.sleep(3_000 * SECOND);
              }
              return request;
            });
        Bytes first = Bytes.of(7);
        Scheduler.Task caller =
            scheduler.start(
                "long",
                () ->
                    assertThat(a.call(B, "count", first, 9_000 * SECOND, patience(scheduler)))
                        .isEqualTo(first));
        for (int i = 0; i < 3 * Peer.SETTLED_EVERY; i++) {
          Bytes request = Bytes.of(1, i & 0xff, i >> 8);
          assertThat(a.call(B, "count", request, 60 * SECOND, patience(scheduler)))
              .isEqualTo(request);
        }
        caller.join();
      });
      assertThat(done)
          .hasSize(3 * Peer.SETTLED_EVERY + 1)
          .allSatisfy((request, times) -> assertThat(times).isEqualTo(1));
      return world.traceHash();
    }
  }

  private static void ask(Calls calls, Scheduler scheduler, int number, int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (number + i);
    }
    Bytes request = Bytes.wrap(content);
    if (number % 5 == 0) {
      assertThatThrownBy(() -> calls.call(B, "echo", request, 60 * SECOND, patience(scheduler)))
          .isInstanceOfSatisfying(
              DistDbException.class,
              error -> {
                assertThat(error.code()).isEqualTo(ErrorCode.DATA_EXCEPTION);
                assertThat(error).hasMessage("five");
                assertThat(error.hint()).contains("Take four.");
              });
    } else {
      assertThat(calls.call(B, "echo", request, 60 * SECOND, patience(scheduler)))
          .isEqualTo(request.concat(request));
    }
  }

  @Test
  void aNodeThatComesBackDoesNotDoItAgain() {
    SeedRunner.of(getClass(), "aNodeThatComesBackDoesNotDoItAgain").run(60, this::askTheDying);
  }

  /** Counts what was done in all lives of the one that is asked. */
  private long askTheDying(long seed) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      SeededRandom random = world.random("calls");
      SimulatedNetwork network = new SimulatedNetwork(world, NetworkFaults.of(random));
      Map<Integer, Integer> done = new HashMap<>();
      List<Integer> certain = new ArrayList<>();
      List<Integer> certainlyNot = new ArrayList<>();
      world.run(() -> {
        Calls a = calls(world.node("a"), network);
        count(world, network, done);
        Scheduler.Task caller =
            world
                .node("a")
                .scheduler()
                .start(
                    "caller",
                    () -> {
                      for (int number = 0; number < 30; number++) {
                        try {
                          a.call(
                              B,
                              "count",
                              number(number),
                              SECOND,
                              patience(world.node("a").scheduler()));
                          certain.add(number);
                        } catch (DistDbException unclear) {
                          if (unclear.code() == ErrorCode.CANNOT_CONNECT_NOW) {
                            certainlyNot.add(number);
                          } else {
                            assertThat(unclear.code()).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN);
                          }
                        }
                      }
                    });
        for (int death = 0; death < 5; death++) {
          world.sleep(random.between(0, 600 * MILLI));
          world.node("b").kill();
          count(world, network, done);
        }
        caller.join();
      });
      assertThat(done).allSatisfy((number, times) -> assertThat(times).isEqualTo(1));
      assertThat(done).containsKeys(certain.toArray(Integer[]::new));
      assertThat(done).doesNotContainKeys(certainlyNot.toArray(Integer[]::new));
      assertThat(certain).isNotEmpty();
      return world.traceHash();
    }
  }

  private static void count(
      SimulatedWorld world, SimulatedNetwork network, Map<Integer, Integer> done) {
    SimulatedNode node = world.node("b");
    Scheduler scheduler = node.scheduler();
    scheduler
        .start(
            "start",
            () ->
                calls(node, network)
                    .serve(
                        "count",
                        (from, request) -> {
                          done.merge(request.at(0), 1, Integer::sum);
                          scheduler.newWaiter().await(20 * MILLI);
                          return Bytes.EMPTY;
                        }))
        .join();
  }

  /** Longer than a piece. */
  private static Bytes number(int number) {
    byte[] content = new byte[250];
    content[0] = (byte) number;
    return Bytes.wrap(content);
  }

  @Test
  void aSilentPeerIsGivenUpAndSaidWhetherItWasAsked() {
    try (SimulatedWorld world = new SimulatedWorld(3)) {
      SimulatedNetwork network = new SimulatedNetwork(world, NetworkFaults.NONE);
      world.run(() -> {
        Calls a = calls(world.node("a"), network);
        Scheduler scheduler = world.node("a").scheduler();
        assertRefused(a, scheduler, 60 * SECOND, ErrorCode.CANNOT_CONNECT_NOW);
        assertThat(world.nowNanos()).isLessThan(10 * SECOND);
        Calls b = calls(world.node("b"), network);
        b.serve("echo", (from, request) -> request);
        assertThat(a.call(B, "echo", Bytes.of(1), SECOND, patience(scheduler)))
            .isEqualTo(Bytes.of(1));
        network.block(B, A);
        long began = world.nowNanos();
        assertRefused(a, scheduler, 60 * SECOND, ErrorCode.COMMIT_OUTCOME_UNKNOWN);
        assertThat(world.nowNanos() - began).isBetween(SECOND, 10 * SECOND);
        long again = world.nowNanos();
        assertRefused(a, scheduler, 30 * MILLI, ErrorCode.COMMIT_OUTCOME_UNKNOWN);
        assertThat(world.nowNanos() - again).isLessThan(100 * MILLI);
      });
    }
  }

  private static void assertRefused(
      Calls calls, Scheduler scheduler, long timeoutNanos, ErrorCode code) {
    assertThatThrownBy(() -> calls.call(B, "echo", Bytes.of(1), timeoutNanos, patience(scheduler)))
        .isInstanceOfSatisfying(
            DistDbException.class, error -> assertThat(error.code()).isEqualTo(code));
  }

  @Test
  void aPeerAtWorkIsWaitedForThoughItSaysNothingElse() {
    try (SimulatedWorld world = new SimulatedWorld(4)) {
      SimulatedNetwork network = new SimulatedNetwork(world, NetworkFaults.NONE);
      world.run(() -> {
        Calls a = calls(world.node("a"), network);
        Calls b = calls(world.node("b"), network);
        b.serve(
            "slow",
            (from, request) -> {
              world.sleep(100 * SECOND);
              return request;
            });
        Scheduler scheduler = world.node("a").scheduler();
        Bytes request = number(1);
        assertThat(a.call(B, "slow", request, 200 * SECOND, patience(scheduler)))
            .isEqualTo(request);
        assertRefusedSlow(a, scheduler);
      });
    }
  }

  private static void assertRefusedSlow(Calls calls, Scheduler scheduler) {
    assertThatThrownBy(() -> calls.call(B, "slow", Bytes.of(1), SECOND, patience(scheduler)))
        .hasMessage(
            "node b did not answer within 1000 ms; whether it did what was asked is not known");
  }

  private static MessageCalls calls(SimulatedNode node, SimulatedNetwork network) {
    MessageCalls calls =
        new MessageCalls(network.join(node), node.scheduler(), node.clock(), node.lives(), LIMITS);
    calls.start();
    return calls;
  }

  private static Calls.Patience patience(Scheduler scheduler) {
    Waiter waiter = scheduler.newWaiter();
    return Calls.Patience.of(waiter);
  }
}
