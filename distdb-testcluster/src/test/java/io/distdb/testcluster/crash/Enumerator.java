// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.testcluster.crash.CrashPoint.Outcome;
import io.distdb.testcluster.crash.FaultModel.Spot;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds the points of workloads and plays them, each in a world of its own, several at once. */
final class Enumerator {
  private static final int THREADS = 2;

  private Enumerator() {}

  /** Every point of a workload under some models. */
  static List<CrashPoint> points(Workload workload, long seed, List<FaultModel> models) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      return world.call(() -> {
        SimulatedNode node = world.node("n1");
        Machine machine = new Machine(world, node, workload, Optional.empty(), Bug.NONE);
        machine.prepare();
        Story story = workload.story().apply(machine);
        node.scheduler().start("undisturbed life", story::live).join();
        List<CrashPoint> points = new ArrayList<>();
        for (FaultModel model : models) {
          for (Spot spot : model.spots(node.disk())) {
            points.add(new CrashPoint(workload, seed, model, spot));
          }
        }
        return points;
      });
    }
  }

  /** At most {@code most} of them for each model, spread over all. */
  static List<CrashPoint> share(List<CrashPoint> points, int most) {
    Map<FaultModel, List<CrashPoint>> byModel = new EnumMap<>(FaultModel.class);
    for (CrashPoint point : points) {
      byModel.computeIfAbsent(point.fault(), fault -> new ArrayList<>()).add(point);
    }
    List<CrashPoint> some = new ArrayList<>();
    byModel.forEach((fault, all) -> {
      int count = Math.min(most, all.size());
      for (int i = 0; i < count; i++) {
        // The models begin at different places, so that together they see more spots.
        long at = (2L * i + 1) * all.size() / (2L * count) + fault.ordinal();
        some.add(all.get((int) (at % all.size())));
      }
    });
    return some;
  }

  /** Plays all and reports. */
  static CrashReport play(List<CrashPoint> points) {
    CrashReport report = new CrashReport();
    inParallel(
        points,
        point -> {
          try {
            report.add(point, point.run(Bug.NONE));
          } catch (AssertionError violation) {
            report.violated(point, violation);
          }
          return true;
        });
    return report;
  }

  /** The first violation that is met, or empty when a bug stays unseen. */
  static Optional<AssertionError> firstCatch(List<CrashPoint> points, Bug bug) {
    List<AssertionError> caught = new ArrayList<>();
    inParallel(
        points,
        point -> {
          try {
            Outcome outcome = point.run(bug);
            return outcome != null;
          } catch (AssertionError violation) {
            synchronized (caught) {
              caught.add(violation);
            }
            return false;
          }
        });
    return caught.stream().findFirst();
  }

  private interface Player {
    /** Returns whether to go on. */
    boolean play(CrashPoint point);
  }

  private static void inParallel(List<CrashPoint> points, Player player) {
    AtomicBoolean goesOn = new AtomicBoolean(true);
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (CrashPoint point : points) {
        all.add(
            pool.submit(() -> {
              if (goesOn.get() && !player.play(point)) {
                goesOn.set(false);
              }
            }));
      }
      for (Future<?> one : all) {
        await(one);
      }
    }
  }

  private static void await(Future<?> one) {
    try {
      one.get();
    } catch (Exception failure) {
      throw new IllegalStateException("a point could not be played", failure);
    }
  }
}
