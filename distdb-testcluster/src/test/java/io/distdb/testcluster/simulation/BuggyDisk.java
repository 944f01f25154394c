// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A disk through which the shipped code behaves as if a bug had been planted in it: calls that it
 * makes do not arrive, or arrive in another order.
 */
class BuggyDisk implements Disk {
  private final Disk real;
  final String path;

  BuggyDisk(Disk real, String path) {
    this.real = real;
    this.path = path;
  }

  /** Commits are acknowledged although the journal was not forced. */
  static Disk acknowledgeBeforeForce(Disk real) {
    return new BuggyDisk(real, "") {
      @Override
      boolean forces(String name) {
        return !name.contains("journal/");
      }
    };
  }

  /** New names are trusted although their directory was not forced. */
  static Disk noDirectoryForce(Disk real) {
    return new BuggyDisk(real, "") {
      @Override
      boolean forcesDirectories() {
        return false;
      }
    };
  }

  /** The journal behind a snapshot goes before the snapshot has its name. */
  static Disk purgeBeforeRename(Disk real) {
    return new LateRenames(real, "", new Held());
  }

  boolean forces(String name) {
    return true;
  }

  boolean forcesDirectories() {
    return true;
  }

  BuggyDisk below(Disk realBelow, String belowPath) {
    BuggyDisk outer = this;
    return new BuggyDisk(realBelow, belowPath) {
      @Override
      boolean forces(String name) {
        return outer.forces(name);
      }

      @Override
      boolean forcesDirectories() {
        return outer.forcesDirectories();
      }
    };
  }

  Disk real() {
    return real;
  }

  @Override
  public DiskFile open(String name) {
    return new BuggyFile(real.open(name), forces(path + name));
  }

  @Override
  public DiskFile create(String name) {
    return new BuggyFile(real.create(name), forces(path + name));
  }

  @Override
  public boolean exists(String name) {
    return real.exists(name);
  }

  @Override
  public List<String> list(String directory) {
    return real.list(directory);
  }

  @Override
  public void createDirectories(String directory) {
    real.createDirectories(directory);
  }

  @Override
  public void rename(String from, String to) {
    real.rename(from, to);
  }

  @Override
  public boolean delete(String name) {
    return real.delete(name);
  }

  @Override
  public void forceDirectory(String directory) {
    if (forcesDirectories()) {
      real.forceDirectory(directory);
    }
  }

  @Override
  public long usableBytes() {
    return real.usableBytes();
  }

  @Override
  public Disk directory(String directory) {
    return below(real.directory(directory), path + directory + "/");
  }

  @Override
  public String location() {
    return real.location();
  }

  @Override
  public Optional<Refusal> lock(String holder) {
    return real.lock(holder);
  }

  @Override
  public Optional<String> holder() {
    return real.holder();
  }

  @Override
  public void unlock() {
    real.unlock();
  }

  /** A rename that waits for the next change in the journal's directory. */
  private static final class Held {
    private Runnable rename = () -> {};

    void release() {
      Runnable now = rename;
      rename = () -> {};
      now.run();
    }
  }

  private static final class LateRenames extends BuggyDisk {
    private final Held held;

    LateRenames(Disk real, String path, Held held) {
      super(real, path);
      this.held = held;
    }

    @Override
    BuggyDisk below(Disk realBelow, String belowPath) {
      return new LateRenames(realBelow, belowPath, held);
    }

    @Override
    public void rename(String from, String to) {
      if ((path + to).contains("snapshot")) {
        held.rename =
            () -> {
              real().rename(from, to);
              real().forceDirectory(to.contains("/") ? to.substring(0, to.lastIndexOf('/')) : "");
            };
        return;
      }
      real().rename(from, to);
      held.release();
    }

    @Override
    public boolean delete(String name) {
      boolean deleted = real().delete(name);
      if (!(path + name).contains("snapshot")) {
        held.release();
      }
      return deleted;
    }
  }

  private record BuggyFile(DiskFile real, boolean forces) implements DiskFile {
    @Override
    public String name() {
      return real.name();
    }

    @Override
    public long size() {
      return real.size();
    }

    @Override
    public void write(long position, ByteBuffer source) {
      real.write(position, source);
    }

    @Override
    public int read(long position, ByteBuffer target) {
      return real.read(position, target);
    }

    @Override
    public void truncate(long size) {
      real.truncate(size);
    }

    @Override
    public void force() {
      if (forces) {
        real.force();
      }
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
