// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.index.VersionedIndex.VersionCursor;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads one snapshot from its first byte to its last. Used by one thread. */
public final class SnapshotReader {
  private final SnapshotSource source;
  private final BlockSource blocks;
  private final long newest;
  private final BlockDecoder content = new BlockDecoder();
  private Block block;
  private long sides;
  private long indexes;
  private long keys;
  private long versions;

  private final boolean salvaging;

  private SnapshotReader(
      SnapshotSource source, BlockSource blocks, long newest, boolean salvaging) {
    this.source = source;
    this.blocks = blocks;
    this.newest = newest;
    this.salvaging = salvaging;
  }

  /**
   * Reads everything.
   *
   * @param newest versions above it are checked, and not handed out
   * @return what was read, once all of it was found whole
   * @throws DistDbException {@code DATA_CORRUPTED}, naming source and offset; {@code
   *     INCOMPATIBLE_FORMAT}: newer than this binary; and what the source throws
   */
  public static SnapshotCounts read(SnapshotSource source, long newest, SnapshotVisitor visitor) {
    return read(source, new BlockReader(source, true), newest, visitor);
  }

  /** As {@link #read}, all versions, reading and decompressing ahead on a second thread. */
  public static SnapshotCounts readAhead(
      SnapshotSource source, Scheduler scheduler, SnapshotVisitor visitor) {
    BlockSource ahead = new BlocksAhead(new BlockReader(source, true), scheduler);
    return read(source, ahead, Timestamp.LATEST, visitor);
  }

  private static SnapshotCounts read(
      SnapshotSource source, BlockSource blocks, long newest, SnapshotVisitor visitor) {
    try (blocks) {
      return new SnapshotReader(source, blocks, newest, false).readAll(visitor);
    }
  }

  /**
   * Reads what is left of a snapshot. Behind a gap, versions whose key is lost are left out, and
   * versions whose index may be another one than that before the gap.
   *
   * @return what was handed out
   */
  static Salvaged salvage(SnapshotSource source, BlockSource blocks, SnapshotVisitor visitor) {
    try (blocks) {
      SnapshotReader reader = new SnapshotReader(source, blocks, Timestamp.LATEST, true);
      SnapshotCounts found = reader.readAll(visitor);
      return new Salvaged(found, reader.footer());
    }
  }

  /**
   * What a salvage gave.
   *
   * @param footer what the footer says; empty when it is lost
   */
  record Salvaged(SnapshotCounts found, Optional<SnapshotCounts> footer) {}

  /** Checks every checksum and nothing else. Returns the header. */
  static SnapshotHeader verify(SnapshotSource source) {
    BlockReader blocks = new BlockReader(source, false);
    byte type;
    do {
      type = blocks.next().type;
    } while (type != SnapshotFormat.FOOTER);
    return blocks.header();
  }

  private SnapshotCounts readAll(SnapshotVisitor visitor) {
    if (blocks.header() != null) {
      visitor.header(blocks.header());
    }
    advance();
    try {
      readSides(visitor);
      readIndexes(visitor);
    } catch (IndexOutOfBoundsException malformed) {
      throw damaged("a record runs over its end: " + malformed.getMessage());
    }
    if (block.type != SnapshotFormat.FOOTER) {
      throw damaged("a block of type " + block.type + " where none may be");
    }
    return checkCounts();
  }

  private void advance() {
    block = blocks.next();
    content.reset(block.content, block.length);
  }

  private void readSides(SnapshotVisitor visitor) {
    Bytes last = null;
    for (; block.type == SnapshotFormat.SIDES; advance()) {
      while (content.hasMore()) {
        Bytes key = Bytes.wrap(content.readBytes());
        if (last != null && last.compareTo(key) >= 0) {
          throw damaged("the keys of its side records do not rise");
        }
        visitor.side(key, Bytes.wrap(content.readBytes()));
        last = key;
        sides++;
      }
    }
  }

  private void readIndexes(SnapshotVisitor visitor) {
    long last = -1;
    while (block.type == SnapshotFormat.INDEX || salvaging && skipOrphans()) {
      long id = content.readVarint();
      int code = content.readByte();
      if (id <= last) {
        throw damaged("index " + id + " follows index " + last);
      }
      last = id;
      indexes++;
      advance();
      Versions cursor = new Versions();
      visitor.index(new IndexId(id), kind(code), cursor);
      cursor.drain();
    }
  }

  /** Goes past versions whose index is lost; false when no index follows. */
  private boolean skipOrphans() {
    while (block.type == SnapshotFormat.VERSIONS) {
      advance();
    }
    return block.type == SnapshotFormat.INDEX;
  }

  private IndexKind kind(int code) {
    for (IndexKind kind : IndexKind.values()) {
      if (kind.code() == code) {
        return kind;
      }
    }
    throw damaged("no index kind has the code " + code);
  }

  private SnapshotCounts checkCounts() {
    SnapshotCounts found = new SnapshotCounts(sides, indexes, keys, versions, blocks.bytes());
    if (!salvaging && !footer().equals(Optional.of(found))) {
      throw damaged("its footer says " + footer().orElseThrow() + ", it holds " + found);
    }
    return found;
  }

  private Optional<SnapshotCounts> footer() {
    if (block.length != SnapshotFormat.FOOTER_BYTES) {
      return Optional.empty();
    }
    ByteBuffer footer = ByteBuffer.wrap(block.content);
    return Optional.of(
        new SnapshotCounts(
            footer.getLong(),
            footer.getLong(),
            footer.getLong(),
            footer.getLong(),
            blocks.bytes()));
  }

  private DistDbException damaged(String why) {
    return BlockReader.damaged(source, block.offset, why);
  }

  /** The versions of one index, over as many blocks as they take. */
  private final class Versions implements VersionCursor {
    private byte[] key;
    private byte[] value;
    private long timestamp;

    /** An index without versions may be followed by those of one whose beginning is lost. */
    private boolean ended = block.afterIndex;

    @Override
    public boolean next() {
      boolean found = nextOfAll();
      while (found && timestamp > newest) {
        found = nextOfAll();
      }
      return found;
    }

    private boolean nextOfAll() {
      while (true) {
        if (!findVersion()) {
          return false;
        }
        int flags = content.readByte();
        if ((flags & SnapshotFormat.SAME_KEY) == 0) {
          key = content.readBytes();
          keys++;
        } else if (key == null && !salvaging) {
          throw damaged("its first version belongs to no key");
        }
        timestamp += content.readSigned();
        value = (flags & SnapshotFormat.DELETION) == 0 ? content.readBytes() : null;
        if (key != null) {
          versions++;
          return true;
        }
      }
    }

    /** Moves to where a version begins; false at the index's end. */
    private boolean findVersion() {
      while (!ended && (block.type != SnapshotFormat.VERSIONS || !content.hasMore())) {
        if (block.type != SnapshotFormat.VERSIONS) {
          ended = true;
        } else {
          advance();
          timestamp = 0;
          if (block.afterGap) {
            key = null;
            ended = block.afterIndex;
          }
        }
      }
      return !ended;
    }

    void drain() {
      while (next()) {
        // Counted and checked, not kept.
      }
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public byte[] value() {
      return value;
    }

    @Override
    public long timestamp() {
      return timestamp;
    }
  }
}
