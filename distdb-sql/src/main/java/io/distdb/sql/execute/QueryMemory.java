// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.spill.SpillFile;
import io.distdb.sql.spill.SpillPartitions;
import io.distdb.sql.spill.SpillScope;
import io.distdb.sql.spill.SpillSpace;
import java.util.List;

/**
 * What the operators of one statement hold, and how much they may. Sizes are estimates: of arrays
 * by their length, of texts and objects by what they take in a row. Used by one thread.
 *
 * <p>Two kinds of parts. What an operator must hold to go on is a {@link #holding}: past the limit
 * the statement ends. What it can put into temporary files instead is a {@link #spillable}: all of
 * those that are there have equal shares of seven eighths of the memory, the rest is left to the
 * others, and an operator that has used up its share is told to spill. A share is for the whole
 * life of the part, though its operator may need it for a while only: a sort on top of a sort must
 * find memory while the one below it still holds its own. Each may always hold a little, lest it
 * write files of single rows; so that the limit can be passed by a sixteenth for each part.
 */
public final class QueryMemory {
  private static final int BLOCK_BYTES_MIN = 4 << 10;
  private static final int BLOCK_BYTES_MAX = 256 << 10;

  private final long limitBytes;
  private final SpillScope spill;
  private long usedBytes;
  private long peakBytes;
  private int spillables;

  /**
   * Without temporary files.
   *
   * @param limitBytes at least 1
   */
  public QueryMemory(long limitBytes) {
    this(limitBytes, new SpillScope(SpillSpace.NONE));
  }

  /**
   * @param limitBytes at least 1
   * @param spill the statement's, whose end closes it
   */
  public QueryMemory(long limitBytes, SpillScope spill) {
    this.limitBytes = limitBytes;
    this.spill = spill;
  }

  /** A part for one operator, empty. */
  Holding holding(String holder) {
    return new Holding(holder, false);
  }

  /** A part for one operator that can do with less, if there can be temporary files; empty. */
  Holding spillable(String holder) {
    boolean can = spill.isAvailable();
    if (can) {
      spillables++;
    }
    return new Holding(holder, can);
  }

  /** Whether there can be temporary files. */
  boolean spills() {
    return spill.isAvailable();
  }

  /** What all parts hold now, in bytes. */
  long usedBytes() {
    return usedBytes;
  }

  /** The most that all parts held at one time, in bytes. */
  public long peakBytes() {
    return peakBytes;
  }

  /** What was written to temporary files so far, in bytes. */
  public long spilledBytes() {
    return spill.writtenBytes();
  }

  /** An empty temporary file of rows of {@code layout}, with blocks of {@link #blockBytes}. */
  SpillFile newFile(List<Variable> layout) {
    return spill.newFile(layout.stream().map(Variable::type).toList(), blockBytes());
  }

  /** Empty temporary files of rows of {@code layout}, of one level of partitions. */
  SpillPartitions newPartitions(List<Variable> layout, int level) {
    List<SqlType> types = layout.stream().map(Variable::type).toList();
    return new SpillPartitions(spill, types, level, blockBytes());
  }

  SpillScope spill() {
    return spill;
  }

  /** What a block of a temporary file should take in memory: a small part of all. */
  int blockBytes() {
    return (int) Math.clamp(limitBytes / 512, BLOCK_BYTES_MIN, BLOCK_BYTES_MAX);
  }

  private long share() {
    return (limitBytes - limitBytes / 8) / Math.max(1, spillables);
  }

  /** What one operator holds. */
  final class Holding {
    private final String holder;
    private boolean spillable;
    private long bytes;

    private Holding(String holder, boolean spillable) {
      this.holder = holder;
      this.spillable = spillable;
    }

    /**
     * Says how much it holds now. Where others use files, and may be past their shares, a little is
     * not refused.
     *
     * @throws DistDbException {@code OUT_OF_MEMORY}: the statement holds more than it may
     */
    void set(long newBytes) {
      hold(newBytes);
      boolean little = spill.isAvailable() && newBytes <= limitBytes / 16;
      if (usedBytes > limitBytes && !little) {
        throw outOfMemory();
      }
    }

    private void hold(long newBytes) {
      usedBytes += newBytes - bytes;
      bytes = newBytes;
      peakBytes = Math.max(peakBytes, usedBytes);
    }

    /**
     * Says how much it holds now, having asked nobody: its operator puts it into files if it may
     * not.
     *
     * @return false: it must hold less, and say so by {@link #holdAnyway}
     * @throws DistDbException {@code OUT_OF_MEMORY}: it is too much, and there are no files
     */
    boolean tryHold(long newBytes) {
      if (!spillable) {
        set(newBytes);
        return true;
      }
      boolean shrinks = newBytes <= bytes;
      hold(newBytes);
      if (spill.isEager()) {
        return newBytes == 0;
      }
      return shrinks
          || newBytes <= limitBytes / 16
          || newBytes <= share() && usedBytes <= limitBytes;
    }

    /** Says how much it holds at least, such as the buffers of its files. */
    void holdAnyway(long newBytes) {
      hold(newBytes);
    }

    /** How much it may hold when all others take their shares too. */
    long shareBytes() {
      return share();
    }

    private DistDbException outOfMemory() {
      return new DistDbException(ErrorCode.OUT_OF_MEMORY, "out of memory")
          .withDetail(
              String.format(
                  "The %s holds %d bytes, the whole query %d; query_memory is %d bytes.",
                  holder, bytes, usedBytes, limitBytes))
          .withHint("Raise query_memory, or select fewer rows or columns.");
    }

    /** Holds nothing more, and leaves its share to others. May be called twice. */
    void release() {
      hold(0);
      if (spillable) {
        spillable = false;
        spillables--;
      }
    }
  }
}
