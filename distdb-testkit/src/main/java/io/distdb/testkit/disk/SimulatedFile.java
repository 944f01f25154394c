// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.ByteBuffer;

/** A handle: it keeps leading to its file whatever becomes of the name. */
final class SimulatedFile implements DiskFile {
  private final Volume volume;
  private final FileNode file;
  private final String name;
  private final String path;
  private volatile boolean closed;

  SimulatedFile(Volume volume, FileNode file, String name, String path) {
    this.volume = volume;
    this.file = file;
    this.name = name;
    this.path = path;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    requireOpen();
    return volume.size(file);
  }

  @Override
  public void write(long position, ByteBuffer source) {
    requireOpen();
    requireNotNegative(position);
    volume.write(file, path, position, source);
  }

  @Override
  public int read(long position, ByteBuffer target) {
    requireOpen();
    requireNotNegative(position);
    return volume.read(file, path, position, target);
  }

  @Override
  public void truncate(long size) {
    requireOpen();
    requireNotNegative(size);
    volume.truncate(file, path, size);
  }

  @Override
  public void force() {
    requireOpen();
    volume.force(file, path);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new DistDbException(ErrorCode.IO_ERROR, "file " + path + " is closed");
    }
  }

  private static void requireNotNegative(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position + " is negative");
    }
  }
}
