// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.testkit.SeededRandom;
import java.util.List;
import java.util.Optional;

/**
 * A disk in memory that keeps what is forced and may lose the rest.
 *
 * <p><b>Model.</b> A file has cached content, which reads see, durable content, and the changes
 * between. A force moves the changes over. A power loss keeps none of them, all, a prefix with the
 * last one torn at a sector of 512 bytes, or any subset ({@link CrashMode}). The same holds for
 * names: creations, renames and deletions last once their directory was forced, those of
 * directories too. A rename within one directory is atomic. After a failed force each unforced
 * sector is or is not on the device, and later forces do not write it.
 *
 * <p><b>Use.</b> {@link #crashAt} cuts the power in the middle of the n-th change; every call from
 * then on throws {@link io.distdb.testkit.SimulatedCrash} (but {@code close} and {@code unlock}
 * return). {@link #crash} then gives the disk as the next process finds it, for as many modes as
 * one likes. No scheduler is needed; {@link #listen} is where a simulated world joins in. Equal
 * seeds and equal calls give equal outcomes. Views of sub-directories share one device.
 *
 * <p>Source of the model: the crash states of Pillai et al., "All file systems are not created
 * equal", OSDI 2014, and Rebello et al., "Can applications recover from fsync failures?", ATC 2020.
 */
public final class SimulatedDisk implements Disk {
  private final Volume volume;
  private final String root;
  private boolean locked;

  /** An empty disk. */
  public SimulatedDisk(long seed) {
    this(new Volume(new SeededRandom(seed)), "");
  }

  private SimulatedDisk(Volume volume, String root) {
    this.volume = volume;
    this.root = root;
  }

  /** What goes wrong here; shared by all views. */
  public DiskFaults faults() {
    return volume.faults();
  }

  /** Replaces the listener; {@link DiskListener#SILENT} for none. */
  public void listen(DiskListener listener) {
    volume.listen(listener);
  }

  /**
   * Cuts the power in the middle of a change.
   *
   * @param boundary which one, counted from 0 over the life of this disk: creations, writes,
   *     truncates, forces, renames, deletions, directories created and forced
   */
  public void crashAt(long boundary) {
    volume.crashAt(boundary);
  }

  /** Changes so far, the one that was cut short included. */
  public long boundaries() {
    return volume.boundaries();
  }

  /** Calls so far that could have failed: the number of the next one for {@link DiskFaults}. */
  public long calls() {
    return volume.calls();
  }

  /** Calls of one operation so far, failed ones included. */
  public long calls(DiskOperation operation) {
    return volume.calls(operation);
  }

  /** Cuts the power now: every later call throws SimulatedCrash. */
  public void powerOff(String cause) {
    volume.powerOff(cause);
  }

  /** Whether the power was cut. */
  public boolean isOff() {
    return volume.isDead();
  }

  /**
   * Cuts the power unless it is cut, and gives the disk that the next process finds: unlocked,
   * without faults, listener or crash point. May be called again for another outcome.
   */
  public SimulatedDisk crash(CrashMode mode) {
    powerOff("power lost");
    return afterPowerLoss(mode);
  }

  /** The disk as a power loss at this moment would leave it; this one goes on. */
  public SimulatedDisk afterPowerLoss(CrashMode mode) {
    return new SimulatedDisk(volume.afterPowerLoss(mode), root);
  }

  /**
   * Ends the process but not the machine, as {@code kill -9} does: the next process reads all that
   * was written, and a later power loss may still take what was not forced.
   */
  public SimulatedDisk kill() {
    powerOff("process killed");
    return new SimulatedDisk(volume.afterKill(), root);
  }

  /** Flips one bit, counted from the start of the file, on the device and in the cache. */
  public void flipBit(String name, long bit) {
    volume.flipBit(path(name), bit);
  }

  @Override
  public DiskFile open(String name) {
    String path = path(name);
    return new SimulatedFile(volume, volume.open(path), name, path);
  }

  @Override
  public DiskFile create(String name) {
    String path = path(name);
    return new SimulatedFile(volume, volume.create(path), name, path);
  }

  @Override
  public boolean exists(String name) {
    return volume.find(path(name)) != null;
  }

  @Override
  public List<String> list(String directory) {
    return volume.list(path(directory));
  }

  @Override
  public void createDirectories(String directory) {
    volume.createDirectories(path(directory));
  }

  @Override
  public void rename(String from, String to) {
    volume.rename(path(from), path(to));
  }

  @Override
  public boolean delete(String name) {
    return volume.delete(path(name));
  }

  @Override
  public void forceDirectory(String directory) {
    volume.forceDirectory(path(directory));
  }

  @Override
  public long usableBytes() {
    return volume.usableBytes();
  }

  @Override
  public SimulatedDisk directory(String directory) {
    return new SimulatedDisk(volume, path(directory));
  }

  @Override
  public String location() {
    return "simulated disk (seed " + volume.seed() + "):/" + root;
  }

  @Override
  public synchronized Optional<Refusal> lock(String holder) {
    Optional<String> other = volume.lock(root, holder);
    locked |= other.isEmpty();
    return other.map(Refusal::new);
  }

  @Override
  public Optional<String> holder() {
    return volume.holder(root);
  }

  @Override
  public synchronized void unlock() {
    if (locked) {
      locked = false;
      volume.unlock(root);
    }
  }

  private String path(String name) {
    if (name.isEmpty()) {
      return root;
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException("\"" + name + "\" is not a relative file name");
      }
    }
    return root.isEmpty() ? name : root + "/" + name;
  }
}
