// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A run with threads, timers, clocks, a disk and a crash: something to compare the hashes of. */
final class SampleSimulation {
  private SampleSimulation() {}

  /** The trace hash. */
  static long run(long seed) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      SimulatedNode node = world.node("n1");
      SeededRandom random = world.random("sample");
      world.run(() -> oneLife(world, node, random));
      world.run(() -> {
        node.crash(random.pick(List.of(CrashMode.values())));
        oneLife(world, node, random);
      });
      return world.traceHash();
    }
  }

  private static void oneLife(SimulatedWorld world, SimulatedNode node, SeededRandom random) {
    Scheduler scheduler = node.scheduler();
    SimulatedDisk disk = node.disk();
    List<Scheduler.Task> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String name = "file-" + i;
      tasks.add(scheduler.start("writer-" + i, () -> write(world, node, disk, name, random)));
    }
    scheduler.after(50_000, "tick", () -> world.trace("tick", node.name(), world.nowNanos()));
    tasks.forEach(Scheduler.Task::join);
    for (String name : disk.list("")) {
      try (DiskFile file = disk.open(name)) {
        file.read(0, ByteBuffer.allocate(10_000));
      }
    }
  }

  private static void write(
      SimulatedWorld world,
      SimulatedNode node,
      SimulatedDisk disk,
      String name,
      SeededRandom random) {
    Waiter waiter = node.scheduler().newWaiter();
    try (DiskFile file = disk.create(name)) {
      for (int i = 0; i < 5; i++) {
        byte[] content = new byte[random.below(2_000)];
        random.fill(content);
        file.write(file.size(), ByteBuffer.wrap(content));
        world.preempt();
        if (random.chance(0.5)) {
          file.force();
        }
        waiter.await(random.below(100_000));
        world.trace("time", name, node.clock().wallMicros());
      }
    }
  }
}
