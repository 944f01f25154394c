// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A disk that hands every call on, with the names from its root, to an {@link Accomplice}, which
 * may drop it, do it later or do something else: so the shipped code above behaves as if a bug had
 * been planted in it.
 */
final class PlantedDisk implements Disk {
  private final Disk real;
  private final String path;
  private final Accomplice accomplice;

  PlantedDisk(Disk real, Accomplice accomplice) {
    this(real, "", accomplice);
    accomplice.root = real;
  }

  private PlantedDisk(Disk real, String path, Accomplice accomplice) {
    this.real = real;
    this.path = path;
    this.accomplice = accomplice;
  }

  /** What becomes of calls; names are from the root of the disk. As it is, nothing changes. */
  static class Accomplice {
    /** The disk below, for calls of its own. */
    Disk root;

    /**
     * @param opened the name under which the file was opened; it may have another by now
     */
    void force(String opened, DiskFile file) {
      file.force();
    }

    void write(String opened, DiskFile file, long position, ByteBuffer source) {
      file.write(position, source);
    }

    int read(String opened, DiskFile file, long position, ByteBuffer target) {
      return file.read(position, target);
    }

    void rename(String from, String to) {
      root.rename(from, to);
    }

    boolean delete(String name) {
      return root.delete(name);
    }

    void forceDirectory(String name) {
      root.forceDirectory(name);
    }
  }

  private String whole(String name) {
    return name.isEmpty() && !path.isEmpty() ? path.substring(0, path.length() - 1) : path + name;
  }

  @Override
  public DiskFile open(String name) {
    return new PlantedFile(real.open(name), path + name, accomplice);
  }

  @Override
  public DiskFile create(String name) {
    return new PlantedFile(real.create(name), path + name, accomplice);
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
    accomplice.rename(path + from, path + to);
  }

  @Override
  public boolean delete(String name) {
    return accomplice.delete(path + name);
  }

  @Override
  public void forceDirectory(String directory) {
    accomplice.forceDirectory(whole(directory));
  }

  @Override
  public long usableBytes() {
    return real.usableBytes();
  }

  @Override
  public Disk directory(String directory) {
    return new PlantedDisk(real.directory(directory), path + directory + "/", accomplice);
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

  private record PlantedFile(DiskFile real, String opened, Accomplice accomplice)
      implements DiskFile {
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
      accomplice.write(opened, real, position, source);
    }

    @Override
    public int read(long position, ByteBuffer target) {
      return accomplice.read(opened, real, position, target);
    }

    @Override
    public void truncate(long size) {
      real.truncate(size);
    }

    @Override
    public void force() {
      accomplice.force(opened, real);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
