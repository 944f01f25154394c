// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Durability;
import io.distdb.client.Client;
import io.distdb.testcluster.crash.Books.Loss;
import io.distdb.testcluster.crash.FaultModel.Spot;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One fault in one run of one workload, and what the next lives must find. */
record CrashPoint(Workload workload, long seed, FaultModel fault, Spot spot) {

  private static final List<CrashMode> SECOND_MODES =
      List.of(CrashMode.LOST, CrashMode.TORN, CrashMode.REORDERED);

  /** What came of a point that broke no promise. */
  enum Outcome {
    /** All that was promised is there. */
    KEPT,
    /** A silent fault was found: nothing was served. */
    REFUSED,
    /** A silent fault in the last batch, which nothing proves forced: cut, and reported. */
    CUT,
    /** The last write is missing: it landed elsewhere, and nothing on the disk can tell. */
    LOST_WRITE,
    /** The fault did not happen: nothing was counted. */
    MISSED
  }

  /**
   * @throws AssertionError a promise is broken; the message has all that is needed to run it again
   */
  Outcome run(Bug bug) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      return world.call(() -> new Run(this, world, bug).play());
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(this + ": " + root(failure), failure);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  @Override
  public String toString() {
    return workload + ", seed " + seed + ", " + fault + " at " + spot;
  }

  /** The point as it is played in its world. */
  private static final class Run {
    private final CrashPoint point;
    private final SimulatedWorld world;
    private final SimulatedNode node;
    private final Machine machine;
    private final Story story;
    private Outcome outcome = Outcome.KEPT;

    Run(CrashPoint point, SimulatedWorld world, Bug bug) {
      this.point = point;
      this.world = world;
      node = world.node("n1");
      machine = new Machine(world, node, point.workload(), Optional.of(point.fault()), bug);
      machine.prepare();
      story = point.workload().story().apply(machine);
    }

    Outcome play() {
      FaultModel fault = point.fault();
      fault.arm(node.disk(), point.spot());
      if (fault.kind() == FaultModel.Kind.SILENT) {
        machine.losePowerAfter((int) (point.spot().number() % 4));
      }
      start("first life", story::live);
      boolean happened =
          fault.kind() == FaultModel.Kind.POWER
              ? node.disk().isOff()
              : node.disk().faults().injected() > 0;
      if (!happened) {
        return Outcome.MISSED;
      }
      Loss loss = loss(world.nowNanos());
      end();
      machine.begin();
      if (fault == FaultModel.TWICE) {
        node.disk().crashAt(world.random("second loss " + point).below(24));
        start("recovery", () -> machine.open().close());
        node.crash(world.random("second mode " + point).pick(SECOND_MODES));
      }
      start("next life", () -> nextLife(loss));
      if (outcome != Outcome.REFUSED) {
        node.crash(CrashMode.LOST);
        start("last life", this::lastLife);
      }
      return outcome;
    }

    private void start(String life, Runnable work) {
      node.scheduler().start(life, work).join();
    }

    /** Ends the first life; errors by turns with and without a loss of power. */
    private void end() {
      boolean killed =
          point.fault() == FaultModel.KILLED
              || point.fault().kind() == FaultModel.Kind.ERROR && point.spot().number() % 2 == 0;
      if (killed) {
        node.kill();
      } else {
        node.crash(point.fault().mode());
      }
    }

    private Loss loss(long diedNanos) {
      boolean lazy = point.workload().config().durability() == Durability.INTERVAL;
      if (!lazy && point.fault().kind() == FaultModel.Kind.SILENT) {
        return new Loss.LastBatch();
      }
      if (!lazy || point.fault() == FaultModel.KILLED || point.fault() == FaultModel.KEPT) {
        return Loss.NOTHING;
      }
      // One interval, and the force at its end, which is slow at times.
      long interval = TimeUnit.MILLISECONDS.toNanos(point.workload().config().intervalMillis());
      return new Loss.Since(diedNanos - 2 * interval - TimeUnit.MILLISECONDS.toNanos(200));
    }

    private void nextLife(Loss loss) {
      try (Client client = machine.open()) {
        if (story.settle(client, loss) && loss instanceof Loss.LastBatch) {
          outcome = cut(client.recovery().journal().tornBytes());
        }
        if (point.fault() == FaultModel.KILLED || point.spot().number() % 4 == 2) {
          // What was read must last, though nobody has forced it but recovery itself.
          node.disk().powerOff("power lost after a kill");
          return;
        }
        story.goOn(client);
      } catch (DistDbException failure) {
        requireDetection(failure);
        outcome = Outcome.REFUSED;
      }
    }

    private Outcome cut(long tornBytes) {
      if (tornBytes > 0) {
        return Outcome.CUT;
      }
      if (point.fault() != FaultModel.MISDIRECTED) {
        throw new AssertionError("the last batch is gone, and recovery does not say so");
      }
      return Outcome.LOST_WRITE;
    }

    private void requireDetection(DistDbException failure) {
      if (point.fault().kind() != FaultModel.Kind.SILENT || Detection.of(failure).isEmpty()) {
        throw failure;
      }
    }

    private void lastLife() {
      try (Client client = machine.open()) {
        story.settle(client, Loss.NOTHING);
      }
    }
  }
}
