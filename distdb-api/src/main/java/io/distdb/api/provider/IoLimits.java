// SPDX-License-Identifier: MIT
package io.distdb.api.provider;

/**
 * What a storage engine's work in the background may move, each in bytes a second and above 0. An
 * engine that has no such work passes over it.
 *
 * @param checkpoint what snapshots write
 * @param compaction what flushes of write buffers and compactions write, together
 * @param collection what the collection of old versions reads from the disk and removes there
 */
public record IoLimits(long checkpoint, long compaction, long collection) {
  /** So much that a load is not held up on an SSD, and reads still get their share. */
  private static final long USUAL_BYTES_PER_SECOND = 256L << 20;

  public static final IoLimits DEFAULT =
      new IoLimits(USUAL_BYTES_PER_SECOND, USUAL_BYTES_PER_SECOND, USUAL_BYTES_PER_SECOND);

  public IoLimits withCheckpoint(long newCheckpoint) {
    return new IoLimits(newCheckpoint, compaction, collection);
  }

  public IoLimits withCompaction(long newCompaction) {
    return new IoLimits(checkpoint, newCompaction, collection);
  }

  public IoLimits withCollection(long newCollection) {
    return new IoLimits(checkpoint, compaction, newCollection);
  }
}
