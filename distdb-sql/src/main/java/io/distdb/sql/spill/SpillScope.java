// SPDX-License-Identifier: MIT
package io.distdb.sql.spill;

import io.distdb.api.type.SqlType;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The temporary files of one statement. Closing it deletes those that its operators left, and makes
 * it fit for the next statement. Used by one thread.
 */
public final class SpillScope implements AutoCloseable {
  private final SpillSpace space;
  private final Set<SpillFile> files = Collections.newSetFromMap(new IdentityHashMap<>(0));
  private BlockCodec codec;
  private long writtenBytes;

  public SpillScope(SpillSpace space) {
    this.space = space;
  }

  /** Whether there can be temporary files. */
  public boolean isAvailable() {
    return space.isAvailable();
  }

  /** Whether what can shall go to files, at once. */
  public boolean isEager() {
    return space.isEager();
  }

  /** Another one over the same directory, for what outlives the statement. */
  public SpillScope sibling() {
    return new SpillScope(space);
  }

  /**
   * An empty file; on the disk once its first block is full.
   *
   * @param types of the columns
   * @param blockBytes about what a block of rows takes in memory
   */
  public SpillFile newFile(List<SqlType> types, int blockBytes) {
    SpillFile file = new SpillFile(this, types, blockBytes);
    files.add(file);
    return file;
  }

  SpillSpace space() {
    return space;
  }

  /** Its buffers serve all files in turn. */
  BlockCodec codec() {
    if (codec == null) {
      codec = new BlockCodec();
    }
    return codec;
  }

  void wrote(long bytes) {
    writtenBytes += bytes;
  }

  void forget(SpillFile file) {
    files.remove(file);
  }

  /** What was written to temporary files, those that are gone included. */
  public long writtenBytes() {
    return writtenBytes;
  }

  @Override
  public void close() {
    if (!files.isEmpty()) {
      List.copyOf(files).forEach(SpillFile::close);
    }
    codec = null;
    writtenBytes = 0;
  }
}
