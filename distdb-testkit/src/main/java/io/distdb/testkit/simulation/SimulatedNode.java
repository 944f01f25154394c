// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import io.distdb.api.time.Scheduler;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.DiskCall;
import io.distdb.testkit.disk.DiskListener;
import io.distdb.testkit.disk.SimulatedDisk;

/**
 * A machine with clocks and a disk, on which one process lives at a time. After a crash the ports
 * handed out before are dead, and {@link #scheduler} and {@link #disk} give those of the next
 * process. Methods are for the holder of the baton, or for the test while the world stands still.
 */
public final class SimulatedNode {
  private final Kernel kernel;
  private final String name;
  private final SimulatedClock clock;
  private SimulatedProcess process;
  private SimulatedDisk disk;
  private int lives;

  SimulatedNode(Kernel kernel, String name, SimulatedClock clock, SimulatedDisk disk) {
    this.kernel = kernel;
    this.name = name;
    this.clock = clock;
    begin(disk);
  }

  private void begin(SimulatedDisk newDisk) {
    process = new SimulatedProcess(name, clock);
    lives++;
    disk = newDisk;
    disk.listen(new TracedDisk(kernel, process));
  }

  public String name() {
    return name;
  }

  public Scheduler scheduler() {
    return new SimulatedScheduler(kernel, process);
  }

  /** Survives crashes: machines keep their clocks. */
  public SimulatedClock clock() {
    return clock;
  }

  public SimulatedDisk disk() {
    return disk;
  }

  /** Whether the present process lives; false after the power was cut at the disk's crash point. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** How many processes have lived here, the present one included. */
  public int lives() {
    return lives;
  }

  /** Cuts the power and makes ready for the next process, on the disk as {@code mode} leaves it. */
  public void crash(CrashMode mode) {
    SimulatedDisk next = disk.crash(mode);
    kernel.kill(process, "power lost");
    begin(next);
  }

  /** Ends the process as {@code kill -9} does, and makes ready for the next. */
  public void kill() {
    SimulatedDisk next = disk.kill();
    kernel.kill(process, "process killed");
    begin(next);
  }

  /** Does something when the present process ends, however it does; must not wait. */
  public void whenProcessEnds(Runnable watcher) {
    process.whenDead(watcher);
  }

  /** Stops all threads and timers of the process for a while, as a long collection does. */
  public void pause(long nanos) {
    kernel.pause(process, nanos);
  }

  SimulatedProcess process() {
    return process;
  }

  /** Traces the calls, lets forces take time, and kills the process when the power goes. */
  private record TracedDisk(Kernel kernel, SimulatedProcess process) implements DiskListener {
    @Override
    public void before(DiskCall call) {
      kernel.requireHolder("use the disk");
      kernel.requireAlive(process);
      trace("", call);
      switch (call.operation()) {
        case FORCE, FORCE_DIRECTORY -> kernel.forceTakesTime(process);
        case WRITE -> kernel.preemptWrite();
        case OPEN, READ, CREATE, TRUNCATE, RENAME, DELETE, CREATE_DIRECTORY -> {}
      }
    }

    @Override
    public void after(DiskCall call) {
      trace("done ", call);
    }

    @Override
    public void powerLost(String cause) {
      kernel.kill(process, cause);
    }

    private void trace(String prefix, DiskCall call) {
      String kind = prefix + call.operation();
      String subject = call.target().isEmpty() ? call.name() : call.name() + ">" + call.target();
      long lengthAndCrc = ((long) call.length() << 32) | (call.crc() & 0xFFFFFFFFL);
      kernel.traceIfRunning(kind, subject, call.position(), lengthAndCrc);
    }
  }
}
