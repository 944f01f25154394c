// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.inspect.Damage;
import io.distdb.api.journal.Journal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * The blocks of a snapshot file that are whole, and word of the places that are not.
 *
 * <p>Behind a damaged block the next one is found by its checksum: where the damaged one says that
 * it ends, else wherever bytes look like a block's header with a number that may come. Its number
 * says how many are lost between. A single flipped bit in the header or in a block as small as the
 * beginning of an index, without which all of it would be lost, is put right: a CRC32C of so few
 * bytes has one such correction at most.
 */
final class SalvagedBlocks implements BlockSource {
  private final DiskFile file;
  private final String where;
  private final Journal.Progress progress;
  private final Consumer<Damage> damages;
  private final BlockFinder finder;
  private final SnapshotHeader header;
  private BlockReader reader;
  private Block ready;
  private boolean ended;
  private boolean afterGap;
  private boolean afterIndex;
  private long bytes;

  /**
   * @param where the file, for messages
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: newer than this binary
   */
  SalvagedBlocks(DiskFile file, String where, Journal.Progress progress, Consumer<Damage> damages) {
    this.file = file;
    this.where = where;
    this.progress = progress;
    this.damages = damages;
    finder = new BlockFinder(file);
    header = readHeader();
    reader = at(SnapshotFormat.HEADER_BYTES, 0);
  }

  private BlockReader at(long position, int number) {
    return new BlockReader(SnapshotSource.file(file, position, progress), header, position, number);
  }

  private SnapshotHeader readHeader() {
    try {
      return new BlockReader(SnapshotSource.file(file, Journal.Progress.SILENT), true).header();
    } catch (DistDbException broken) {
      if (broken.code() != ErrorCode.DATA_CORRUPTED) {
        throw broken;
      }
      SnapshotHeader mended = finder.mendHeader();
      damages.accept(
          new Damage(
              where,
              0,
              mended == null ? SnapshotFormat.HEADER_BYTES : 0,
              Damage.Kind.HEADER,
              broken.getMessage() + (mended == null ? "" : "; one flipped bit, put right")));
      return mended;
    }
  }

  /** Null when it is lost. */
  @Override
  public SnapshotHeader header() {
    return header;
  }

  @Override
  public Block next() {
    while (ready == null && !ended) {
      long from = reader.bytes();
      int number = reader.blockNumber();
      try {
        ready = reader.next();
        bytes = reader.bytes();
      } catch (DistDbException broken) {
        if (broken.code() != ErrorCode.DATA_CORRUPTED) {
          throw broken;
        }
        stepOver(from, number, broken.getMessage());
      }
    }
    return ready == null ? lostFooter() : taken();
  }

  private Block taken() {
    Block block = ready;
    ready = null;
    block.afterGap = afterGap;
    block.afterIndex = afterIndex;
    afterGap = false;
    afterIndex = false;
    if (block.type == SnapshotFormat.FOOTER) {
      checkEnd();
    }
    return block;
  }

  private void checkEnd() {
    ended = true;
    if (file.size() > bytes) {
      damages.accept(
          new Damage(
              where, bytes, file.size() - bytes, Damage.Kind.CONTENT, "something follows its end"));
    }
  }

  private void stepOver(long from, int number, String why) {
    BlockFinder.Place next = finder.next(from, number);
    long to = next == null ? file.size() : next.position();
    byte[] mended = finder.mend(from, to);
    damages.accept(
        new Damage(
            where,
            from,
            mended == null ? to - from : 0,
            Damage.Kind.BLOCK,
            why + (mended == null ? "" : "; one flipped bit, put right")));
    if (mended != null) {
      ready =
          new BlockReader(
                  SnapshotSource.chunks(where, List.of(ByteBuffer.wrap(mended))),
                  header,
                  from,
                  number)
              .next();
      bytes = to;
      reader = at(to, number + 1);
      return;
    }
    if (next == null) {
      ended = true;
      bytes = to;
      return;
    }
    afterGap = true;
    afterIndex = next.number() - number > 1 || to - from <= BlockFinder.INDEX_BYTES_MAX;
    reader = at(next.position(), next.number());
  }

  /** In place of one that is lost: it says nothing. */
  private static Block lostFooter() {
    Block block = new Block();
    block.type = SnapshotFormat.FOOTER;
    return block;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {}
}
