// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

/** The calls of a disk that may fail. */
public enum DiskOperation {
  OPEN(false),
  READ(false),
  CREATE(true),
  WRITE(true),
  TRUNCATE(true),
  FORCE(true),
  RENAME(true),
  DELETE(true),
  CREATE_DIRECTORY(true),
  FORCE_DIRECTORY(true);

  private final boolean boundary;

  DiskOperation(boolean boundary) {
    this.boundary = boundary;
  }

  /** Whether it changes what a power loss would leave: a point at which to cut the power. */
  public boolean isBoundary() {
    return boundary;
  }

  /** Whether it may need room, and so fail with ENOSPC. */
  public boolean mayFillDisk() {
    return switch (this) {
      case CREATE, WRITE, TRUNCATE, RENAME, CREATE_DIRECTORY -> true;
      case OPEN, READ, FORCE, DELETE, FORCE_DIRECTORY -> false;
    };
  }
}
