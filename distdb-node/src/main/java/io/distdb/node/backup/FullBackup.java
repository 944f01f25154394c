// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.Invariant;
import io.distdb.api.storage.Compression;
import io.distdb.api.txn.ContentSink;
import io.distdb.api.txn.ExportedContent;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.archive.Pace;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Writes the content of all shards, a file each. */
final class FullBackup implements ContentSink, AutoCloseable {
  private final Disk disk;
  private final Pace pace;
  private final LongConsumer watch;
  private BackupFileWriter file;

  /**
   * @param watch hears of the bytes written; throws to stop
   */
  FullBackup(Disk disk, Pace pace, LongConsumer watch) {
    this.disk = disk;
    this.pace = pace;
    this.watch = watch;
  }

  /** What was written, forced. */
  record Written(ExportedContent content, BackupFile file) {}

  Written write(TransactionManager transactions, Compression compression) {
    ExportedContent content = transactions.export(compression, this);
    Invariant.check(file != null, "an export begins with a shard");
    return new Written(content, file.finish(content.versions()));
  }

  @Override
  public void begin(ShardId shard) {
    close();
    file =
        new BackupFileWriter(
            disk, BackupFile.snapshotName(shard.value()), pace, () -> watch.accept(bytes()));
  }

  private long bytes() {
    return file == null ? 0 : file.bytes();
  }

  @Override
  public void write(ByteBuffer chunk) {
    file.write(chunk);
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
